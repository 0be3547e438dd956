"""A text in the two languages of the house."""

from dataclasses import dataclass

from .language import current_language


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or title in Chinese and English; `str()` speaks the current language.

    >>> str(Text("检验检测", "Inspection and testing"))
    '检验检测'
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if current_language() == "en" else self.zh

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def filled(self, **values: object) -> "Text":
        """Return the text with `{name}` places filled in both languages; texts among the values speak their own."""
        return Text(
            self.zh.format(**{name: _in(value, "zh") for name, value in values.items()}),
            self.en.format(**{name: _in(value, "en") for name, value in values.items()}),
        )

    def cut(self, most: int) -> "Text":
        """The text with at most so many characters in each language; what is cut ends in …"""
        return Text(*(said if len(said) <= most else f"{said[: most - 1]}…" for said in (self.zh, self.en)))


def _in(value: object, language: str) -> object:
    if isinstance(value, Text):
        return value.zh if language == "zh" else value.en
    return value
