"""What happens to drafts of plans."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("spine.plan.uploaded", title=Text("上传文件", "Document uploaded"), dimensions=("plan",))
@dataclass(frozen=True, slots=True)
class DocumentUploaded:
    """A document was handed in to become a version; `size` in bytes, 0 for pasted text."""

    plan: str
    draft: int
    sha256: str
    size: int


@event_type(
    "spine.plan.compiled",
    title=Text("编译草稿", "Draft compiled"),
    dimensions=("plan",),
    measures=("clauses", "duties", "open_items"),
)
@dataclass(frozen=True, slots=True)
class DraftCompiled:
    """A draft's text was compiled; `open_items` wait for a person."""

    plan: str
    draft: int
    clauses: int
    duties: int
    open_items: int


@event_type("spine.plan.unreadable", title=Text("文件读不出", "Document unreadable"), dimensions=("plan", "code"))
@dataclass(frozen=True, slots=True)
class DocumentUnreadable:
    """A document could not be read; `code` is the reader's refusal."""

    plan: str
    draft: int
    code: str


@event_type("spine.plan.item_settled", title=Text("处理疑点", "Item settled"), dimensions=("plan", "verdict"))
@dataclass(frozen=True, slots=True)
class ItemSettled:
    """A person settled an item of a draft; `unit` is the slug chosen, if one was."""

    plan: str
    draft: int
    key: str
    verdict: str
    unit: str
    reason: str


@event_type("spine.plan.clause_edited", title=Text("改正分工", "Roles corrected"), dimensions=("plan",))
@dataclass(frozen=True, slots=True)
class ClauseEdited:
    """A person corrected the units of a draft's clause; pairs are `role:unit`."""

    plan: str
    draft: int
    clause: str
    duties: tuple[str, ...]


@event_type("spine.plan.discarded", title=Text("放弃草稿", "Draft discarded"), dimensions=("plan",))
@dataclass(frozen=True, slots=True)
class DraftDiscarded:
    """A draft was given up, for a reason."""

    plan: str
    draft: int
    reason: str
