"""Decisions through verbs, pages and the API: tried, edited, compared, published by two, refused in sentences."""

import html
import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.browsers import signed_in

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.offers.packs.api import packs
from qilian.core.rights.grants.api import grant
from qilian.core.rules.dmn.api import Declared, Table, findings
from qilian.core.values import clock
from qilian.core.values.text import Refusal, public_code
from qilian.core.who.people.api import Person, principal_of, register_person
from qilian.core.work.decisions.api import add_case, cases, decisions, define_decisions, remove_case, table_at
from qilian.core.work.parameters.api import Parameter, ParameterValue, approve, propose

pytestmark = pytest.mark.django_db
KEY = "environment.energy-review"


def person(login: str, *actions: str) -> Person:
    found = register_person(actor=SYSTEM, login=login, name=login)
    if actions:
        grant(actor=SYSTEM, person=found.pk, actions=actions)
    return found


@pytest.fixture
def editor() -> Person:
    return person("editor", "parameters.propose")


@pytest.fixture
def decision(editor: Person) -> Parameter:
    """The energy review with its three versions in force, published by two people."""
    define_decisions(actor=SYSTEM)
    found = decisions().get(key=KEY)
    other = principal_of(person("other", "parameters.approve"))
    for version in declared().versions:
        written = Table.from_yaml(version.table).to_csv()
        value = propose(
            actor=principal_of(editor),
            parameter=found,
            written=written,
            valid_from=version.valid_from,
            source=version.source,
        )
        approve(actor=other, value=value)
    return found


def declared() -> Declared:
    """What the pack brings."""
    return next(each for pack in packs() for each in pack.decisions if pack.key(each) == KEY)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return html.unescape(answer.content.decode())


def grid(client: Client, address: str) -> dict[str, str]:
    """The fields of the editing page as a browser would send them."""
    policy = {"c-0-3": "首个"}  # the one field that is no input: a choice
    drawn = page(client, address)
    return policy | dict(re.findall(r'<input type="(?:text|hidden)" name="(c-\d+-\d+)"[^>]* value="([^"]*)"', drawn))


def test_every_version_of_the_packs_answers_every_case() -> None:
    for pack in packs():
        for each in pack.decisions:
            for version in each.versions:
                assert findings(Table.from_yaml(version.table)) == (), (pack.key(each), version.valid_from)


@pytest.mark.parametrize(
    ("day", "used", "expected"),
    [
        # The decree of 2010, art. 5: from 3,000 tce, 5 million kWh, 1,000 t of oil or 1 million m³ of gas: 报告书.
        (date(2012, 5, 1), {"年综合能源消费量": 3000}, "报告书"),
        (date(2012, 5, 1), {"年综合能源消费量": 2999}, "报告表"),
        (date(2012, 5, 1), {"年综合能源消费量": 10, "年电力消费量": 500}, "报告书"),
        (date(2012, 5, 1), {"年综合能源消费量": 10, "年电力消费量": 499}, "报告表"),
        (date(2012, 5, 1), {"年综合能源消费量": 10, "年石油消费量": 500}, "报告表"),
        (date(2012, 5, 1), {"年综合能源消费量": 10, "年天然气消费量": 49}, "登记表"),
        # 2017: the province from 5,000 tce, none below 1,000 tce and 5 million kWh; 2023: the province from 10,000.
        (date(2018, 5, 1), {"年综合能源消费量": 5000, "年电力消费量": 0}, "省级审查"),
        (date(2018, 5, 1), {"年综合能源消费量": 999, "年电力消费量": 499}, "不单独审查"),
        (date(2023, 5, 31), {"年综合能源消费量": 9999, "年电力消费量": 0}, "省级审查"),
        (date(2023, 6, 1), {"年综合能源消费量": 9999, "年电力消费量": 0}, "按省定权限审查"),
        (date(2023, 6, 1), {"年综合能源消费量": 10000, "年电力消费量": 0}, "省级审查"),
        (date(2023, 6, 1), {"年综合能源消费量": 999, "年电力消费量": 500}, "按省定权限审查"),
    ],
)
def test_the_version_of_the_day_decides(decision: Parameter, day: date, used: dict[str, int], expected: str) -> None:
    assert table_at(decision.key, day).decide(used).result == expected


def test_before_the_first_version_nothing_is_decided(decision: Parameter) -> None:
    with pytest.raises(Refusal) as refused:
        table_at(decision.key, date(2010, 10, 31))
    assert refused.value.code == "parameters.no_value"


