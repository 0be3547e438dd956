"""What the worker does for documents: set them."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse

from qilian.core.house.principal import current_principal
from qilian.core.log.outbox.api import job
from qilian.core.log.proofs.api import refuse_changed
from qilian.core.papers.files.api import store_bytes
from qilian.core.rights.grants.api import Scope

from .adapters.signing import signed, signer_in
from .adapters.typesetting import typeset
from .models import Document
from .services import record_set, ref


@job("documents.typeset")
def set_document(*, document: int) -> None:
    """Set a document's PDF, sign it when there is a key, store it, and remember its digest.

    Run twice it changes nothing. Refusal `documents.changed`: what somebody wrote into the table is never signed.
    """
    row = Document.objects.get(pk=document)
    if row.file:
        return
    refuse_changed(row, code="documents.changed")
    address = settings.BASE_URL.rstrip("/") + reverse("documents:record", args=[row.code])
    pdf, name = signed(typeset(row.data, verify=address), signer_in(Path(settings.VAR) / "keys"))
    actor = current_principal()
    stored = store_bytes(
        actor=actor,
        content=pdf,
        name=f"{row.code}.pdf",
        subject=ref(row),
        action="documents.view",
        scope=Scope(unit=row.unit),
        public=row.public,
    )
    record_set(actor=actor, document=row, sha256=stored.sha256, signed_by=name)
