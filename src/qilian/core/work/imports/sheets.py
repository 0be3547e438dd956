"""The sheets that core itself takes: rulings on working days, and people with their posts."""

from collections.abc import Mapping
from datetime import date

from qilian.core.house.forms.api import FieldSpec, Form, Value
from qilian.core.papers.sheets.api import Sheet
from qilian.core.rights.grants.api import Principal
from qilian.core.time.calendar.api import set_day
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person, appoint, register_person
from qilian.core.who.units.api import Unit, units, units_called

_WORK = (("work", Text("上班", "work")), ("rest", Text("放假", "rest")))

WORKING_DAYS = Sheet(
    slug="working-days",
    title=Text("工作日安排", "Working days"),
    action="calendar.edit",
    key=("day",),
    about=Text(
        "逐日写明上班或放假；已有安排的日子改为文件里的。",
        "One day a row: work or rest. A day that was ruled on before takes what the file says.",
    ),
    form=Form(
        "working-days",
        Text("工作日安排", "Working days"),
        (
            FieldSpec("day", Text("日期", "Day"), "date", low="1949-10-01", high="2199-12-31"),
            FieldSpec("workday", Text("上班还是放假", "Work or rest"), "choice", choices=_WORK),
            FieldSpec(
                "name", Text("名称", "Name"), required=False, length=60, hint=Text("例如：国庆节。", "Such as 国庆节.")
            ),
            FieldSpec("name_en", Text("英文名称", "English name"), required=False, length=80),
            FieldSpec(
                "source", Text("依据", "Source"), length=200, hint=Text("通知的文号。", "The number of the notice.")
            ),
        ),
    ),
)

PEOPLE = Sheet(
    slug="people",
    title=Text("人员和岗位", "People and posts"),
    action="people.register",
    key=("login", "unit", "section", "role"),
    about=Text(
        "一行一个岗位：没有的人先登记再任职，登录名和姓名都相同的人只加岗位。不设密码，由本人首次登录前另设。",
        "One post a row: new people are registered and appointed; for a person whose login and name are known only the "
        "post is added. No password is set: each person is given one before he first signs in.",
    ),
    form=Form(
        "people",
        Text("人员和岗位", "People and posts"),
        (
            FieldSpec("name", Text("姓名", "Name"), length=80),
            FieldSpec("login", Text("登录名", "Login"), length=64),
            FieldSpec("unit", Text("单位", "Unit"), length=120, hint=Text("全称或简称。", "Its full or short name.")),
            FieldSpec("section", Text("处室", "Section"), required=False, length=80),
            FieldSpec("role", Text("职务", "Role"), length=40),
            FieldSpec(
                "valid_from",
                Text("任职日期", "First day"),
                "date",
                required=False,
                hint=Text("不填即今天。", "Empty is today."),
            ),
            FieldSpec("phone", Text("电话", "Phone"), required=False, length=32),
            FieldSpec("email", Text("电子邮箱", "E-mail"), "email", required=False, length=254),
        ),
    ),
)


def rule_on_day(*, actor: Principal, values: Mapping[str, Value]) -> None:
    """Rule on the day of a row for the whole country; refuses as `calendar.set_day` does."""
    day = values["day"]
    assert isinstance(day, date)
    set_day(
        actor=actor,
        day=day,
        is_workday=values["workday"] == "work",
        reason=_text(values, "source"),
        name=_text(values, "name"),
        name_en=_text(values, "name_en"),
    )


def register_and_appoint(*, actor: Principal, values: Mapping[str, Value]) -> None:
    """Register the person of a row unless he is known, and give him the post; refuses as the verbs of people do."""
    unit = _unit(_text(values, "unit"))
    login, name = _text(values, "login"), " ".join(_text(values, "name").split())
    person = Person.objects.filter(login__iexact=login, name=name).first()
    if person is None:
        phone, email = _text(values, "phone"), _text(values, "email")
        person = register_person(actor=actor, login=login, name=name, phone=phone, email=email)
    first = values.get("valid_from")
    appoint(
        actor=actor,
        person=person,
        unit=unit,
        role=_text(values, "role"),
        section=_text(values, "section"),
        valid_from=first if isinstance(first, date) else clock.today(),
    )


def _unit(written: str) -> Unit:
    found = list(units_called(written, on=clock.today())[:2]) or list(units().filter(slug=written))
    if len(found) == 1:
        return found[0]
    if found:
        message = Text(f"叫“{written}”的单位不止一个。", f"More than one unit is called “{written}”.")
    else:
        message = Text(f"没有叫“{written}”的单位。", f"No unit is called “{written}”.")
    remedy = Text("请写单位的全称。", "Write the unit's full name.")
    raise Refusal("imports.unit", message, where="unit", remedy=remedy)


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