def test_cases_are_stored_and_taken_out(decision: Parameter, editor: Person) -> None:
    me, table = principal_of(editor), table_at(decision.key, date(2024, 1, 1))
    kept = add_case(
        actor=me, decision=decision, table=table, title=" 锂盐 厂 ", inputs={"年综合能源消费量": "12,000", "x": "1"}
    )
    assert (kept.title, kept.inputs) == ("锂盐 厂", {"年综合能源消费量": "12,000"})
    with pytest.raises(Refusal) as twice:
        add_case(actor=me, decision=decision, table=table, title="锂盐 厂", inputs={})
    with pytest.raises(Refusal) as unread:
        add_case(actor=me, decision=decision, table=table, title="另", inputs={"年综合能源消费量": "很多"})
    remove_case(actor=me, case=kept)
    with pytest.raises(Refusal) as gone:
        remove_case(actor=me, case=kept)
    assert [each.value.code for each in (twice, unread, gone)] == [
        "decisions.case.title",
        "rules.input",
        "decisions.case.removed",
    ]
    assert not cases(decision.key).exists()
    add_case(actor=me, decision=decision, table=table, title="锂盐 厂", inputs={})
    with pytest.raises(Refusal) as denied:
        add_case(
            actor=Principal("person", person=editor.pk + 99), decision=decision, table=table, title="他", inputs={}
        )
    assert denied.value.code == "grants.denied"


def test_everybody_reads_tries_and_compares(decision: Parameter) -> None:
    stranger = Client()
    assert "节能审查类别" in page(stranger, "/decisions/")
    shown = page(stranger, f"/decisions/{KEY}/")
    assert "≥ 10000" in shown and "国家发展改革委令第2号" in shown and "编辑新版" not in shown
    assert page(stranger, f"/decisions/{KEY}/trial")
    answer = stranger.post(f"/decisions/{KEY}/trial", {"in-年综合能源消费量": "12,000", "in-年电力消费量": "3"})
    wide = answer.content.decode().split('id="regions"', 1)[1].split("</svg>", 1)[0]
    words = ("省级审查", "不单独审查", "按省定权限审查", "10,000")
    assert [wide.count(f">{each}</text>") for each in words] == [2, 1, 3, 1]
    alone = stranger.post(f"/decisions/{KEY}/trial", {"in-年综合能源消费量": "12,000"})
    assert 'id="regions"' not in alone.content.decode()
    drawn = answer.content.decode()
    assert answer.status_code == 200 and "省级审查" in drawn and "规则 1 命中" in drawn
    assert "规则 2 未命中" in drawn
    left, right = (decision.values.get(valid_from=day).code for day in (date(2017, 1, 1), date(2023, 6, 1)))
    compared = page(stranger, f"/decisions/{KEY}/comparison?left={right}&right={left}")
    assert compared.index("44号") < compared.index("第2号"), "the earlier stands first, however it was asked"
    assert stranger.get(f"/decisions/{KEY}/table.doc").status_code == 404
    for form in ("csv", "yaml", "dmn"):
        assert "年综合能源消费量" in page(stranger, f"/decisions/{KEY}/table.{form}")
    assert "Decision tables" in page(Client(HTTP_ACCEPT_LANGUAGE="en"), "/decisions/")


def test_what_cannot_be_read_comes_back_with_its_sentence(decision: Parameter) -> None:
    answer = Client().post(f"/decisions/{KEY}/trial", {"in-年综合能源消费量": "约一万"})
    drawn = answer.content.decode()
    assert answer.status_code == 422 and "约一万" in drawn and "请填写数字" in drawn


def test_strangers_neither_edit_nor_keep_cases(decision: Parameter) -> None:
    reader = signed_in(person("reader"))
    for address in ("editing", "cases"):
        assert reader.get(f"/decisions/{KEY}/{address}").status_code == 403
        assert reader.post(f"/decisions/{KEY}/{address}", {}).status_code == 403
    assert reader.get("/decisions/no.such/").status_code == 404
    assert reader.get(f"/decisions/{KEY}/?version=none").status_code == 404


