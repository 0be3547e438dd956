"""Plans as facts: register one, publish the facts of a plan folder, and load the source document's words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.spine.coverage.api import PlanFacts
from qilian.spine.plan.compiling import compile_text, digests
from qilian.spine.plan.events import PlanRegistered, VersionPublished, WordsLoaded
from qilian.spine.plan.models import Clause, ClauseWords, Plan, PlanVersion, SourceText
from qilian.spine.plan.units import slugs_by_name

from .common import DRAFT, PUBLISH, locked, plan_ref, require_on, version_ref
from .rows import Content, content_of_facts, words_of, write, write_words

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@transaction.atomic
def register_plan(
    *,
    actor: Principal,
    slug: str,
    title: Text,
    region: str = "",
    issuer: str = "",
    document_no: str = "",
    issued_on: date | None = None,
) -> Plan:
    """Enter a plan document; its versions come from drafts. Needs `plan.draft` in the plan's region.

    Refusals: `grants.denied`, `plan.slug.malformed`, `plan.slug.taken`, `plan.title.empty`.
    """
    plan = Plan(slug=slug, region=region, issuer=issuer, document_no=document_no, issued_on=issued_on)
    require_on(actor, DRAFT, plan)
    _check_new(slug, title)
    plan.title_zh, plan.title_en = title.zh.strip(), title.en.strip()
    plan.created_at, plan.names_on = clock.now(), issued_on or clock.today()
    plan.save()
    emit(PlanRegistered(slug, title.zh), actor=actor, subject=plan_ref(plan), region=region)
    return plan


@internal("the house loads a province from its folder")
@transaction.atomic
def load_facts(*, actor: Principal, facts: PlanFacts) -> PlanVersion:
    """Publish the facts of a plan folder as the main plan's version; the same facts again change nothing.

    Words that were loaded for the version before are taken along where their digests still agree. Needs `plan.publish`.
    Refusals: `grants.denied`, `plan.units.unknown`.
    """
    require_on(actor, PUBLISH, Plan(region=facts.region))
    plan = _main_plan(facts)
    before = plan.versions.first()
    if before is not None and before.facts_sha256 == facts.digest:
        return before
    names = {raw for clause in facts.clauses for raw in (*clause.lead, *clause.support)}
    content = content_of_facts(facts, slugs_by_name(names))
    version = new_version(actor, plan, content, source_sha256=facts.source_sha256, facts_sha256=facts.digest)
    if before is not None:
        _take_words_along(before, version)
    return version


@transaction.atomic
def load_words(*, actor: Principal, version: PlanVersion, text: str) -> PlanVersion:
    """Load the source document of a version: every clause's words must have the digest that the version states.

    Needs `plan.draft`. Refusals: `grants.denied`, `plan.words.loaded`, `plan.words.differ` with the clauses that
    differ, and those of the compiler.
    """
    plan = locked(version.plan)
    require_on(actor, DRAFT, plan)
    if SourceText.objects.filter(version=version).exists():
        raise Refusal("plan.words.loaded", Text("这个版本的原文已经载入。", "The words of this version are loaded."))
    compiled = compile_text(text, names_on=plan.names_on)
    clauses = list(version.clauses.all())
    _refuse_other_words(clauses, {clause.id: digests(text, clause) for clause in compiled.clauses})
    at = clock.now()
    SourceText.objects.create(version=version, text=text, loaded_at=at, loaded_by=actor.ref)
    found = {clause.id: clause for clause in compiled.clauses}
    write_words((clause, words_of(found[clause.cid])) for clause in clauses)
    event = WordsLoaded(plan.slug, version.number, len(clauses), sha256(text.encode()).hexdigest())
    emit(event, actor=actor, subject=version_ref(version), region=plan.region)
    return version


def new_version(
    actor: Principal,
    plan: Plan,
    content: Content,
    *,
    source_sha256: str,
    facts_sha256: str,
    note: str = "",
) -> PlanVersion:
    """Write the next version of a locked plan and say so in the log."""
    latest = plan.versions.first()
    version = PlanVersion.objects.create(
        plan=plan,
        number=latest.number + 1 if latest else 1,
        source_sha256=source_sha256,
        facts_sha256=facts_sha256,
        published_at=clock.now(),
        published_by=actor.ref,
        publisher=actor.name,
        note=note,
    )
    write(version, content)
    event = VersionPublished(
        plan=plan.slug,
        version=version.number,
        clauses=len(content.clauses),
        lead=content.count("lead"),
        support=content.count("support"),
        units=len(content.units()),
        facts_sha256=facts_sha256,
    )
    emit(event, actor=actor, subject=version_ref(version), region=plan.region)
    return version


def _check_new(slug: str, title: Text) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > 24:
        raise Refusal(
            "plan.slug.malformed",
            Text(f"短名“{slug}”不合规则。", f"“{slug}” is no short name."),
            where="slug",
            remedy=Text(
                "请用小写字母、数字和短横，最多 24 个字符。", "Use lower case letters, digits, hyphens; 24 at most."
            ),
        )
    if not title.zh.strip():
        raise Refusal("plan.title.empty", Text("没有填写方案名称。", "The plan has no title."), where="title_zh")
    if Plan.objects.filter(slug=slug).exists():
        raise Refusal(
            "plan.slug.taken",
            Text(f"短名“{slug}”已被使用。", f"The short name “{slug}” is taken."),
            where="slug",
            remedy=Text("请换一个短名。", "Choose another one."),
        )


def _main_plan(facts: PlanFacts) -> Plan:
    plan, _ = Plan.objects.select_for_update().get_or_create(
        slug=facts.code,
        defaults={
            "title_zh": facts.title.zh,
            "title_en": facts.title.en,
            "region": facts.region,
            "based_on": facts.based_on,
            "names_on": facts.names_on,
            "main": not Plan.objects.filter(main=True).exists(),
            "created_at": clock.now(),
        },
    )
    return plan


def _take_words_along(before: PlanVersion, version: PlanVersion) -> None:
    source = SourceText.objects.filter(version=before).first()
    words = {row.clause.cid: row for row in ClauseWords.objects.filter(clause__version=before).select_related("clause")}
    clauses = list(version.clauses.all())
    if source is None or any(c.cid not in words or words[c.cid].clause.sha256 != c.sha256 for c in clauses):
        return
    SourceText.objects.create(version=version, text=source.text, loaded_at=source.loaded_at, loaded_by=source.loaded_by)
    for clause in clauses:
        old = words[clause.cid]
        old.pk, old.clause = None, clause
    ClauseWords.objects.bulk_create(words[clause.cid] for clause in clauses)


def _refuse_other_words(clauses: Sequence[Clause], found: Mapping[str, frozenset[str]]) -> None:
    other = [clause.cid for clause in clauses if clause.sha256 not in found.get(clause.cid, ())]
    if other:
        some = "、".join(other[:5])
        raise Refusal(
            "plan.words.differ",
            Text(
                f"{len(other)} 条的文字与本版本的校验值不符：{some}{' 等' if len(other) > 5 else ''}。",
                f"The words of {len(other)} clauses differ from their digests: {some}.",
            ),
            where="source",
            remedy=Text("请上传这个版本的原件，不要改动文字。", "Upload the original of this version, unchanged."),
        )
