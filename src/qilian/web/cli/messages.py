"""Messages: every `django.po` becomes a `django.mo` beside it, by Babel, when it is newer."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from qilian.core.values.text import Text
from qilian.web.cli import console


def ensure() -> None:
    """Compile the catalogues whose source changed."""
    stale = [source for source in catalogues() if _stale(source)]
    if not stale:
        return
    with console.step(Text("正在编译界面文字", "compiling messages")):
        for source in stale:
            _compile(source)


def catalogues() -> list[Path]:
    """Return all message sources of the house."""
    return sorted((console.ROOT / "src").glob("**/locale/*/LC_MESSAGES/*.po"))


def _stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file)
    fresh = source.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(source.with_suffix(".mo"))
