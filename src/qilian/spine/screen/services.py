"""Task tables as files: asked for on a page, made by the worker, kept as long as the version says the same."""

from hashlib import sha256

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.outbox.api import later
from qilian.core.papers.files.api import store_bytes
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.spine.plan.api import Duty, PlanVersion, SourceText
from qilian.spine.screen.models import Export, Unit

FORMATS = ("pdf", "xlsx")
EXPORT_JOB = "spine.plan.export"


@transaction.atomic
def request_export(*, version: PlanVersion, kind: str, language: str, unit: Unit | None = None) -> Export:
    """Ask for the task table of a version or of one unit as `pdf` or `xlsx`, in `zh` or `en`.

    Whoever may read may ask; a table that was made before is not made again. A failed one is tried again.
    Refusal: `plan.export.format`.
    """
    if kind not in FORMATS:
        raise Refusal("plan.export.format", Text("只有 PDF 和 XLSX。", "PDF and XLSX only."), where="kind")
    export, made = Export.objects.get_or_create(
        stamp=_stamp(version, unit, kind, language),
        defaults={
            "version": version, "unit": unit, "kind": kind, "language": language, "requested_at": clock.now(),
        },
    )  # fmt: skip
    if made or export.state == "failed":
        Export.objects.filter(pk=export.pk).update(state="queued", failure="")
        export.refresh_from_db()
        later(EXPORT_JOB, export=export.code)
    return export


@transaction.atomic
def start_export(*, export: Export) -> Export:
    """Say that the worker has begun."""
    Export.objects.filter(pk=export.pk, state__in=("queued", "failed")).update(state="running")
    export.refresh_from_db()
    return export


@internal("the worker writes the file that a person asked for")
@transaction.atomic
def finish_export(*, actor: Principal, export: Export, content: bytes, name: str) -> Export:
    """Keep the finished file, open to everyone as the plan is."""
    export = Export.objects.select_for_update().get(pk=export.pk)
    stored = store_bytes(actor=actor, content=content, name=name, subject=Ref("spine.export", export.code), public=True)
    export.state, export.file, export.file_name, export.finished_at = "ready", stored.sha256, name, clock.now()
    export.save(update_fields=["state", "file", "file_name", "finished_at"])
    return export


@transaction.atomic
def fail_export(*, export: Export, why: str) -> Export:
    """Record why a table could not be made; asking again tries again."""
    export = Export.objects.select_for_update().get(pk=export.pk)
    export.state, export.failure, export.finished_at = "failed", why[:300], clock.now()
    export.save(update_fields=["state", "failure", "finished_at"])
    return export


def _stamp(version: PlanVersion, unit: Unit | None, kind: str, language: str) -> str:
    """Equal as long as the table would be: rows are only ever added, so the last duty and the words tell."""
    last = Duty.objects.filter(clause__version=version).order_by("-pk").values_list("pk", flat=True).first()
    words = SourceText.objects.filter(version=version).exists()
    said = f"{version.code} {unit.slug if unit else ''} {kind} {language} {last} {words}"
    return sha256(said.encode()).hexdigest()
