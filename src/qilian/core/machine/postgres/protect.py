"""The rights of the application's role, read from the marks on the models; the only module of this room with Django."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from qilian.core.machine.postgres import kernel


def protect(
    connection: BaseDatabaseWrapper, tables_of: Iterable[type[models.Model]] | None = None, *, app: str = kernel.APP
) -> None:
    """Set what the application may do, as the owner, in one transaction; running it again changes nothing.

    `tables_of` are the models whose marks count, by default all installed ones. Every table may be read and
    written, except: `append_only = True` takes UPDATE, DELETE and TRUNCATE away, `kept = True` the last two;
    `row_policy = "<SQL condition>"` puts row-level security on, for the owner too. PUBLIC loses everything.
    `fillfactor = 50` leaves half of each new page to the next versions of its rows.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        present = frozenset(connection.introspection.table_names(cursor))
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = %s", [kernel.POLICY])
        guarded = [str(row[0]) for row in cursor.fetchall()]
        marked = apps.get_models(include_auto_created=True) if tables_of is None else tables_of
        for statement in kernel.protect_statements(rights(marked, present), guarded, app):
            cursor.execute(statement)


def rights(tables_of: Iterable[type[models.Model]], present: frozenset[str]) -> kernel.Rights:
    """Read the marks of models into the rights of their tables; tables that do not exist yet are left out."""
    concrete = [model for model in tables_of if not model._meta.abstract and not model._meta.proxy]
    append_only, kept = (
        frozenset(model._meta.db_table for model in concrete if getattr(model, mark, False))
        for mark in ("append_only", "kept")
    )
    policies = {model._meta.db_table: str(getattr(model, "row_policy", "")) for model in concrete}
    held = {table: text for table, text in policies.items() if text}
    filled = {model._meta.db_table: int(getattr(model, "fillfactor", 0)) for model in concrete}
    roomy = {table: per_cent for table, per_cent in filled.items() if per_cent}
    return kernel.Rights(present, append_only, held, kept=kept, filled=roomy)
