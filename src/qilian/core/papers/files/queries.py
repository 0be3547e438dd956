"""Reading files: those of a record, one by its code, and what nobody uses."""

from django.db.models import Exists, OuterRef, QuerySet

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import Scope, allowed
from qilian.core.values.text import Ref, Refusal, Text

from .disk import on_disk
from .models import FileUse, Stored


def files_of(subject: Ref) -> QuerySet[FileUse]:
    """Return the files that a record uses today, in the order in which they were attached."""
    used = FileUse.objects.filter(subject=str(subject), detached_at__isnull=True)
    return used.select_related("stored").order_by("id")


def use_by_code(code: str) -> FileUse:
    """Return a use by its public code, detached ones too; Refusal `files.unknown`."""
    row = FileUse.objects.select_related("stored").filter(code=code).first()
    if row is None:
        raise Refusal("files.unknown", Text("没有这个文件。", "There is no such file."), where=code)
    return row


def may_open(actor: Principal, use: FileUse) -> bool:
    """Whether the actor may open a file: it is public, his own, or within a grant for its action."""
    if use.public or (actor.signed_in and use.attached_by == actor.ref):
        return True
    return allowed(actor, use.action, scope_of(use))


def scope_of(use: FileUse) -> Scope:
    """Return what the using record belongs to, as grants see it."""
    return Scope(unit=use.unit, region=use.region, offer=use.offer, clause=use.clause)


def unused() -> QuerySet[Stored]:
    """Return the contents that no record uses any more, the oldest first."""
    used = FileUse.objects.filter(stored=OuterRef("pk"), detached_at__isnull=True)
    return Stored.objects.filter(~Exists(used)).order_by("id")


def strays() -> list[str]:
    """Return the SHA-256 of contents on disk that no row names: what a rolled-back upload left."""
    known = set(Stored.objects.values_list("sha256", flat=True))
    return [sha256 for sha256 in on_disk() if sha256 not in known]
