"""A PDF signed with the house's own key: anybody can check it, and a changed byte breaks it."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import Client
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from qilian.core.house.principal import SYSTEM
from qilian.core.log.outbox.api import run_due
from qilian.core.papers.documents.adapters.signing import signed, signer_in
from qilian.core.papers.documents.api import Sheet, issue
from qilian.core.papers.files.api import place_of

USAGE = dict.fromkeys(
    (
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ),
    False,
)


@pytest.fixture
def keys(own_folders: Path) -> Path:
    """A self-made key and certificate in var/keys."""
    folder = own_folders / "keys"
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "青海省服务业办")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **USAGE), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "documents.key").write_bytes(private)
    (folder / "documents.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return folder


def status(pdf: bytes, keys: Path) -> tuple[bool, bool]:
    roots = load_certs_from_pemder_data((keys / "documents.crt").read_bytes())
    signature = PdfFileReader(BytesIO(pdf)).embedded_signatures[0]
    found = validate_pdf_signature(signature, ValidationContext(trust_roots=roots))
    return found.intact, found.valid


@pytest.mark.django_db
def test_a_document_is_signed_when_there_is_a_key(keys: Path) -> None:
    document = issue(actor=SYSTEM, sheet=Sheet("通知"), unit="fgw", agency="青服务办")
    run_due()
    document.refresh_from_db()
    pdf = place_of(document.file).read_bytes()
    assert document.signed_by == "青海省服务业办"
    assert status(pdf, keys) == (True, True)
    assert status(pdf.replace(b"/A4", b"/A5").replace(b"%PDF-1.7", b"%PDF-1.6"), keys)[0] is False
    assert "青海省服务业办" in Client().get(f"/documents/{document.code}/").content.decode()


def test_without_a_key_the_pdf_stays_as_it_is(tmp_path: Path) -> None:
    assert signer_in(tmp_path) is None
    assert signed(b"%PDF", None) == (b"%PDF", "")


def test_a_broken_key_is_an_error_and_not_silence(keys: Path) -> None:
    (keys / "documents.key").write_bytes(b"no key")
    with pytest.raises(ValueError):
        signer_in(keys)
