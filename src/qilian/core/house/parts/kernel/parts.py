"""How an engine, a core room or the spine presents itself to the house: kinds, commands, addresses, jobs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qilian.core.house.parts.kernel.kinds import KINDS
from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a declaration: a code for tests, the place, and a sentence for people."""

    code: str
    where: str
    message: Text


@dataclass(frozen=True, slots=True)
class Link:
    """Where two engines meet: when the event `on` happens, the outbox calls the verb `do` with it."""

    on: str
    do: str


@dataclass(frozen=True, slots=True)
class Command:
    """A word of the command line: `run` takes the arguments after the word and returns the exit status."""

    run: Callable[[Sequence[str]], int]
    help: Text


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu; `url_name` is resolved by the web floor, `order` sorts entries of all parts.

    `needs` says who sees it: empty is everybody, SIGNED_IN everybody with a session, else who may do this action.
    """

    title: Text
    url_name: str
    order: int = 100
    needs: str = ""

    @property
    def group(self) -> str:
        """Where it stands among many: `manage` from 900 on, `mine`, `do` what needs a right, `look` what is for all."""
        if not self.needs:
            return "look"
        if self.needs == SIGNED_IN:
            return "mine"
        return "manage" if self.order >= _MANAGE else "do"


SIGNED_IN, _MANAGE = "signed in", 900


@dataclass(frozen=True, slots=True)
class Receiver:
    """A verb that a link may call: `run(value, actor=…, cause=…)` with a value of its own frozen dataclass `takes`.

    A link fits when the event has every field of `takes` under the same name with the same type, so that neither
    engine needs to know the other; that is asked once, at start.
    """

    takes: type
    run: Callable[..., object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One engine, part of an engine, core room or spine part, as it presents itself to the house.

    `urls` is a dotted module that the web floor mounts under `prefix`; `api` a dotted path to a router mounted under
    `/api/v1/`; `story` a dotted module with the verbs of an ordinary month; `jobs` the modules that define outbox jobs.
    For the kinds that it brings, `pages` names by kind the dotted module of addresses that the web floor mounts at
    `/<pack>/<offer>/` (each view takes the offer's path under the kind's name), and `tellers` the dotted module whose
    `month(path, chance)` tells one offer's life and whose `crowd(path, count)` fills it. `resources` are the things of
    `core.offers.resource` that it declares: their JSON is mounted by the web floor; `choices` are the sources of
    `core.house.forms` from which fields of any form pick its things.
    """

    name: str
    title: Text
    kinds: tuple[str, ...] = ()
    commands: Mapping[str, Command] = field(default_factory=dict)
    receivers: Mapping[str, Receiver] = field(default_factory=dict)
    urls: str | None = None
    prefix: str = ""
    api: str | None = None
    menu: tuple[MenuItem, ...] = ()
    story: str | None = None
    jobs: tuple[str, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    tellers: Mapping[str, str] = field(default_factory=dict)
    resources: tuple[object, ...] = ()
    choices: tuple[object, ...] = ()


def installed_kinds(parts: Iterable[Part]) -> frozenset[str]:
    """The kinds that the registered parts bring."""
    return frozenset(kind for part in parts for kind in part.kinds)


def part_problems(parts: Sequence[Part]) -> tuple[Finding, ...]:
    """What is wrong among parts: unknown kinds, kinds without pages or story, and a word brought by two parts."""
    unknown = [_unknown_kind(part, kind) for part in parts for kind in part.kinds if kind not in KINDS]
    mute = [_mute(part, kind) for part in parts for kind in part.kinds if not {kind} <= {*part.pages} & {*part.tellers}]
    claims = [(part.name, word) for part in parts for word in _words(part)]
    owner: dict[str, str] = {}
    twice = [_claimed_twice(name, word, owner[word]) for name, word in claims if owner.setdefault(word, name) != name]
    return (*unknown, *mute, *twice)


def _words(part: Part) -> tuple[str, ...]:
    spaces = {"kind": part.kinds, "command": part.commands, "receiver": part.receivers}
    return tuple(f"{space} {word}" for space, words in spaces.items() for word in words)


def _unknown_kind(part: Part, kind: str) -> Finding:
    return Finding("part-kind", part.name, Text(f"没有“{kind}”这种服务项", f"there is no kind “{kind}”"))


def _mute(part: Part, kind: str) -> Finding:
    message = Text(f"“{kind}”没有页面或故事", f"“{kind}” has no pages or no story")
    return Finding("part-mute", part.name, message)


def _claimed_twice(name: str, word: str, owner: str) -> Finding:
    return Finding("part-twice", name, Text(f"“{word}”已由 {owner} 登记", f"“{word}” is already brought by {owner}"))
