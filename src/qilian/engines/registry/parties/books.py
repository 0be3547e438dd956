"""The lists of this package as values: classifications, thresholds of size classes, traditional characters.

GB/T 4754-2017 and 生产性服务业分类(2015), 大类, as published; 生产性服务业分类(2019) is written from memory and
marked so; 统计上大中小微型企业划分办法(2017); characters by OpenCC's table t2s (Apache-2.0), one for one.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from qilian.core.values.text import Text

from .kernel.sizes import Threshold

_DATA: Final = Path(__file__).parent / "data"
INDUSTRY_EDITION: Final = "2017"


@dataclass(frozen=True, slots=True)
class Classification:
    """A list of codes with names and parents; `verified` is False for one that was written from memory."""

    slug: str
    title: Text
    edition: str
    source: str
    verified: bool
    names: Mapping[str, str]
    parents: Mapping[str, str]

    def path(self, code: str) -> tuple[str, ...]:
        """A code with everything above it, the topmost first; empty for a code that the list does not have."""
        if code not in self.names:
            return ()
        return (*self.path(self.parents[code]), code)

    def top(self) -> tuple[tuple[str, str], ...]:
        """The topmost codes with their names."""
        return tuple((code, name) for code, name in self.names.items() if not self.parents[code])


@cache
def industries() -> Classification:
    """国民经济行业分类 GB/T 4754-2017: 20 sections, 97 divisions, 473 groups, 1381 classes."""
    title = Text("国民经济行业分类", "Industrial classification")
    return _read("gbt4754-2017", title, INDUSTRY_EDITION, "GB/T 4754-2017", verified=True)


@cache
def producer_services() -> Mapping[str, Classification]:
    """The classifications of producer services by edition."""
    title = Text("生产性服务业分类", "Classification of producer services")
    return {
        "2015": _read("producer-services-2015", title, "2015", "生产性服务业分类(2015)", verified=True),
        "2019": _read("producer-services-2019-recalled", title, "2019", "国统字〔2019〕43号", verified=False),
    }


@cache
def service_names() -> Mapping[str, str]:
    """The names of all classes of producer services by `edition/code`."""
    return {
        f"{edition}/{code}": name for edition, each in producer_services().items() for code, name in each.names.items()
    }


def service_title(service: str) -> Text:
    """What a class of producer services is called; one from memory says so."""
    edition, _, _code = service.partition("/")
    name = service_names().get(service, service)
    if edition in producer_services() and not producer_services()[edition].verified:
        return Text(f"{name}（{edition} 年版，未核对）", f"{name} ({edition} edition, not verified)")
    return Text(f"{name}（{edition} 年版）", f"{name} ({edition} edition)")


def industry_title(code: str) -> str:
    """What an industry is called; empty for none."""
    return industries().names.get(code, code)


@cache
def section_of(industry: str) -> str:
    """The section (A to T) of an industry; empty for none."""
    return (industries().path(industry) or ("",))[0]


@cache
def thresholds() -> tuple[Threshold, ...]:
    """The thresholds of size classes of all times."""
    return tuple(
        Threshold(
            group=row["group"],
            industries=tuple(row["industries"].split()),
            indicator=row["indicator"],
            large=int(row["large"]),
            medium=int(row["medium"]),
            small=int(row["small"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            source=row["source"],
        )
        for row in _rows("size-classes")
    )


@cache
def simplified() -> Mapping[int, str]:
    """Traditional characters and the simplified one that each stands for, as `str.translate` takes them."""
    traditional, simple = (_DATA / "simplified.txt").read_text(encoding="utf-8").splitlines()
    return {ord(old): new for old, new in zip(traditional, simple, strict=True)}


def _read(slug: str, title: Text, edition: str, source: str, *, verified: bool) -> Classification:
    rows = list(_rows(slug))
    names, parents = {row["code"]: row["name"] for row in rows}, {row["code"]: row["parent"] for row in rows}
    return Classification(slug, title, edition, source, verified, names, parents)


def _rows(slug: str) -> Iterator[dict[str, str]]:
    with (_DATA / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
