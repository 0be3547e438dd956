"""Public interface of directories."""

from .models import DirectoryEntry
from .offering import Directory, Sample, directory
from .queries import (
    by_region,
    counts,
    directory_at,
    entries,
    entries_of_party,
    entry_by_code,
    in_force,
    overdue,
    public_entries,
)
from .services.entering import Subject, admit, amend_entry, list_entry, re_evaluate
from .services.status import exit_entry, publish, restore, suspend, withdraw

__all__ = [
    "Directory",
    "DirectoryEntry",
    "Sample",
    "Subject",
    "admit",
    "amend_entry",
    "by_region",
    "counts",
    "directory",
    "directory_at",
    "entries",
    "entries_of_party",
    "entry_by_code",
    "exit_entry",
    "in_force",
    "list_entry",
    "overdue",
    "public_entries",
    "publish",
    "re_evaluate",
    "restore",
    "suspend",
    "withdraw",
]
