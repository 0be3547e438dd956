"""The hash of this log: one setting, fixed by the first seal, never mixed."""

from functools import cache

from django.conf import settings

from qilian.core.values.merkle.api import ALGORITHMS, Algorithm, available
from qilian.core.values.text import Refusal, Text

from .models import SealBatch


@cache
def log_hash() -> Algorithm:
    """Return the hash with which this log digests and seals; the setting is compared with the log once a process.

    Refusals: `events.hash_unknown`, `events.hash_absent` when OpenSSL lacks SM3, `events.hash_mixed` when the log was
    begun with another one.
    """
    wanted = str(settings.LOG_HASH)
    chosen = next((name for name in ALGORITHMS if name == wanted), None)
    if chosen is None:
        raise Refusal("events.hash_unknown", _UNKNOWN.filled(name=wanted), where="QILIAN_LOG_HASH")
    if not available(chosen):
        raise Refusal("events.hash_absent", _ABSENT.filled(name=chosen), where="QILIAN_LOG_HASH", remedy=_INSTALL)
    begun = SealBatch.objects.order_by("id").values_list("algorithm", flat=True).first()
    if begun not in (None, chosen):
        raise Refusal("events.hash_mixed", _MIXED.filled(begun=begun, name=chosen), where="QILIAN_LOG_HASH")
    return chosen


_UNKNOWN = Text("没有名为“{name}”的摘要算法，可用 sha256 或 sm3。", "No hash is called “{name}”: use sha256 or sm3.")
_ABSENT = Text("这台机器的 OpenSSL 没有 {name}。", "The OpenSSL of this machine has no {name}.")
_INSTALL = Text(
    "请改用含 SM3 的 OpenSSL（1.1.1 或更新），或在首条事实之前选用 sha256。",
    "Use an OpenSSL with SM3 (1.1.1 or later), or choose sha256 before the first event.",
)
_MIXED = Text(
    "这份日志以 {begun} 开始，不能改用 {name}：一份日志只用一种摘要算法。",
    "This log was begun with {begun} and cannot change to {name}: a log has one hash.",
)
