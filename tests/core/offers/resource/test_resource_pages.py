"""Buttons, steps and forms that follow from a declaration: who gets them, what is done at once, where tasks go on."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Fact, ShapeResponse, StepForm
from qilian.core.house.principal import Principal, acting
from qilian.core.offers.resource.api import (
    NOTHING,
    Operation,
    Resource,
    Sent,
    Step,
    Trait,
    act,
    actions,
    forms,
    in_state,
    may,
    stages,
)
from qilian.core.offers.resource.doing import admit
from qilian.core.rights.grants.api import Scope
from qilian.core.values.text import Ref, Refusal, Text

ADA, BOB = (Principal("person", person=number, code=name, name=name) for number, name in ((1, "ada"), (2, "bob")))
NAME = Form("name", Text("名称", "Name"), (FieldSpec("name", Text("名称", "Name")),))
PART = Form("part", Text("项", "Part"), (FieldSpec("weight", Text("重", "Weight"), "integer"),))
PARTS = Form("parts", Text("项", "Parts"), (FieldSpec("parts", Text("项", "Part"), "rows", row=PART, most=7),))


pytestmark = pytest.mark.django_db


@dataclass
class Parcel:
    """Something that is named, filled and sent in three steps by its owner."""

    code: str
    owner: int
    name: str = ""
    papers: list[str] = field(default_factory=list)
    state: str = "draft"


def name_it(*, actor: Principal, parcel: Parcel, name: str) -> Parcel:
    parcel.name = name
    return parcel


def add_paper(*, actor: Principal, parcel: Parcel, name: str) -> None:
    parcel.papers.append(name)


def send(*, actor: Principal, parcel: Parcel) -> Parcel:
    parcel.state = "sent"
    return parcel


def pack(*, actor: Principal, parcel: Parcel, parts: object) -> Parcel:
    return parcel


def step(name: str, **more: object) -> Step[Parcel]:
    return Step(Text(name, name), Text("保存", "Save"), **more)  # type: ignore[arg-type] # words of the test


def owned(me: Principal, row: Parcel) -> bool:
    return row.owner == me.person


def operation(noun: str, verb: object, form: Form | None = None, **more: object) -> Operation[Parcel]:
    known = {
        "right": "",
        "own": owned,
        "whose": Text("寄件人", "its sender"),
        "when": in_state("draft", "back"),
        **more,
    }
    return Operation(noun=noun, title=Text(noun, noun), verb=verb, form=form or NOTHING, **known)  # type: ignore[arg-type] # words of the test


SHELF = {"p": Parcel("p", 1)}
PARCELS: Resource[Parcel] = Resource(
    plural="parcels", row="parcel", title=Text("包裹", "Parcels"), noun=Text("包裹", "Parcel"), under="post",
    find=lambda _place, code: SHELF[code], rows=lambda _me, _place: list(SHELF.values()), seen=owned,
    named=lambda row: row.code, ref=lambda row: Ref("post.parcel", row.code), scope=lambda _row: Scope(),
    crumbs=lambda _at: (), traits=(Trait("code", Text("编码", "Code"), lambda row: row.code),),
    operations=(
        operation("naming", name_it, NAME, step=step("名称", done=lambda row: bool(row.name))),
        operation("papers", add_paper, NAME, step=step(
            "单据", done=lambda row: bool(row.papers), again=lambda row: row.state == "back", stays=True,
            call=lambda row: Text("补充", "Add") if row.state == "back" else None)),
        operation("sending", send, step=step("寄出", done=lambda row: row.state == "sent")),
        operation("pause", send),
        operation("look", send, facts=lambda _row: (Fact(Text("重", "Weight"), 1),)),
        operation("loss", send, dangerous=True),
        operation("packing", pack, PARTS, right="post.pack"),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def parcel(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parcel]:
    """A parcel of Ada's, and her at the screen."""
    monkeypatch.setattr("qilian.core.house.pages.answering.messages.success", lambda _request, _said, **_more: None)
    SHELF["p"] = Parcel("p", 1)
    with acting(ADA):
        yield SHELF["p"]


def view_of(noun: str) -> URLPattern:
    return next(each for each in forms(PARCELS) if each.name == f"parcel-{noun}")


