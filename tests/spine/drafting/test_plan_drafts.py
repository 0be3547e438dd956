"""Drafts by the verbs: hand in, settle, correct, publish, amend; refusals change nothing; what is published stays."""

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from qilian.core.house.principal import ANONYMOUS, acting
from qilian.core.log.events.api import written
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.inbox.api import waiting_for
from qilian.core.who.notices.queries import notices_of
from qilian.core.who.units.api import units
from qilian.spine.drafting.api import Draft, discard_draft, edit_clause, publish_version, settle_item, upload_document
from qilian.spine.drafting.jobs import read_draft, say_dead
from qilian.spine.drafting.resource import DRAFTS
from qilian.spine.plan.api import (
    Clause,
    Decided,
    Duty,
    Plan,
    add_duty,
    compare_versions,
    in_force,
    register_plan,
    totals,
)

pytestmark = pytest.mark.django_db


def refused(code, verb, **arguments):
    before = written().count(), Draft.objects.count(), Duty.objects.count()
    with pytest.raises(Refusal) as caught, transaction.atomic():
        verb(**arguments)
    assert caught.value.code == code
    assert (written().count(), Draft.objects.count(), Duty.objects.count()) == before
    return caught.value


def unit(slug):
    return units().get(slug=slug)


def test_a_pasted_plan_is_compiled_and_only_the_unknown_waits(draft):
    assert draft.state == "reviewing" and len(draft.compiled["clauses"]) == 3
    item = draft.items.get()
    assert (item.kind, item.key, item.state) == ("unit", "高原食品冷链联席办", "open")
    assert draft.text[item.span_start : item.span_end] == item.key


def test_the_way_to_a_version(draft, cast):
    refused("plan.items.open", publish_version, actor=cast.publisher, draft=draft)
    settle_item(actor=cast.planner, item=draft.items.get(), verdict="unit", unit=unit("qh-fwyldxz"))
    edit_clause(actor=cast.planner, draft=draft, cid="1.2.1", duties=[("lead", "qh-czt"), ("support", "qh-tjj")])
    version = publish_version(actor=cast.publisher, draft=draft, note="第一版")
    counts = totals(version)
    assert (version.number, counts.clauses, counts.lead, counts.support) == (1, 3, 4, 4)
    duties = Duty.objects.filter(clause__version=version, clause__cid="1.2.1").order_by("order")
    assert [(d.unit.slug, d.role, d.origin) for d in duties] == [
        ("qh-czt", "lead", "explicit"),
        ("qh-tjj", "support", "reviewed"),
    ]
    clause = version.clauses.get(cid="1.1.1")
    assert [row.date for row in clause.deadlines.all()] == [date(2027, 12, 31)]
    assert clause.words.text == draft.text[clause.words.span_start : clause.words.span_end]
    draft.refresh_from_db()
    assert draft.state == "published"
    refused("plan.draft.state", publish_version, actor=cast.publisher, draft=draft)


def test_a_settled_draft_waits_for_whoever_may_publish_it(draft, cast):
    def waiting(who):
        with acting(who):
            return [(item.url, item.kind) for item in waiting_for(who)]

    assert waiting(cast.publisher) == []
    settle_item(actor=cast.planner, item=draft.items.get(), verdict="unit", unit=unit("qh-fwyldxz"))
    place = DRAFTS.url(draft)
    assert (waiting(cast.publisher), waiting(cast.planner)) == ([(place, "plan.draft")], [])
    publish_version(actor=cast.publisher, draft=draft)
    assert waiting(cast.publisher) == []
    assert [(notice.title_zh[:3], notice.url) for notice in notices_of(cast.planner)] == [("已发布", place)]


