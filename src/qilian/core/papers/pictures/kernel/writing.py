"""A drawing as SVG: looks are classes of the style sheet, every text is escaped, every picture says what it is."""

from html import escape

from .marks import Box, Dot, Drawing, Line, Link, Mark, Words, flat

_HATCHED = {
    "half": '<path d="M0 6 6 0" class="hatch-full"/>',
    "warn": '<path d="M0 3H6" class="hatch-warn"/>',
    "bad": '<path d="M0 0 6 6M0 6 6 0" class="hatch-bad"/>',
}


def svg(drawing: Drawing, name: str) -> str:
    """Write a drawing; `name` sets its ids apart from those of other pictures of the page.

    A picture with links is a group of them; any other is one image with its title and description.
    """
    ids = escape(name)
    role = "group" if any(isinstance(mark, Link) for mark in drawing.marks) else "img"
    used = {mark.look for mark in flat(drawing.marks)}
    patterns = [
        f'<pattern id="{ids}-{look}" width="6" height="6" patternUnits="userSpaceOnUse">{lines}</pattern>'
        for look, lines in _HATCHED.items()
        if look in used
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture-svg" width="{_number(drawing.width)}" '
        f'height="{_number(drawing.height)}" viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}" '
        f'role="{role}" aria-labelledby="{ids}-title" aria-describedby="{ids}-desc">'
        f'<title id="{ids}-title">{escape(drawing.title)}</title><desc id="{ids}-desc">{escape(drawing.desc)}</desc>'
    )
    defs = f"<defs>{''.join(patterns)}</defs>" if patterns else ""
    return f"{head}{defs}{''.join(_written(mark, ids) for mark in drawing.marks)}</svg>"


def _written(mark: Mark | Link, ids: str) -> str:
    match mark:
        case Link():
            return f'<a href="{escape(mark.url)}">{"".join(_written(each, ids) for each in mark.marks)}</a>'
        case Box():
            place = f'x="{_number(mark.x)}" y="{_number(mark.y)}"'
            size = f'width="{_number(mark.width)}" height="{_number(mark.height)}"'
            return f"<rect {place} {size}{_look(mark.look, ids)}/>"
        case Line():
            points = " ".join(f"{_number(x)},{_number(y)}" for x, y in mark.points)
            if mark.closed:
                return f'<polygon points="{points}"{_look(mark.look, ids)}/>'
            return f'<polyline points="{points}" class="stroke-{mark.look}" fill="none"/>'
        case Dot():
            return _dot(mark, ids)
    return _text(mark)


def _dot(mark: Dot, ids: str) -> str:
    look = _look(mark.look, ids)
    if not mark.diamond:
        return f'<circle cx="{_number(mark.x)}" cy="{_number(mark.y)}" r="{_number(mark.radius)}"{look}/>'
    corners = ((0, -1), (1, 0), (0, 1), (-1, 0))
    points = " ".join(f"{_number(mark.x + a * mark.radius)},{_number(mark.y + b * mark.radius)}" for a, b in corners)
    return f'<polygon points="{points}"{look}/>'


def _text(mark: Words) -> str:
    strong = ' font-weight="600"' if mark.strong else ""
    return (
        f'<text x="{_number(mark.x)}" y="{_number(mark.y)}" font-size="{_number(mark.size)}" '
        f'text-anchor="{mark.anchor}" class="text-{mark.look}"{strong}>{escape(mark.text)}</text>'
    )


def _look(look: str, ids: str) -> str:
    fill = f' fill="url(#{ids}-{look})"' if look in _HATCHED else ""
    return f' class="fill-{look}"{fill}'


def _number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{round(value, 1):.1f}".removesuffix(".0")
