"""Public interface of notices."""

from .kernel import Wishes
from .models import Notice
from .queries import count_unread, notices_of, undelivered, wishes_of
from .services import mark_read, notify, prefer, register_webhook, retry

__all__ = [
    "Notice",
    "Wishes",
    "count_unread",
    "mark_read",
    "notices_of",
    "notify",
    "prefer",
    "register_webhook",
    "retry",
    "undelivered",
    "wishes_of",
]
