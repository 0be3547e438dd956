"""Databases for tests: tables are laid once, the demonstration is told once; whoever needs one gets a copy.

A template bears the fingerprint of what it was made of in its name, so it outlives a run and goes when that changes.
Whoever needs it first makes it, in whichever process; the others wait for it.
"""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import override_settings
from psycopg import sql
from tests.declared import moment

from qilian.core.values import clock
from qilian.web import demo
from qilian.web.cli import tables

OWNER, APP = "qilian_owner", "qilian_app"
_ROOT = Path(__file__).resolve().parents[1]
_GATE = "SELECT pg_advisory_lock(20150101)"


@dataclass(frozen=True, slots=True)
class Databases:
    """The databases of one throw-away server, by the folder of its socket."""

    socket: str

    def tables(self) -> str:
        """Return the template that holds the tables and rights of the house and nothing else."""
        return self._template("tables", fingerprint(_table_files(), _marks()), "template0", tables.lay, OWNER)

    def demonstration(self) -> str:
        """Return the template in which the demonstration is told, as `up` leaves it at the declared moment."""
        source = [path for folder in ("src", "plan") for path in (_ROOT / folder).rglob("*")]
        made_of = fingerprint((path for path in source if _said(path)), str(moment()))
        return self._template("demonstration", made_of, self.tables(), _tell, APP)

    def copy(self, template: str, name: str = "") -> str:
        """Make a database of its own like a template; return its name."""
        name = name or f"test_{uuid.uuid4().hex[:8]}"
        with self._superuser() as admin:
            self._drop(admin, name)
            self._create(admin, name, template)
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        with self._superuser() as admin:
            self._drop(admin, name)

    def connect(self, name: str, role: str) -> None:
        """Point Django's connection, of every thread, at a database as a role."""
        connection.close()
        connection.settings_dict.update(HOST=self.socket, NAME=name, USER=role, PASSWORD="", PORT="")

    @contextmanager
    def instead(self, template: str) -> Iterator[None]:
        """Let Django work on a copy of a template for a block, and on what it had before afterwards."""
        before, copy = str(connection.settings_dict["NAME"]), self.copy(template)
        self.connect(copy, APP)
        try:
            yield
        finally:
            self.connect(before, APP)
            self.drop(copy)

    def _template(self, kind: str, made_of: str, base: str, fill: Callable[[], None], role: str) -> str:
        name, unfinished, before = f"{kind}_{made_of}", f"{kind}_unfinished", dict(connection.settings_dict)
        with self._superuser() as admin:
            admin.execute(_GATE)
            _roles(admin)
            old = [row[0] for row in admin.execute("SELECT datname FROM pg_database").fetchall()]
            if name in old:
                return name
            for each in old:
                if str(each).startswith(f"{kind}_"):
                    self._drop(admin, str(each))
            self._create(admin, unfinished, base)
            self.connect(unfinished, role)
            try:
                fill()
            finally:
                connection.close()
                connection.settings_dict.update(before)
            admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(_id(unfinished), _id(name)))
        return name

    def _superuser(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(host=self.socket, user="postgres", dbname="postgres", autocommit=True)

    def _create(self, admin: "psycopg.Connection[tuple[object, ...]]", name: str, template: str) -> None:
        locale = sql.SQL(" LOCALE 'C' ENCODING 'UTF8'" if template == "template0" else "")
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(_id(name), _id(OWNER), _id(template))
        admin.execute(made + locale)

    def _drop(self, admin: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_id(name)))


def fingerprint(files: Iterable[Path], *more: str) -> str:
    """Return what changes with the names or contents of files, or with further words."""
    found = hashlib.sha256("\n".join(more).encode())
    for path in sorted(files):
        found.update(f"\n{path.relative_to(_ROOT)}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def server() -> Databases:
    """Return the server that the environment names; KeyError where there is none."""
    return Databases(os.environ["QILIAN_TEST_SOCKET"])


def _table_files() -> Iterator[Path]:
    """Return what tables are made of besides the models' marks: migrations, packages, the rules of rights, these."""
    yield _ROOT / "requirements" / "run.txt"
    yield from (Path(__file__), Path(tables.__file__))
    for path in (_ROOT / "src").rglob("*.py"):
        if path.parent.name in ("migrations", "postgres"):
            yield path


def _marks() -> str:
    """Return the marks on the models from which rights follow."""
    names = ("append_only", "kept", "row_policy", "fillfactor")
    models = apps.get_models(include_auto_created=True)
    return "\n".join(sorted(f"{each._meta.db_table} {[getattr(each, name, '') for name in names]}" for each in models))


def _said(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and "vendor" not in path.parts and path.suffix != ".mo"


def own_files() -> override_settings:
    """Keep files where the demonstration's lie, whatever folder another module chose."""
    return override_settings(MEDIA_ROOT=settings.VAR / "files" / "test")


def _tell() -> None:
    """Tell it at the declared moment: nothing in it is later than the beginning of any test."""
    with own_files(), clock.allow_standing(), clock.standing_at(moment()):
        demo.fill()


def _roles(admin: "psycopg.Connection[tuple[object, ...]]") -> None:
    for role in (OWNER, APP):
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(_id(role)))


def _id(name: str) -> sql.Identifier:
    return sql.Identifier(name)
