"""What the worker does for drafts: read uploaded documents."""

from qilian.core.log.outbox.api import Retry, job
from qilian.core.papers.files.api import read_content
from qilian.core.rights.grants.api import current_principal
from qilian.core.values.text import Refusal, Text
from qilian.spine.plan.api import read_document

from .models import Draft
from .services.drafts import READ_JOB, compile_draft, fail_draft


def say_dead(*, draft: str) -> None:
    """Say on the draft's page that its document will not be read; run twice it changes nothing."""
    row = Draft.objects.select_related("plan").get(code=draft)
    if row.state == "reading":
        fail_draft(actor=current_principal(), draft=row, refusal=_dead(row.file_name))


@job(READ_JOB, retry=Retry(times=2), on_death=say_dead)
def read_draft(*, draft: str) -> None:
    """Read an uploaded document and compile it; what cannot be read is said on the draft's page."""
    row = Draft.objects.select_related("plan").get(code=draft)
    if row.state != "reading":
        return
    actor = current_principal()
    try:
        read = read_document(read_content(row.file), name=row.file_name)
        compile_draft(actor=actor, draft=row, text=read.text, simplify=read.simplify, doubts=read.doubts)
    except Refusal as refusal:
        fail_draft(actor=actor, draft=row, refusal=refusal)


def _dead(name: str) -> Refusal:
    return Refusal(
        "plan.file.unread",
        Text(f"文件“{name}”没有读完，读取程序中断了。", f"Reading the file “{name}” did not come to its end."),
        where=name,
        remedy=Text(
            "请放弃此草稿，另存文件后再上传，或粘贴正文；仍不行请告知系统管理员。",
            "Give up this draft, then save the file anew and upload it, or paste its text; if that fails, tell the "
            "system administrator.",
        ),
    )