def test_what_is_published_cannot_be_changed(published):
    for change in (
        lambda: Clause.objects.update(summary_zh="改"),
        lambda: Duty.objects.all().delete(),
        lambda: type(published).objects.update(note="改"),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.parametrize("who", ["reader", "nobody"])
def test_without_a_grant_nothing_happens(draft, plan, cast, who):
    actor = ANONYMOUS if who == "nobody" else cast.reader
    item = draft.items.get()
    refused("grants.denied", upload_document, actor=actor, plan=plan, text="字")
    refused("grants.denied", settle_item, actor=actor, item=item, verdict="dismissed", reason="x")
    refused("grants.denied", edit_clause, actor=actor, draft=draft, cid="1.1.1", duties=[("lead", "qh-swt")])
    refused("grants.denied", discard_draft, actor=actor, draft=draft, reason="x")
    refused("grants.denied", publish_version, actor=actor, draft=draft)
    refused("grants.denied", register_plan, actor=actor, slug="x", title=Text("题", ""))
    refused("grants.denied", publish_version, actor=cast.planner, draft=draft)


def test_settling_is_checked(draft, cast):
    item = draft.items.get()
    refused("plan.item.unit", settle_item, actor=cast.planner, item=item, verdict="unit")
    refused("text.missing", settle_item, actor=cast.planner, item=item, verdict="dismissed", reason=" ")
    refused("plan.item.verdict", settle_item, actor=cast.planner, item=item, verdict="edited")
    settle_item(actor=cast.planner, item=item, verdict="dismissed", reason="不是单位")
    refused("plan.item.settled", settle_item, actor=cast.planner, item=item, verdict="dismissed", reason="再来")
    draft.refresh_from_db()
    assert "高原食品冷链联席办" not in [role["unit"] for c in draft.compiled["clauses"] for role in c["roles"]]
    refused("plan.unit.unknown", edit_clause, actor=cast.planner, draft=draft, cid="1.1.1", duties=[("lead", "nobody")])


def test_one_draft_at_a_time_until_it_is_given_up(draft, plan, cast, document):
    refused("plan.draft.open", upload_document, actor=cast.planner, plan=plan, text=document)
    refused("text.missing", discard_draft, actor=cast.planner, draft=draft, reason="")
    discard_draft(actor=cast.planner, draft=draft, reason="传错了")
    assert upload_document(actor=cast.planner, plan=plan, text=document).number == 2


def test_empty_and_endless_texts_are_refused(plan, cast):
    refused("plan.text.empty", upload_document, actor=cast.planner, plan=plan, text=" \n")
    refused("plan.text.long", upload_document, actor=cast.planner, plan=plan, text="字" * 2_000_001)


def test_a_plan_is_registered_once(plan, cast):
    refused("plan.slug.taken", register_plan, actor=cast.planner, slug="cold", title=Text("题", ""))
    refused("plan.slug.malformed", register_plan, actor=cast.planner, slug="Cold Chain", title=Text("题", ""))
    refused("plan.title.empty", register_plan, actor=cast.planner, slug="warm", title=Text(" ", ""))


def test_a_file_is_read_by_the_worker(plan, cast, document):
    file = SimpleUploadedFile("方案.txt", document.encode("gb18030"), "text/plain")
    draft = upload_document(actor=cast.planner, plan=plan, file=file)
    assert draft.state == "reading" and draft.file_name == "方案.txt"
    with acting(cast.planner):
        read_draft(draft=draft.code)
        read_draft(draft=draft.code)
    draft.refresh_from_db()
    assert draft.state == "reviewing" and len(draft.compiled["clauses"]) == 3


def test_an_unreadable_file_says_so(plan, cast):
    draft = upload_document(actor=cast.planner, plan=plan, file=SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken"))
    with acting(cast.planner):
        read_draft(draft=draft.code)
    draft.refresh_from_db()
    assert draft.state == "unreadable" and draft.failure["zh"]


def test_a_reader_that_dies_tells_the_page(plan, cast):
    file = SimpleUploadedFile("方案.txt", "一、任务".encode(), "text/plain")
    draft = upload_document(actor=cast.planner, plan=plan, file=file)
    with acting(cast.planner):
        say_dead(draft=draft.code)
        say_dead(draft=draft.code)
        read_draft(draft=draft.code)
    draft.refresh_from_db()
    assert draft.state == "unreadable" and draft.failure["code"] == "plan.file.unread"
    assert "方案.txt" in draft.failure["zh"] and "方案.txt" in draft.failure["en"]


def test_what_the_reader_has_to_say_waits_for_a_person(plan, cast, document):
    parts = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in document.splitlines())
    gone = "<w:p><w:del><w:r><w:delText>旧的一段</w:delText></w:r></w:del></w:p>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{parts}{gone}</w:body></w:document>'
        )
    file = SimpleUploadedFile("方案.docx", content.getvalue())
    draft = upload_document(actor=cast.planner, plan=plan, file=file)
    with acting(cast.planner):
        read_draft(draft=draft.code)
    draft.refresh_from_db()
    assert draft.state == "reviewing" and len(draft.compiled["clauses"]) == 3
    told = draft.items.get(kind="read_revisions")
    assert "旧的一段" in told.message and told.state == "open"


