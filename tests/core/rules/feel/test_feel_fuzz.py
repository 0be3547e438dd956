"""A fuzzer that grows hostile expressions, with the processor's clock as judge (`./qilian test --long`)."""

import os
import random
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from qilian.core.rules.feel.api import BUILTINS, Limits, compile_expression, literal

SEED, COUNT = int(os.environ.get("FUZZ_SEED", "1")), int(os.environ.get("FUZZ_COUNT", "4000"))
SECONDS, BYTES = 6.0, 200_000_000
SEEDS = (
    "1",
    "-1",
    "0.5",
    "1e6144",
    "1e-6143",
    "9999999999999999999999999999999999",
    "null",
    "true",
    "[]",
    "{}",
    "i",
    "j",
    "item",
    '"a"',
    '"祁连"',
    '"(a+)+b"',
    '"((a{9}){9}){9}"',
    '"$1$1$0"',
    '"PT1H"',
    '@"2024-02-29"',
    '@"P999Y"',
    '@"2024-02-29T24:00:00@Asia/Shanghai"',
    '@"23:59:59.999Z"',
    "[1..5]",
    "(<= 7)",
    "list",
    "text",
    "wide",
    "shared",
    "small",
    "function(x) x",
    "function(x, y) x < y",
    "function(x) [x, x]",
    "function(x, y) x = y",
)
FRAME = (
    "{list: for i in 1..%d return i, "
    'text: (for i in 1..%d return if i = 1 then "ab" else partial[-1] + partial[-1])[-1], '
    "shared: (for i in 1..%d return if i = 1 then [1] else [partial[-1], partial[-1]])[-1], "
    'wide: context merge(for k in 1..%d return context put({}, "k" + string(k), k)), '
    "small: {a: 1, b: [1, 2]}, result: %s}.result"
)
LOOPS = ("%s", "for i in list return %s", "for i in list, j in list return %s")
BINARY = ("+", "-", "*", "/", "**", "=", "!=", "<", ">=", "and", "or", "in")


def grown(chance: random.Random, depth: int) -> str:
    """A random expression; the deeper, the more of it is loops round calls."""
    if depth == 0:
        return chance.choice(SEEDS)

    def part() -> str:
        return grown(chance, chance.randrange(depth))

    kind = chance.randrange(9)
    if kind < 4:
        name = chance.choice(sorted(BUILTINS))
        return f"{name}({', '.join(part() for _ in range(chance.randrange(1, 4)))})"
    if kind == 4:
        return f"({part()} {chance.choice(BINARY)} {part()})"
    if kind == 5:
        return f"{part()}[{part()}]"
    if kind == 6:
        return f"(for i in {part()} return {part()})"
    if kind == 7:
        return f"({chance.choice(('some', 'every'))} j in {part()} satisfies {part()})"
    return chance.choice(
        (f"[{part()}, {part()}]", f"{{a: {part()}, b: {part()}}}", f"(if {part()} then {part()} else {part()})")
    )


def expressions(seed: int, count: int) -> Iterator[str]:
    """Expressions of a seed, each with big values at hand and a loop around it."""
    chance = random.Random(seed)
    for _ in range(count):
        body = grown(chance, chance.randrange(1, 6))
        sizes = (
            chance.choice((3, 300, 5000)),
            chance.choice((2, 10, 17)),
            chance.choice((2, 20, 50)),
            chance.choice((2, 40)),
        )
        yield FRAME % (
            *sizes,
            chance.choice(("%s", "for i in list return %s", "for i in list, j in list return %s")) % body,
        )


@pytest.mark.long
def test_no_expression_takes_long_or_much_room() -> None:
    for text in expressions(SEED, COUNT):
        tracemalloc.start() if random.Random(text).random() < 0.1 else None
        began = time.process_time()
        outcome = compile_expression(text).evaluate()
        literal(outcome.value)
        taken = time.process_time() - began
        traced = tracemalloc.is_tracing()
        room = tracemalloc.get_traced_memory()[1] if traced else 0
        tracemalloc.stop()
        assert taken < SECONDS * (6 if traced else 1), text
        assert room < BYTES, text


def test_what_grows_is_of_both_kinds_and_ends_as_it_should() -> None:
    few = Limits(steps=5_000, regex=5_000)
    ended: dict[bool, int] = {True: 0, False: 0}
    for text in expressions(7, 150):
        outcome = compile_expression(text, limits=few).evaluate()
        limited = bool(outcome.diagnostics) and outcome.diagnostics[-1].code in ("steps", "size", "deep")
        assert not limited or outcome.value is None
        ended[limited] += 1
    assert min(ended.values()) > 10
    assert list(expressions(7, 3)) == list(expressions(7, 3)) != list(expressions(8, 3))
