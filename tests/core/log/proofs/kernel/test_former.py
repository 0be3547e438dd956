"""A changed column of a fact is found where another fact, or nothing, is what stood there."""

import pytest

from qilian.core.log.proofs.kernel.former import Former, former
from qilian.core.values.merkle.api import canonical_json

FACT = {
    "actor": "core.person:abc",
    "party": "",
    "money": "-1200",
    "quantity": "12.5",
    "version": 1,
    "data": {"count": 3, "place": {"town": "格尔木"}, "none": {}, "words": ["a", "b"]},
}
NEIGHBOUR = {**FACT, "actor": "core.person:xyz", "money": "77", "data": {"count": 9, "by": "hand"}}
TOWN = '{"town":"格尔木"}'


def found(changed: dict[str, object], *others: dict[str, object]) -> Former | None:
    wanted = canonical_json(FACT)
    return former({**FACT, **changed}, [NEIGHBOUR, *others], lambda text: text == wanted)


@pytest.mark.parametrize(
    ("changed", "others", "change"),
    [
        ({"actor": "core.person:mallory"}, [FACT], Former("actor", "core.person:mallory", "core.person:abc")),
        ({"party": "registry.party:7"}, [], Former("party", "registry.party:7", "")),
        ({"money": "5"}, [FACT], Former("money", "5", "-1200")),
        ({"quantity": None}, [FACT], Former("quantity", "null", "12.5")),
        ({"version": 7}, [], Former("version", "7", "1")),
        ({"data": {**FACT["data"], "count": 4711}}, [], Former("data.count", "4711", "3")),
        ({"data": {**FACT["data"], "more": "believed"}}, [], Former("data.more", "believed", "null")),
        ({"data": {"count": 3, "none": {}, "words": ["a", "b"]}}, [FACT], Former("data.place", "null", TOWN)),
        ({"data": {**FACT["data"], "place": {}}}, [FACT], Former("data.place", "{}", TOWN)),
        ({"actor": "core.person:mallory"}, [], None),
        ({"data": {**FACT["data"], "count": 10**6, "words": []}}, [], None),
    ],
)
def test_a_column_that_others_still_know_is_put_back(
    changed: dict[str, object], others: list[dict[str, object]], change: Former | None
) -> None:
    assert found(changed, *others) == change


def test_a_body_that_is_no_object_is_passed_over() -> None:
    assert found({"data": {**FACT["data"], "place": {}}}, {**NEIGHBOUR, "data": []}, FACT) is not None
