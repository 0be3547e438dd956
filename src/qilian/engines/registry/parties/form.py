"""The form of a party: the same fields on screen, in a file that is imported, and in the interface."""

from collections.abc import Mapping
from datetime import date

from qilian.core.house.forms.api import FieldSpec, Form, Value, plain
from qilian.core.values.text import Text

from .books import service_names, service_title
from .kernel.facts import Facts
from .kernel.kinds import FUNCTIONS, HOLDINGS, KINDS, OWNERSHIPS
from .places import region_code

_KINDS = tuple((kind, title) for kind, title in KINDS.items() if kind != "citizen")
_BY_CODE = Text("不填即按代码前两位。", "Empty: as the first two characters of the code say.")

FORM = Form(
    "parties",
    Text("主体", "Party"),
    (
        FieldSpec("name", Text("名称", "Name"), length=120, hint=Text("证照上的全称。", "In full, as certified.")),
        FieldSpec(
            "uscc",
            Text("统一社会信用代码", "Unified social credit code"),
            required=False,
            length=40,
            hint=Text("18 位，中间的空格会去掉。", "18 characters; blanks between them are dropped."),
        ),
        FieldSpec("kind", Text("类别", "Kind"), "choice", required=False, choices=_KINDS, hint=_BY_CODE),
        FieldSpec(
            "old_code",
            Text("旧代码", "Old code"),
            required=False,
            length=40,
            hint=Text(
                "15 位注册号或 9 位组织机构代码；境外机构填注册号。",
                "15 digits or 9 characters of before 2015; for bodies from abroad their number.",
            ),
        ),
        FieldSpec("short", Text("简称", "Short name"), required=False, length=120),
        FieldSpec("address", Text("住所", "Address"), required=False, length=200),
        FieldSpec(
            "region",
            Text("行政区划", "Division"),
            required=False,
            length=40,
            hint=Text("代码或名称，如 630102 或 城东区。", "Code or name, such as 630102 or 城东区."),
            finds=region_code,
            picks="division",
        ),
        FieldSpec(
            "industry",
            Text("行业代码", "Industry"),
            required=False,
            length=4,
            hint=Text("GB/T 4754-2017，如 7452。", "GB/T 4754-2017, such as 7452."),
        ),
        FieldSpec(
            "service",
            Text("生产性服务业类别", "Class of producer services"),
            "choice",
            required=False,
            choices=tuple((code, service_title(code)) for code in service_names()),
        ),
        FieldSpec(
            "ownership",
            Text("营利性质", "For profit or not"),
            "choice",
            required=False,
            choices=tuple(OWNERSHIPS.items()),
        ),
        FieldSpec("holding", Text("控股情况", "Held by"), "choice", required=False, choices=tuple(HOLDINGS.items())),
        FieldSpec("functions", Text("职能", "Functions"), "choices", required=False, choices=tuple(FUNCTIONS.items())),
        FieldSpec("website", Text("网址", "Website"), required=False, length=200),
        FieldSpec("established", Text("成立日期", "Established"), "date", required=False),
    ),
)


def facts_from(values: Mapping[str, Value]) -> Facts:
    """The facts that typed values of the form hold."""
    functions, established = values.get("functions"), values.get("established")
    text = {spec.name: plain(values.get(spec.name)) for spec in FORM.fields if spec.kind in ("text", "choice")}
    return Facts(
        **text,
        functions=functions if isinstance(functions, tuple) else (),
        established=established if isinstance(established, date) else None,
    )


def values_of(facts: Facts) -> dict[str, Value]:
    """Facts as the form shows them."""
    return {spec.name: getattr(facts, spec.name) for spec in FORM.fields}
