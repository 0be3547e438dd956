"""Serial numbers: disjoint pieces of an asset, cut where a span begins and ends, joined again where nothing differs."""

from collections.abc import Sequence

from .values import Piece, Span

Pieces = tuple[Piece, ...]


def held(pieces: Sequence[Piece], span: Span, account: int, reserved: str) -> bool:
    """Whether an account holds every number of a span, all with this reservation (empty: free)."""
    inside = within(pieces, span)
    covered = sum(min(piece.last, span.last) - max(piece.first, span.first) + 1 for piece in inside)
    return covered == span.size and all(piece.account == account and piece.reserved == reserved for piece in inside)


def within(pieces: Sequence[Piece], span: Span) -> list[Piece]:
    """The pieces that share a number with a span."""
    return [piece for piece in pieces if piece.first <= span.last and span.first <= piece.last]


def put(pieces: Sequence[Piece], span: Span, account: int, reserved: str = "") -> Pieces:
    """Give a span to an account with a reservation; what lay there before is cut out.

    >>> put((Piece(1, 10, 7),), Span(4, 6), 8)
    (Piece(first=1, last=3, account=7, reserved=''), Piece(first=4, last=6, account=8, reserved=''), \
Piece(first=7, last=10, account=7, reserved=''))
    """
    return joined([*take(pieces, span), Piece(span.first, span.last, account, reserved)])


def take(pieces: Sequence[Piece], span: Span) -> Pieces:
    """Cut a span out of the pieces."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.last < span.first or span.last < piece.first:
            kept.append(piece)
            continue
        if piece.first < span.first:
            kept.append(piece._replace(last=span.first - 1))
        if span.last < piece.last:
            kept.append(piece._replace(first=span.last + 1))
    return tuple(kept)


def joined(pieces: Sequence[Piece]) -> Pieces:
    """The same pieces in order, neighbours of one account and reservation made one."""
    result: list[Piece] = []
    for piece in sorted(pieces):
        last = result[-1] if result else None
        if last is not None and last.last + 1 == piece.first and last[2:] == piece[2:]:
            result[-1] = last._replace(last=piece.last)
        else:
            result.append(piece)
    return tuple(result)
