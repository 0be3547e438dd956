"""Skipped tests against the list of those that may be skipped: pure, from pytest's JUnit report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class Skip:
    """A skipped test and why, or an allowance for such: then both are patterns (`*` stands for anything)."""

    test: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a suite's report says."""

    tests: int
    failed: int
    skips: tuple[Skip, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    """By suite, the folder below `tests`."""


def read_report(root: Element) -> Report:
    """Read a JUnit report; a test that failed as it was expected to is no skip."""
    cases = list(root.iter("testcase"))
    failed = sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
    skips = [
        Skip(_name(case), skipped.get("message", ""))
        for case in cases
        if (skipped := case.find("skipped")) is not None and skipped.get("type") != "pytest.xfail"
    ]
    seconds: dict[str, float] = {}
    for case in cases:
        seconds[_suite(case)] = seconds.get(_suite(case), 0.0) + float(case.get("time", "0"))
    return Report(len(cases), failed, tuple(skips), seconds)


def read_allowed(written: Sequence[dict[str, str]]) -> tuple[Skip, ...]:
    """Read the list `[[skip]]` of skips.toml: `test` and `reason`, each a pattern; KeyError when one is missing."""
    return tuple(Skip(entry["test"], entry["reason"]) for entry in written)


def unlisted(skips: Iterable[Skip], allowed: Sequence[Skip]) -> list[Skip]:
    """Return the skips that no allowance covers by test and reason."""
    return [skip for skip in skips if not any(_covers(each, skip) for each in allowed)]


def _covers(allowed: Skip, skip: Skip) -> bool:
    return fnmatchcase(skip.test, allowed.test) and fnmatchcase(skip.reason, allowed.reason)


def _suite(case: Element) -> str:
    parts = _name(case).partition("::")[0].split("/")
    return parts[1] if len(parts) > 2 else parts[0]


def _name(case: Element) -> str:
    file = case.get("file") or case.get("classname", "").replace(".", "/") + ".py"
    return f"{file}::{case.get('name', '')}"