@pytest.mark.moment("2026-11-24T10:00")
def test_an_official_edits_checks_and_proposes(decision: Parameter, editor: Person) -> None:
    client, address = signed_in(editor), f"/decisions/{KEY}/editing"
    today = decision.values.get(valid_from=date(2023, 6, 1))
    fields = grid(client, f"{address}?version={today.code}")
    rule = next(name for name, value in fields.items() if value == "≥ 10000")
    line = int(rule.split("-")[1])
    longer = client.post(address, {**fields, "step": f"add-{line}"}).content.decode()
    assert longer.count('class="rule"') == 4
    assert client.post(address, {**fields, "step": f"up-{line}"}).status_code == 422
    holes = client.post(address, {**fields, f"c-{line + 2}-1": "< 9000", "step": "check"}).content.decode()
    assert "没有规则覆盖" in holes
    send = {**fields, rule: "≥ 20000", "step": "propose", "valid_from": "2027-01-01", "source": "省政府令（演示）"}
    assert client.post(address, {**send, "valid_from": "明年"}).status_code == 422
    assert client.post(address, {**send, "source": ""}).status_code == 422
    broken = client.post(address, {**send, rule: "≥ 两万吨 +"})
    assert broken.status_code == 422 and "两万吨 +" in broken.content.decode(), "what was typed comes back"
    assert not ParameterValue.objects.filter(state="proposed").exists(), "nothing is half-saved"
    assert client.post(address, send).status_code == 302
    proposed = ParameterValue.objects.get(state="proposed")
    assert proposed.valid_from == date(2027, 1, 1) and "≥ 20000" in str(proposed.value)
    assert "待批准" in page(client, f"/decisions/{KEY}/")
    assert page(client, f"/decisions/{KEY}/?version={proposed.code}").count("20000") >= 1


def test_a_decision_without_a_version_begins_with_the_table_of_its_pack(editor: Person) -> None:
    define_decisions(actor=SYSTEM)
    client = signed_in(editor)
    assert "还没有公布过版本" in page(client, f"/decisions/{KEY}/")
    assert "≥ 3000" in grid(client, f"/decisions/{KEY}/editing").values()
    assert client.get(f"/decisions/{KEY}/trial").status_code == 422


