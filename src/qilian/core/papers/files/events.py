"""What happens to files, as facts; names of files are not among them."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("core.file.attached", title=Text("添加了文件", "File attached"), measures=("size",))
@dataclass(frozen=True)
class FileAttached:
    """A record uses a content from now on; `size` in bytes."""

    use: str
    sha256: str
    size: int
    media_type: str


@event_type("core.file.detached", title=Text("移除了文件", "File detached"))
@dataclass(frozen=True)
class FileDetached:
    """A record does not use a content any more."""

    use: str
    sha256: str


@event_type("core.file.quarantined", title=Text("隔离了文件", "File quarantined"))
@dataclass(frozen=True)
class FileQuarantined:
    """Nobody opens a content any more until it is released."""

    sha256: str
    reason: str


@event_type("core.file.released", title=Text("解除了文件隔离", "File released"))
@dataclass(frozen=True)
class FileReleased:
    """A content may be opened again."""

    sha256: str


@event_type("core.file.discarded", title=Text("清除了文件", "File discarded"))
@dataclass(frozen=True)
class FileDiscarded:
    """A content that no record used was deleted; `size` in bytes."""

    sha256: str
    size: int
