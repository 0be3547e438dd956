"""Public interface of drafting: from a document to a published version."""

from .kernel.review import UNIT
from .models import Draft, ReviewItem
from .queries import draft_by_code, drafts_of, suggestions_for, suggestions_of
from .resource import CORRECTION, DRAFT_STATES, DRAFTS, ITEMS, MEANINGS, REGISTRATION, VERDICTS, gap_sections
from .services.common import draft_ref
from .services.drafts import Upload, compile_draft, discard_draft, edit_clause, settle_item, upload_document
from .services.publishing import publish_version
from .services.registering import register_unit_of
from .services.suggesting import accept_suggestions

__all__ = [
    "CORRECTION",
    "DRAFTS",
    "DRAFT_STATES",
    "ITEMS",
    "MEANINGS",
    "REGISTRATION",
    "UNIT",
    "VERDICTS",
    "Draft",
    "ReviewItem",
    "Upload",
    "accept_suggestions",
    "compile_draft",
    "discard_draft",
    "draft_by_code",
    "draft_ref",
    "drafts_of",
    "edit_clause",
    "gap_sections",
    "publish_version",
    "register_unit_of",
    "settle_item",
    "suggestions_for",
    "suggestions_of",
    "upload_document",
]
