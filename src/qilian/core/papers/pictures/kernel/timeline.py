"""Spans and days on a time line with a line for today, and beneath it a tray for all that has no date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .marks import Box, Dot, Drawing, Line, Link, Look, Mark, Words
from .measure import BASE, LEADING, breadth
from .parts import GAP, NARROW, Legend, height, label, legend

_BAR = 12


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: what it is about, and until when; from when, where that is known too; a day alone is a diamond."""

    label: str
    until: date
    since: date | None = None
    look: Look = "full"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tray:
    """What has no date: a sentence that says how much, and its entries, each with an address or none."""

    words: str
    entries: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days lie."""

    left: float
    right: float
    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day lies."""
        whole = (self.last - self.first).days or 1
        return self.left + (self.right - self.left) * (day - self.first).days / whole


def timeline(
    width: float,
    lanes: Sequence[Lane],
    *,
    title: str,
    desc: str,
    today: tuple[date, str],
    tray: Tray | None = None,
    key: Legend = (),
) -> Drawing:
    """Draw lanes over whole years, today's line through them, and the tray."""
    marks, y = legend(width, 0, key)
    drawn: list[Mark | Link] = [*marks]
    if lanes:
        scale = _scale(width, lanes, today[0])
        body, y = _body(width, scale, lanes, today, y)
        drawn += body
    if tray:
        found, y = _tray(width, tray, y)
        drawn += found
    return Drawing(width, y, title, desc, tuple(drawn))


def _scale(width: float, lanes: Sequence[Lane], today: date) -> _Scale:
    days = [today, *(lane.until for lane in lanes), *(lane.since for lane in lanes if lane.since)]
    first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)
    return _Scale(GAP if width < NARROW else width * 0.36 + 2 * GAP, width - GAP, first, last)


def _body(
    width: float, scale: _Scale, lanes: Sequence[Lane], today: tuple[date, str], y: float
) -> tuple[list[Mark | Link], float]:
    head = y + 2 * LEADING
    drawn: list[Mark | Link] = []
    row = head + GAP
    for lane in lanes:
        found, row = _lane(width, scale, lane, row)
        drawn += [Link(lane.url, tuple(found))] if lane.url else found
    return [*_years(scale, y + LEADING, row), *drawn, *_today(scale, today, y, row)], row + GAP


def _years(scale: _Scale, y: float, bottom: float) -> list[Mark]:
    """The years along the top, as many as have room, each with a line down."""
    count = scale.last.year - scale.first.year
    every = next(
        n for n in (1, 2, 5, 10, 20, 50, 100) if (scale.right - scale.left) / count * n > breadth("2026") + GAP
    )
    marks: list[Mark] = []
    for year in range(scale.first.year, scale.last.year, every):
        x = scale.at(date(year, 1, 1))
        marks.append(Line(((x, y), (x, bottom)), "line"))
        marks += [Words(x + 3, y + BASE, str(year), "soft")] if x + 3 + breadth("2026") <= scale.right else []
    return marks


def _today(scale: _Scale, today: tuple[date, str], y: float, bottom: float) -> list[Mark]:
    x, said = scale.at(today[0]), today[1]
    left = x + breadth(said) + 6 > scale.right
    words = Words(x - 3 if left else x + 3, y + BASE, said, "ink", "end" if left else "start", strong=True)
    return [Line(((x, y), (x, bottom)), "axis"), words]


def _lane(width: float, scale: _Scale, lane: Lane, y: float) -> tuple[list[Mark], float]:
    """A lane's marks: its label beside or above, its span or diamond."""
    beside = scale.left > GAP
    room = scale.left - 2 * GAP if beside else width
    marks: list[Mark] = [*label(0, y, lane.label, room)]
    tall = height(lane.label, room)
    line = y if beside else y + tall
    x, left = scale.at(lane.until), scale.at(lane.since or lane.until)
    marks.append(
        Box(left, line + 4, max(x - left, 1), _BAR, lane.look) if lane.since else _day(x, line + 10, lane.look)
    )
    return marks, line + (max(tall, LEADING) if beside else LEADING) + GAP


def _day(x: float, y: float, look: Look) -> Mark:
    return Dot(x, y, look, diamond=True, radius=6)


def _tray(width: float, tray: Tray, y: float) -> tuple[list[Mark | Link], float]:
    """The tray: its words, then its entries side by side in a dashed frame."""
    inner: list[Mark | Link] = [*label(GAP, y + 6, tray.words, width - 2 * GAP, look="soft")]
    x, line = float(GAP), y + 6 + height(tray.words, width - 2 * GAP) + 4
    for said, url in tray.entries:
        wide = breadth(said)
        if x > GAP and x + wide > width - GAP:
            x, line = float(GAP), line + LEADING + 5
        words = Words(x, line + BASE, said, "ink")
        inner.append(Link(url, (words,)) if url else words)
        x += wide + 2 * GAP
    bottom = line + (LEADING + GAP if tray.entries else 0)
    return [Box(1, y, width - 2, bottom - y, "wait"), *inner], bottom + 1
