"""The division that a form or a file names, by code or by name."""

from django.db.models import Q

from qilian.core.values.text import Refusal, Text
from qilian.core.who.regions.api import regions


def region_code(written: str) -> str:
    """The code of a division: digits stay as they are, those of a province or prefecture made six; names are looked up.

    Refusals: `registry.region.wrong` for a name that nobody has, `registry.region.several` for one that several have.
    """
    words = "".join(written.split())
    if not words or words.isdecimal():
        return words.ljust(6, "0") if len(words) in (2, 4) else words
    found = list(regions().filter(Q(name=words) | Q(short=words)).values_list("code", "name")[:5])
    if len(found) == 1:
        return str(found[0][0])
    remedy = Text("请填写六位行政区划代码，如 630102。", "Give the six digits of GB/T 2260, such as 630102.")
    if found:
        listed = "、".join(f"{code} {name}" for code, name in found)
        message = Text(f"叫“{words}”的不止一处：{listed}。", f"Several are called “{words}”: {listed}.")
        raise Refusal("registry.region.several", message, where="region", remedy=remedy)
    message = Text(f"没有行政区划“{words}”。", f"There is no division “{words}”.")
    raise Refusal("registry.region.wrong", message, where="region", remedy=remedy)