def asked(noun: str, **sent: str) -> HttpResponse:
    request: HttpRequest = RequestFactory().post("/", sent) if sent else RequestFactory().get("/")
    answer: HttpResponse = view_of(noun).callback(request, key="p")
    return answer


def drawn(answer: HttpResponse) -> StepForm:
    assert isinstance(answer, ShapeResponse) and isinstance(answer.shape, StepForm)
    return answer.shape


def buttons() -> list[tuple[str, str, bool]]:
    return [(each.title.zh, each.method, each.primary) for each in actions(PARCELS, SHELF["p"], ADA)]


def test_what_harms_nothing_and_asks_nothing_is_done_by_its_button() -> None:
    assert buttons() == [
        ("继续：名称", "get", True),
        ("pause", "post", False),
        ("look", "get", False),
        ("loss", "get", False),
        ("packing", "get", False),
    ]


def test_without_a_right_only_they_may_whom_it_names() -> None:
    naming = PARCELS.operation("naming")
    assert may(ADA, naming, SHELF["p"], None) and not may(BOB, naming, SHELF["p"], None)
    admit(ADA, naming, SHELF["p"], Scope())
    with acting(BOB), pytest.raises(Refusal) as caught:
        admit(BOB, naming, SHELF["p"], Scope())
    assert caught.value.code == "grants.denied" and caught.value.message == Text(
        "“naming”只能由寄件人办理。", "“naming” can only be done by its sender."
    )


def test_a_task_leads_from_step_to_step_and_back_to_what_is_done(parcel: Parcel) -> None:
    page = drawn(asked("naming"))
    assert [(str(each.title), each.url) for each in page.steps] == [
        ("名称", "/post/parcels/p/naming/"),
        ("单据", ""),
        ("寄出", ""),
    ]
    assert (page.step, page.submit, page.head.actions) == (0, Text("保存", "Save"), ())
    assert asked("naming", name="书")["Location"] == "/post/parcels/p/papers/"
    assert drawn(asked("papers")).head.actions == (), "nothing to go on with yet"
    assert asked("papers", name="单一")["Location"] == "/post/parcels/p/papers/", "one more may follow"
    [onward] = drawn(asked("papers")).head.actions
    assert (str(onward.title), onward.url, onward.primary) == ("继续：寄出", "/post/parcels/p/sending/", True)
    assert stages(PARCELS, parcel)[0].url == "/post/parcels/p/naming/"
    act(PARCELS, PARCELS.operation("sending"), ADA, parcel, Sent({}))
    assert [(each.done, each.url) for each in stages(PARCELS, parcel)] == [(True, "")] * 3
    assert buttons() == []


def test_a_step_that_is_to_be_done_again_is_the_way_on_under_its_own_word(parcel: Parcel) -> None:
    parcel.name, parcel.papers, parcel.state = "书", ["单一"], "back"
    assert buttons()[0] == ("补充", "get", True)
    assert stages(PARCELS, parcel)[2].url == "/post/parcels/p/sending/", "and may be left as it is"
    assert asked("naming", name="册")["Location"] == "/post/parcels/p/papers/"


def test_more_rows_are_asked_for_without_losing_what_was_written() -> None:
    with acting(Principal("system")):
        page = drawn(asked("packing"))
        assert len(page.fields) == 3 and page.more == [
            ("more-rows", "parts", Text("再加 3 行“项”", "3 more rows: Part"))
        ]
        wider = asked("packing", **{"parts-2-weight": "x", "more-rows": "parts"})
        page = drawn(wider)
        assert wider.status_code == 200 and [each.value for each in page.fields] == ["", "x", "", "", "", ""]
        assert page.refusals == [] and page.more == [("more-rows", "parts", Text("再加 1 行“项”", "1 more row: Part"))]
        all_of_them = {f"parts-{place}-weight": "" for place in range(1, 7)}
        page = drawn(asked("packing", **all_of_them, **{"more-rows": "parts"}))
        assert len(page.fields) == 7 and page.more == []
        assert len(drawn(asked("packing", **{"more-rows": "nothing"})).fields) == 3
