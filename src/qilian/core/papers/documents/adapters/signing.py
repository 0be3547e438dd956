"""Sign a PDF (PAdES B-B, ETSI EN 319 142-1) with the key of this house, when it has one.

The key and its certificate lie as `documents.key` and `documents.crt` (PEM) in `var/keys`. A statutory electronic seal
(GB/T 38540) is another thing: it needs a certified seal service.
"""

from io import BytesIO
from pathlib import Path

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

KEY, CERTIFICATE = "documents.key", "documents.crt"


def signer_in(folder: Path) -> SimpleSigner | None:
    """Return the signer whose key lies in a folder, None without one; ValueError when one of them cannot be read.

    The first certificate is the signer's own; others in the same file lead to its root and go into the signature.
    """
    key, certificate = folder / KEY, folder / CERTIFICATE
    if not (key.exists() and certificate.exists()):
        return None
    own, *chain = load_certs_from_pemder_data(certificate.read_bytes())
    store = SimpleCertificateStore.from_certs(chain)  # type: ignore[no-untyped-call] # the library leaves it untyped
    secret = load_private_key_from_pemder_data(key.read_bytes(), passphrase=None)
    return SimpleSigner(signing_cert=own, signing_key=secret, cert_registry=store)


def signed(pdf: bytes, signer: SimpleSigner | None) -> tuple[bytes, str]:
    """Return a signed PDF and the name in the certificate; without a signer the same PDF and no name."""
    if signer is None:
        return pdf, ""
    meta = PdfSignatureMetadata(field_name="Signature", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    out = BytesIO()
    PdfSigner(meta, signer=signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    assert signer.signing_cert is not None
    names = signer.signing_cert.subject.native
    return out.getvalue(), str(names.get("common_name") or names.get("organization_name") or "")[:200]
