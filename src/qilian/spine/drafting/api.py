"""Public interface of drafting: from a document to a published version."""

from .models import Draft, ReviewItem
from .queries import draft_numbered, drafts_of
from .services.common import draft_ref
from .services.drafts import Upload, compile_draft, discard_draft, edit_clause, settle_item, upload_document
from .services.publishing import publish_version

__all__ = [
    "Draft",
    "ReviewItem",
    "Upload",
    "compile_draft",
    "discard_draft",
    "draft_numbered",
    "draft_ref",
    "drafts_of",
    "edit_clause",
    "publish_version",
    "settle_item",
    "upload_document",
]
