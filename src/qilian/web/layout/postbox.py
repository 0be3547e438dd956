"""The mails of a demonstration, which sends none out: who tries it reads them here. A real house has no such page."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from qilian.core.house import pages as page
from qilian.core.values import clock
from qilian.core.values.text import Text

_SHOWN: Final = 20
_TITLE = Text("演示信箱", "The demonstration's postbox")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail of the spool; `link` is the address of this house in it, if any."""

    at: datetime
    to: str
    subject: str
    link: str


def has_postbox() -> bool:
    """Whether this is a demonstration whose mails lie in the spool."""
    return settings.MODE == "demo" and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


@require_GET
def postbox(_request: HttpRequest) -> HttpResponse:
    """List the latest mails of the spool, the newest first."""
    if not has_postbox():
        raise Http404
    columns = (
        page.Column("at", Text("时间", "When"), lambda row: row.at, "datetime"),
        page.Column("to", Text("收件人", "To"), lambda row: row.to),
        page.Column("subject", Text("主题", "Subject"), lambda row: row.subject),
        page.Column("link", Text("链接", "Link"), lambda row: _OPEN if row.link else "", url=lambda row: row.link),
    )
    words = Text(
        "演示库不向外寄信。邮件由后台处理，几秒后出现在这里；刷新可见。",
        "A demonstration sends no mail. The worker writes them; they are here within seconds: reload to see them.",
    )
    table = page.Table(columns, spooled(Path(settings.MAIL_SPOOL)), page.Empty(Text("还没有邮件。", "No mail yet.")))
    sections = [page.Section(paragraphs=[words]), page.Section(table=table)]
    return page.show(page.RecordPage(page.Head(_TITLE, crumbs=[page.Crumb(_TITLE)]), sections, page.NOT_A_RECORD))


def spooled(folder: Path) -> list[Mail]:
    """The latest mails below a spool folder, the newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:_SHOWN]
    mails = [mail for path in files for mail in _mails(path)]
    return sorted(mails, key=lambda mail: mail.at, reverse=True)[:_SHOWN]


_OPEN = Text("打开", "Open")


def _mails(path: Path) -> list[Mail]:
    """The mails of one file: Django parts them by a line of dashes."""
    parts = path.read_bytes().split(b"-" * 79)
    return [_mail(part.strip(), path) for part in parts if part.strip()]


def _mail(content: bytes, path: Path) -> Mail:
    message = message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain",))
    lines = str(body.get_content()).splitlines() if body else []
    base = settings.BASE_URL.rstrip("/")
    link = next((line.removeprefix(base) for line in lines if line.startswith(base + "/")), "")
    at = datetime.fromtimestamp(path.stat().st_mtime, clock.SHANGHAI)
    return Mail(at, str(message["To"]), str(message["Subject"]), link)
