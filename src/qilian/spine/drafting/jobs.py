"""What the worker does for drafts: read uploaded documents."""

from qilian.core.log.outbox.api import job
from qilian.core.papers.files.api import read_content
from qilian.core.rights.grants.api import current_principal
from qilian.core.values.text import Refusal
from qilian.spine.plan.api import read_document

from .models import Draft
from .services.drafts import READ_JOB, compile_draft, fail_draft


@job(READ_JOB)
def read_draft(*, draft: str) -> None:
    """Read an uploaded document and compile it; what cannot be read is said on the draft's page."""
    row = Draft.objects.select_related("plan").get(code=draft)
    if row.state != "reading":
        return
    actor = current_principal()
    try:
        text, simplify = read_document(read_content(row.file), name=row.file_name)
        compile_draft(actor=actor, draft=row, text=text, simplify=simplify)
    except Refusal as refusal:
        fail_draft(actor=actor, draft=row, refusal=refusal)
