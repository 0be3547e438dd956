"""The boundaries that a deployment brings with it: one file, read again whenever another one lies there."""

from django.conf import settings

from qilian.core.house.pages import Kept

from .kernel import Boundaries, read_boundaries

_READ = Kept[Boundaries](2)


def boundaries() -> Boundaries | None:
    """The boundaries of `settings.BOUNDARIES`; None where no file lies. Refusals of `read_boundaries`."""
    path = settings.BOUNDARIES
    try:
        stands = path.stat()
    except OSError:
        return None
    return _READ.get((path, stands.st_mtime_ns, stands.st_size), lambda: read_boundaries(path.read_bytes()))
