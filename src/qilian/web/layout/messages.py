"""Messages: find every Chinese msgid in templates and Python, and keep `locale/en` complete and without leftovers.

`extract()` rewrites the catalogues: new msgids come in with an empty translation, msgids that no source has any more
go out. Compiling is `qilian.web.cli.messages`. Only the command line and tests import this module.
"""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_from
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE: Final = Path(__file__).resolve().parents[2]
HOMES: Final = ("core", "engines", "spine", "web")
_KEYWORDS: Final = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_": None,
}
_NOISE: Final = tuple(
    f'"{name}'
    for name in (
        "Project",
        "Report",
        "POT-",
        "PO-Rev",
        "Last-Tr",
        "Language-Team",
        "Generated-By",
        "MIME",
        "Content-Tr",
    )
)
_Id = str | list[str] | tuple[str, ...]
_Words = str | list[str] | tuple[str, ...] | None
_Found = tuple[str, _Id, str | None]


def extract(source: Path = SOURCE) -> dict[str, list[str]]:
    """Bring the catalogues of all homes up to date; return per home the msgids that still want a translation."""
    found = list(_messages(source))
    known = {each.id: each.string for home in HOMES for each in _entries(source, home) if _translated(each)}
    return {home: _merge(source, home, [each for each in found if _home(each[0]) == home], known) for home in HOMES}


def problems(source: Path = SOURCE) -> list[str]:
    """Say what is wrong: absent, empty or stale entries, and words that two catalogues say differently."""
    found = list(_messages(source))
    said: dict[_Id, _Words] = {}
    wrong: list[str] = []
    for home in HOMES:
        wanted = {each[1] for each in found if _home(each[0]) == home}
        entries = {each.id: each for each in _entries(source, home)}
        wrong += [f"{home}: absent: {each}" for each in wanted - entries.keys()]
        wrong += [f"{home}: stale: {each}" for each in entries.keys() - wanted]
        wrong += [f"{home}: empty: {each}" for each, entry in entries.items() if not _translated(entry)]
        wrong += [
            f"{home}: differs: {key}"
            for key, each in entries.items()
            if said.setdefault(key, each.string) != each.string
        ]
    return sorted(wrong)


def messages_by_app(source: Path = SOURCE) -> dict[str, list[str]]:
    """Return per home the msgids that its catalogue must hold, as text; singular and plural together where both are."""
    found = list(_messages(source))
    return {home: sorted({str(each[1]) for each in found if _home(each[0]) == home}) for home in HOMES}


def catalogue_path(source: Path, home: str) -> Path:
    """Return where the English of a home lies."""
    return source / home / "locale" / "en" / "LC_MESSAGES" / "django.po"


def _messages(source: Path) -> Iterator[_Found]:
    """Every message as (file below the source, msgid or singular and plural, context), files in order."""
    for path in sorted([*source.rglob("templates/**/*.html"), *source.rglob("templates/**/*.txt")]):
        python = templatize(path.read_text(encoding="utf-8"))
        yield from _read(python, path.relative_to(source))
    for path in sorted(source.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "gettext" in text:
            yield from _read(text, path.relative_to(source))


def _read(python: str, path: Path) -> Iterator[_Found]:
    for _, message, _, context in extract_from("python", io.BytesIO(python.encode()), keywords=_KEYWORDS):
        yield path.as_posix(), message, context


def _home(path: str) -> str:
    """The floor whose catalogue holds a file's messages: its own, or the web's."""
    first = path.partition("/")[0]
    return first if first in HOMES else "web"


def _merge(source: Path, home: str, found: list[_Found], known: Mapping[_Id, _Words]) -> list[str]:
    fresh = Catalog(locale="en", charset="utf-8", header_comment="# English words of the screens.", fuzzy=False)
    for file, message, context in found:
        fresh.add(message, known.get(message, ""), locations=[(file, 0)], context=context)
    out = io.BytesIO()
    write_po(out, fresh, sort_by_file=True, include_lineno=False, width=110)
    _write(catalogue_path(source, home), _plain_header(out.getvalue().decode()))
    return [str(entry.id) for entry in fresh if entry.id and not _translated(entry)]


def _entries(source: Path, home: str) -> list[Message]:
    path = catalogue_path(source, home)
    if not path.exists():
        return []
    with path.open("rb") as file:
        return [entry for entry in read_po(file, locale="en") if entry.id]


def _translated(entry: Message) -> bool:
    return all(entry.string) if isinstance(entry.string, (tuple, list)) else bool(entry.string)


def _plain_header(text: str) -> str:
    """Leave dates, names and versions out, so that the same messages give the same file on every machine."""
    return "\n".join(line for line in text.splitlines() if not line.startswith(_NOISE)) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
