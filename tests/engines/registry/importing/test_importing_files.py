"""Files of parties through the room of imports: every kind of bad input has its sentence, nothing is half-saved."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from django.db import transaction
from openpyxl import Workbook

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import events_of, written
from qilian.core.log.outbox.api import run_due
from qilian.core.papers.sheets.api import read_csv
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal
from qilian.core.work.imports.api import ImportRun, ask_to_apply, problems_of, ref, upload
from qilian.engines.registry.duplicates.api import duplicates, merge
from qilian.engines.registry.importing import services
from qilian.engines.registry.importing.services import apply
from qilian.engines.registry.parties.api import (
    Party,
    close,
    parties,
    party_by_uscc,
    party_ref,
    register_party,
    search_parties,
)
from qilian.engines.registry.parties.kernel.facts import Facts

pytestmark = pytest.mark.django_db
Firm = Callable[..., Party]
Code = Callable[..., str]
HEADER = "名称,统一社会信用代码,旧代码,行政区划,行业代码,职能,成立日期,住所,类别"


def brought(rows: list[str], *, encoding: str = "utf-8", name: str = "主体.csv", header: str = HEADER) -> ImportRun:
    content = "\n".join([header, *rows, ""]).encode(encoding)
    run = upload(actor=SYSTEM, sheet="parties", name=name, content=content)
    run_due()
    run.refresh_from_db()
    return run


def told(run: ImportRun) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.letter, problem.message.zh) for problem in problems_of(run)]


def applied(run: ImportRun) -> ImportRun:
    ask_to_apply(actor=SYSTEM, run=run)
    run_due()
    run.refresh_from_db()
    return run


def test_a_file_is_checked_without_a_trace_then_applied_as_a_whole(uscc: Code) -> None:
    rows = [
        f"青海昆仑检测有限公司,{uscc(1)},,630102,7452,检验检测机构、认证机构,2020-05-01,昆仑东路1号",
        f"互助县绿源种植专业合作社,{uscc(2, '93', '630223')},,互助土族自治县,0111,,2019年3月2日,",
        "青海旧号商贸有限公司,,110108000000016,,,,,,企业",
        "",
    ]
    run = brought(rows)
    assert (run.state, run.rows, run.problem_count) == ("checked", 3, 0) and not Party.objects.exists()
    assert applied(run).state == "applied"
    first, second, third = parties().order_by("id")
    assert (first.kind, first.functions, first.section, first.established) == (
        "enterprise",
        ["lab", "certifier"],
        "M",
        date(2020, 5, 1),
    )
    assert (first.status, first.status_on, first.name_since) == ("active", date(2020, 5, 1), date(2020, 5, 1))
    assert (second.kind, second.region, second.established) == ("cooperative", "630223", date(2019, 3, 2))
    assert (third.uscc, third.kind, third.status_on) == ("", "enterprise", clock.today())
    assert [party.pinyin[:7] for party in (first, second)] == ["qinghai", "huzhuxi"], "the worker wrote the pinyin"
    assert list(search_parties("绿源")) == [second] and len({first.code, second.code, third.code}) == 3
    assert len(first.code) == 26
    event = events_of(ref(run)).get(type="registry.parties.imported")
    assert (event.data["added"], event.data["changed"], len(event.data["digest"])) == (3, 0, 64)


def test_each_bad_input_has_its_sentence_at_its_place(firm: Firm, uscc: Code) -> None:
    closed, merged, known = (
        firm(91, "青海甲歇业有限公司"),
        firm(92, "青海乙并入有限公司"),
        firm(93, "青海丙在册有限公司"),
    )
    close(actor=SYSTEM, party=closed, reason="解散", on=clock.today())
    merge(actor=SYSTEM, survivor=known, other=merged, reason="重复")
    sound = uscc(1)
    wrong = sound[:17] + ("2" if sound[17] != "2" else "3")
    run = brought(
        [
            f"青海一号检测有限公司,{wrong},,630102,,,,",
            f"青海 二号检测有限公司,{uscc(2)},,630102,,,,",
            f"青海三号检测有限公司,{uscc(3)},,630199,,,,",
            f"青海四号检测有限公司,{uscc(4)},,,9999,动物园,2020-13-01,",
            f"青海五号检测有限公司,{uscc(5)},,,,,,",
            f"青海六号检测有限公司,{uscc(5)},,,,,,",
            f"青海甲歇业有限公司,{closed.uscc},,,,,,",
            f"青海乙并入有限公司,{merged.uscc},,,,,,",
            f"青海丁改名有限公司,{known.uscc},,,,,,",
            "青海八号检测有限公司,110108000000016,,,,,,",
        ]
    )
    assert run.state == "refused" and run.rows == 10
    assert told(run) == [
        (2, "B", f"校验码不对：第 18 位是“{wrong[17]}”，按前 17 位应为“{sound[17]}”。"),
        (3, "A", "名称中间有空格：“青海 二号检测有限公司”。"),
        (4, "D", "没有行政区划“630199”。"),
        (5, "E", "分类里没有“9999”。"),
        (5, "F", "没有“动物园”这个选项。"),
        (5, "G", "成立日期“2020-13-01”不是日期。"),
        (7, "", f"与第 6 行重复：代码都是“{uscc(5)}”。"),
        (8, "", f"“青海甲歇业有限公司”已于 {clock.today()} 注销。"),
        (9, "", "“青海乙并入有限公司”已并入“青海丙在册有限公司”。"),
        (10, "", "该代码已登记为“青海丙在册有限公司”，文件里是“青海丁改名有限公司”。"),
        (11, "B", "“110108000000016”是 15 位工商注册号（旧）。"),
    ]
    assert all(problem.message.en for problem in problems_of(run)) and Party.objects.count() == 3


def test_a_gb18030_file_is_read_as_it_is(uscc: Code) -> None:
    run = brought([f"青海㔾䶮检测有限公司,{uscc(1)},,630102,7452,,,"], encoding="gb18030")
    assert applied(run).state == "applied" and party_by_uscc(uscc(1)).name == "青海㔾䶮检测有限公司"


def test_a_workbook_is_read_by_the_worker(uscc: Code) -> None:
    book = Workbook()
    book.active.append(HEADER.split(","))
    book.active.append(["青海昆仑检测有限公司", uscc(1), None, 630102, 7452, "", date(2020, 5, 1), ""])
    out = BytesIO()
    book.save(out)
    run = upload(actor=SYSTEM, sheet="parties", name="主体.xlsx", content=out.getvalue())
    run_due()
    run.refresh_from_db()
    assert run.state == "checked" and applied(run).state == "applied"
    party = party_by_uscc(uscc(1))
    assert (party.region, party.industry, party.established) == ("630102", "7452", date(2020, 5, 1))


def test_known_parties_take_over_what_the_file_says_and_nothing_else(firm: Firm) -> None:
    party = firm(1, "青海昆仑检测有限公司", address="昆仑东路1号", industry="7452")
    same = f"青海昆仑检测有限公司,{party.uscc},,630102,7452,,,"
    before = written().count()
    assert applied(brought([same])).state == "applied"
    party.refresh_from_db()
    assert (
        party.address == "昆仑东路1号"
        and not events_of(party_ref(party)).filter(type="registry.party.amended").exists()
    )
    applied(brought([f"青海昆仑检测有限公司,{party.uscc},,630103,7451,检验检测机构,2019-01-01,"]))
    party.refresh_from_db()
    assert (party.region, party.industry, party.functions, party.established) == (
        "630103",
        "7451",
        ["lab"],
        date(2019, 1, 1),
    )
    amended = events_of(party_ref(party)).get(type="registry.party.amended")
    assert "region: 630102 → 630103" in amended.data["changes"] and written().count() > before


def test_duplicates_in_an_import_are_suggested(firm: Firm, uscc: Code) -> None:
    old = Facts("enterprise", "青海昆仑检测有限公司", old_code="MA0000001", region="630102")
    with pytest.raises(Refusal):
        register_party(actor=SYSTEM, facts=old)  # the check digit of that organisation code is another
    kept = register_party(actor=SYSTEM, facts=Facts("enterprise", "青海昆仑检测有限公司", old_code="110108000000016"))
    applied(brought([f"青海昆仑检测有限公司,{uscc(1)},,,,,,"]))
    pair = duplicates().get()
    assert pair.first == kept and pair.reasons == [["name", 60]]


def test_nothing_is_saved_when_the_register_changed_since_the_check(firm: Firm, uscc: Code) -> None:
    run = brought([f"青海一号检测有限公司,{uscc(1)},,,,,,", f"青海二号检测有限公司,{uscc(2)},,,,,,"])
    other = firm(2, "青海抢先检测有限公司")
    run = applied(run)
    assert run.state == "refused" and list(parties()) == [other]
    assert told(run) == [(3, "", "该代码已登记为“青海抢先检测有限公司”，文件里是“青海二号检测有限公司”。")]


NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
COLUMNS = tuple(
    field.attname for field in Party._meta.concrete_fields if field.attname not in ("id", "code", "origin", "pinyin")
)
ODD = (
    r"昆仑\路\n1号",
    'a"b"，{c}',
    r"\N",
    r"\.",
    "制表\t符",
    "Null, {NULL}",
    "  两端 空白  ",
    "𠮷野家㔾䶮（ＡＢ）",
)


@pytest.mark.parametrize("odd", ODD)
def test_a_row_of_a_file_leaves_what_the_verb_leaves(odd: str, uscc: Code) -> None:
    facts = Facts("", "青海昆仑（测）有限公司", uscc(1), short="昆仑·“测”", address=odd, functions=("lab", "certifier"))
    with clock.allow_standing(), clock.standing_at(NOON), transaction.atomic():
        register_party(actor=SYSTEM, facts=replace(facts, established=date(2020, 5, 1)))
        by_verb = Party.objects.values(*COLUMNS).get(uscc=uscc(1))
        transaction.set_rollback(True)
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["名称", "统一社会信用代码", "简称", "住所", "职能", "成立日期"])
    table.writerow([facts.name, facts.uscc, facts.short, odd, "检验检测机构；认证机构", "2020-5-1"])
    with clock.allow_standing(), clock.standing_at(NOON):
        apply(actor=SYSTEM, lines=read_csv(out.getvalue().encode()), subject=Ref("core.import", "x"))
    assert Party.objects.values(*COLUMNS).get(uscc=uscc(1)) == by_verb


@pytest.mark.parametrize("size", [1, 2, 10])
def test_a_code_twice_saves_nothing_whatever_the_pieces(size: int, uscc: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_AT_ONCE", size)
    old = "110108000000016"
    for code, label in ((f"{uscc(5)},", uscc(5)), (f",{old}", old)):
        rows = [
            f"青海{name}号检测有限公司,{each},,,,,,企业"
            for name, each in (("一", code), ("二", f"{uscc(6)},"), ("三", code))
        ]
        lines = read_csv("\n".join([HEADER, *rows]).encode())
        with pytest.raises(Refusal) as caught, transaction.atomic():
            apply(actor=SYSTEM, lines=lines, subject=Ref("core.import", "x"))
        assert caught.value.code == "registry.import.wrong" and caught.value.where == "row 4"
        assert caught.value.message.zh == f"与第 2 行重复：代码都是“{label}”。" and not Party.objects.exists()


def test_new_and_known_parties_in_one_file_by_either_code(
    firm: Firm, uscc: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_AT_ONCE", 2)
    known = firm(1, "青海甲检测有限公司")
    old = register_party(actor=SYSTEM, facts=Facts("enterprise", "青海乙检测有限公司", old_code="110108000000016"))
    rows = [
        f"青海丙检测有限公司,{uscc(3)},,,,,,丙路1号,",
        f"青海甲检测有限公司,{known.uscc},,,,,,甲路1号,",
        "青海乙检测有限公司,,110108000000016,,,,,乙路1号,企业",
    ]
    assert (
        apply(actor=SYSTEM, lines=read_csv("\n".join([HEADER, *rows]).encode()), subject=Ref("core.import", "x")) == 3
    )
    known.refresh_from_db()
    old.refresh_from_db()
    assert (known.address, old.address) == ("甲路1号", "乙路1号") and Party.objects.count() == 3
    event = events_of(Ref("core.import", "x")).get(type="registry.parties.imported")
    assert (event.data["added"], event.data["changed"]) == (1, 2)


def test_an_empty_file_and_one_without_the_columns_are_refused() -> None:
    assert told(brought([])) == [(2, "", "文件里没有数据。")]
    run = brought(["甲,乙"], header="什么,哪里")
    assert run.state == "refused" and "没有找到表头。" in told(run)[0][2]
    assert told(brought([","], header=HEADER)) == [(2, "", "文件里没有数据。")]


def test_who_has_no_right_imports_nothing(somebody: Callable[..., Principal], uscc: Code) -> None:
    lines = read_csv(f"{HEADER}\n青海一号检测有限公司,{uscc(1)},,,,,,\n".encode())
    with pytest.raises(Refusal) as caught, transaction.atomic():
        apply(actor=somebody("ada"), lines=lines, subject=Ref("core.import", "x"))
    assert caught.value.code == "grants.denied" and not Party.objects.exists()