def test_programs_are_not_taken(plan, cast):
    refused(
        "files.kind",
        upload_document,
        actor=cast.planner,
        plan=plan,
        file=SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n"),
    )


def test_a_decision_adds_a_duty_that_outlives_unchanged_versions(published, plan, cast, second):
    decided = Decided("meeting", "专题会纪要", clock.today())
    duty = add_duty(actor=cast.publisher, plan=plan, cid="1.1.1", unit=unit("qh-yzj"), role="support", decided=decided)
    add_duty(actor=cast.publisher, plan=plan, cid="1.1.2", unit=unit("qh-yzj"), role="support", decided=decided)
    assert duty.origin == "decision"
    more = {"actor": cast.publisher, "plan": plan, "cid": "1.1.1", "unit": unit("qh-yzj"), "role": "support"}
    refused("plan.duty.exists", add_duty, **more, decided=decided)
    refused("grants.denied", add_duty, **{**more, "actor": cast.planner}, decided=decided)
    refused("plan.clause.unknown", add_duty, **{**more, "cid": "9"}, decided=decided)
    refused("plan.role.unknown", add_duty, **{**more, "role": "boss"}, decided=decided)
    other = {**more, "unit": unit("qh-tjj")}
    refused("plan.decision.title", add_duty, **other, decided=Decided("meeting", " ", clock.today()))
    refused("plan.decision.kind", add_duty, **other, decided=Decided("rumour", "传闻", clock.today()))
    late = clock.today() + timedelta(days=1)
    refused("plan.decision.future", add_duty, **other, decided=Decided("leader", "批示", late))
    draft = upload_document(actor=cast.planner, plan=plan, text=second)
    for item in draft.items.all():
        settle_item(actor=cast.planner, item=item, verdict="unit", unit=unit("qh-gsj"))
    version = publish_version(actor=cast.publisher, draft=draft)
    kept = Duty.objects.filter(clause__version=version, origin="decision").values_list("clause__cid", flat=True)
    assert list(kept) == ["1.1.1"]  # 1.1.2 has other words now: the decision must be taken again
    assert in_force(plan) == version and Plan.objects.get(pk=plan.pk).versions.count() == 2


def test_two_versions_differ_in_words_and_duties(published, plan, cast, second):
    draft = upload_document(actor=cast.planner, plan=plan, text=second)
    for item in draft.items.all():
        settle_item(actor=cast.planner, item=item, verdict="unit", unit=unit("qh-gsj"))
    version = publish_version(actor=cast.publisher, draft=draft)
    found = compare_versions(published, version)
    assert [each.cid for each in found.changed] == ["1.1.2", "1.2.1"] and found.same == 1
    assert found.changed[0].words_changed and found.changed[1].duties_added == (("qh-gsj", "support"),)


def test_every_step_is_in_the_log(published, draft):
    told = list(written().filter(type__startswith="spine.plan").values_list("type", flat=True))[::-1]
    assert told == [
        f"spine.plan.{deed}" for deed in ("registered", "uploaded", "compiled", "item_settled", "published")
    ]
