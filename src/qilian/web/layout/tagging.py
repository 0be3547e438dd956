"""ETags of pages that are drawn once for all: a visitor who has such a page is told that it still holds."""

from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest

from qilian.core.house.pages import Page, Shape
from qilian.core.house.principal import current_principal
from qilian.core.values.text import current_language


def tag_of(request: HttpRequest, shape: Shape) -> str:
    """Return the ETag of a kept page; empty where what surrounds it is the reader's own, as with who is signed in."""
    if not isinstance(shape, Page) or not shape.kept or request.method not in ("GET", "HEAD"):
        return ""
    own = (settings.SESSION_COOKIE_NAME, "messages")
    if current_principal().signed_in or not request.COOKIES.keys().isdisjoint(own):
        return ""
    seen = (shape.template, shape.kept, current_language(), request.get_full_path(), settings.MODE, release())
    secret = request.META.get("CSRF_COOKIE", "")  # the forms of the page carry it
    return f'"{sha256(repr((seen, secret)).encode()).hexdigest()[:32]}"'


@lru_cache(maxsize=1)
def release() -> str:
    """Return a digest of the files that pages are drawn by: names, sizes and moments, once a process."""
    files = sorted(path for path in settings.SOURCE.rglob("*") if path.suffix in (".py", ".html", ".mo", ".css", ".js"))
    said = "\n".join(f"{path} {(stat := path.stat()).st_size} {stat.st_mtime_ns}" for path in files)
    return sha256(said.encode()).hexdigest()