def test_cases_through_the_browser(decision: Parameter, editor: Person) -> None:
    client, address = signed_in(editor), f"/decisions/{KEY}/cases"
    assert page(client, address)
    sent = {"title": "数据中心", "in-年综合能源消费量": "7400", "in-年电力消费量": "6000", "expected": '"省级审查"'}
    assert client.post(address, {**sent, "title": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    shown = page(client, f"/decisions/{KEY}/")
    assert "数据中心" in shown and "不符" in shown, "it falls to another class since 2023, and the page says so"
    left, right = (decision.values.get(valid_from=day).code for day in (date(2017, 1, 1), date(2023, 6, 1)))
    assert "改变" in page(client, f"/decisions/{KEY}/comparison?left={left}&right={right}")
    removal = f"/decisions/cases/{cases(KEY).get().code}/removal"
    assert page(client, removal)
    assert client.post(removal).status_code == 302 and not cases(KEY).exists()


def test_who_publishes_a_version_sees_what_it_changes(decision: Parameter, editor: Person) -> None:
    held = table_at(KEY, clock.today())
    add_case(actor=principal_of(editor), decision=decision, table=held, title="边界",
             inputs={"年综合能源消费量": "9000", "年电力消费量": "100"})  # fmt: skip
    written = held.to_csv().replace("10000", "8000")
    assert written != held.to_csv()
    row = propose(
        actor=principal_of(editor), parameter=decision, written=written, valid_from=clock.today(), source="改"
    )
    chief = signed_in(person("chief", "parameters.approve"))
    version = f"/decisions/versions/{row.code}/"
    shown = page(chief, f"{version}approval/")
    assert "规则的变化" in shown and "边界" in shown and ">= 8000" in shown and ">= 10000" in shown
    assert page(chief, version) and "批准并公布" in page(chief, version)
    assert chief.post(f"{version}approval/").url == f"/decisions/{KEY}/"
    assert chief.get(f"/decisions/versions/{public_code()}/").status_code == 404


def test_programs_read_and_decide(decision: Parameter) -> None:
    client = Client()
    listed = client.get("/api/v1/decisions").json()
    assert [each["key"] for each in listed] == [KEY]
    one = client.get(f"/api/v1/decisions/{KEY}").json()
    assert [each["name"] for each in one["inputs"]] == ["年综合能源消费量", "年电力消费量"] and len(
        one["versions"]
    ) == 3
    asked = {"inputs": {"年综合能源消费量": "860", "年电力消费量": "480"}, "on": "2024-02-01"}
    answer = client.post(f"/api/v1/decisions/{KEY}/evaluation", json.dumps(asked), content_type="application/json")
    decided = answer.json()
    assert (decided["result"], decided["rules"], decided["problems"]) == ('"不单独审查"', [2], [])
    assert len(decided["reasons_zh"]) == len(decided["reasons_en"]) > 3
    bad = {"inputs": {"年综合能源消费量": "不少"}}
    refused = client.post(f"/api/v1/decisions/{KEY}/evaluation", json.dumps(bad), content_type="application/json")
    assert refused.status_code == 422 and client.get("/api/v1/decisions/none").status_code in (404, 422)


@pytest.mark.parametrize(
    "typed",
    [
        "for i in 1..1000000000 return i",
        "count([1, 2])",
        "1 + 1",
        "1e9999999",
        "9" * 60_000,
        "[" * 5_000,
        "{l: (for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1], r: l = [l[1], l[2]]}.r",
    ],
    ids=lambda typed: typed[:20],
)
def test_a_visitor_types_literals_and_nothing_that_runs(decision: Parameter, typed: str) -> None:
    visitor = Client()
    answer = visitor.post(f"/decisions/{KEY}/trial", {"in-年综合能源消费量": typed})
    assert answer.status_code == 422 and "读不出来" in html.unescape(answer.content.decode())
    asked = json.dumps({"inputs": {"年综合能源消费量": typed}})
    address = f"/api/v1/decisions/{KEY}/evaluation"
    assert visitor.post(address, asked, content_type="application/json").status_code == 422


DMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn"
  id="d" name="m" namespace="http://camunda.org/schema/1.0/dmn" exporter="Camunda Modeler">
{decisions}</definitions>"""
DECISION = """<decision id="{name}" name="{name}"><decisionTable id="t" hitPolicy="{hit}">
<input id="i" label="职工人数" camunda:inputVariable="staff"><inputExpression typeRef="integer"><text>staff</text>
</inputExpression></input><output id="o" name="size" typeRef="string"/>
<rule id="r1"><inputEntry><text>&lt; 20</text></inputEntry><outputEntry><text>"小"</text></outputEntry></rule>
<rule id="r2"><inputEntry><text>&gt;= 20</text></inputEntry><outputEntry><text>"大"</text></outputEntry></rule>
</decisionTable></decision>"""


def upload(client: Client, address: str, titled: str, content: str, status: int = 200, **fields: str) -> str:
    file = SimpleUploadedFile(titled, content.encode())
    answer = client.post(address, {"file": file, **fields})
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def test_a_table_of_another_maker_is_brought_as_a_file_and_proposed(decision: Parameter, editor: Person) -> None:
    client, address = signed_in(editor), f"/decisions/{KEY}/file"
    assert 'type="file"' in page(client, address)
    one = DECISION.format(name="规模", hit="UNIQUE")
    drawn = upload(client, address, "size.dmn", DMN.format(decisions=one))
    assert 'value="职工人数"' in drawn and 'value="staff"' in drawn and f'action="/decisions/{KEY}/editing"' in drawn
    sent = {"c-0-3": "唯一"} | dict(
        re.findall(r'<input type="(?:text|hidden)" name="(c-\d+-\d+)"[^>]* value="([^"]*)"', drawn)
    )
    answer = client.post(
        f"/decisions/{KEY}/editing", sent | {"step": "propose", "source": "某文件", "valid_from": "2031-01-01"}
    )
    assert answer.status_code == 302
    proposed = ParameterValue.objects.get(parameter=decision, state="proposed")
    assert Table.from_csv(proposed.value).decide({"staff": 20}).result == "大"


def test_what_cannot_be_brought_is_refused_in_a_sentence(decision: Parameter, editor: Person) -> None:
    client, address = signed_in(editor), f"/decisions/{KEY}/file"
    assert "请选择一个 DMN" in html.unescape(client.post(address, {}).content.decode())
    assert "请选择一个 DMN" in upload(client, address, "x.docx", "x", 422)
    assert "DOCTYPE" in upload(client, address, "x.dmn", "<!DOCTYPE a><a/>", 422)
    several = DMN.format(decisions=DECISION.format(name="甲", hit="UNIQUE") + DECISION.format(name="乙", hit="unique"))
    assert "甲、乙" in upload(client, address, "x.dmn", several, 422)
    assert "unique" in upload(client, address, "x.dmn", several, 422, name="乙")
    assert "staff" in upload(client, address, "x.dmn", several, name="甲")
    rules = "".join(f"{number},1,1\n" for number in range(1, 400))
    many = f"决策表,大,命中策略,首个\n列,输入,输出\n名称,x,r\n表达式,x,r\n类型,number,number\n{rules}"
    assert "380" in upload(client, address, "x.csv", many, 422)
    assert signed_in(person("stranger")).get(address).status_code == 403
