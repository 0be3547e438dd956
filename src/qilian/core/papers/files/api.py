"""Public interface of files."""

from .disk import open_content, place_of, read_content
from .kernel.kinds import DOCUMENTS, IMAGES
from .models import FileUse, Stored
from .pages import download
from .queries import files_of, may_open, strays, unused, use_by_code
from .services import Upload, attach, detach, discard, quarantine, release, store_bytes

__all__ = [
    "DOCUMENTS",
    "IMAGES",
    "FileUse",
    "Stored",
    "Upload",
    "attach",
    "detach",
    "discard",
    "download",
    "files_of",
    "may_open",
    "open_content",
    "place_of",
    "quarantine",
    "read_content",
    "release",
    "store_bytes",
    "strays",
    "unused",
    "use_by_code",
]
