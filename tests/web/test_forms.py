"""Forms: controls, values kept after an error, the error summary, and the same page for every shape."""

from datetime import date
from decimal import Decimal

from django.test import RequestFactory

from qilian.core.house.pages import Action, Field, Head, Page, RecordPage, Section, StepForm
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.web.components.drawing import draw
from qilian.web.components.fields import FieldView, form_view

LABEL = Text("标签", "Label")
CHOICES = (("a", Text("甲", "A")), ("b", Text("乙", "B")))


def _view(field: Field, *, dense: bool = False, refusals: tuple[Refusal, ...] = ()) -> FieldView:
    form = StepForm(Head(LABEL), (field,), LABEL, dense=dense, refusals=refusals)
    return form_view(form).fields[0]


def _html(form: StepForm) -> str:
    return draw(RequestFactory().get("/x/"), form).content.decode()


def test_each_kind_has_its_control() -> None:
    many = tuple((str(number), str(number)) for number in range(6))
    assert _view(Field("x", LABEL, "choice", choices=CHOICES)).control == "radios"
    assert _view(Field("x", LABEL, "choice", choices=CHOICES), dense=True).control == "select"
    assert _view(Field("x", LABEL, "choice", choices=many)).control == "select"
    assert _view(Field("x", LABEL, "choices", choices=CHOICES)).control == "checkboxes"
    assert _view(Field("x", LABEL, "boolean")).control == "checkbox"
    assert _view(Field("x", LABEL, "textarea")).control == "textarea"
    assert (_view(Field("x", LABEL, "money")).mode, str(_view(Field("x", LABEL, "money")).unit)) == ("decimal", "元")
    assert _view(Field("x", LABEL, "email")).type == "email"


def test_values_come_back_after_an_error_but_never_passwords_or_files() -> None:
    assert _view(Field("x", LABEL, "text", value='"引号"')).value == '"引号"'
    assert _view(Field("x", LABEL, "date", value=date(2015, 3, 1))).value == "2015-03-01"
    assert _view(Field("x", LABEL, "money", value=Money.yuan("1234.5"))).value == "1234.5"
    assert _view(Field("x", LABEL, "decimal", value=Decimal("0.10"))).value == "0.10"
    assert _view(Field("x", LABEL, value=None)).value == ""
    assert _view(Field("x", LABEL, "password", value="secret")).value == ""
    assert _view(Field("x", LABEL, "file", value="a.pdf")).value == ""
    assert [o.chosen for o in _view(Field("x", LABEL, "choices", value=["b"], choices=CHOICES)).options] == [
        False,
        True,
    ]
    assert [o.chosen for o in _view(Field("x", LABEL, "choice", value="a", choices=CHOICES)).options] == [True, False]


def test_refusals_stand_in_the_summary_and_beside_their_field() -> None:
    late = Refusal("x.late", Text("太晚", "Too late"), where="day", remedy=Text("改早一点", "Choose an earlier day"))
    whole = Refusal("x.whole", Text("全都不行", "Nothing fits"))
    fields = (
        Field("day", LABEL, "date", hint=Text("工作日", "A working day")),
        Field("kind", LABEL, "choice", choices=CHOICES, error=Text("请选", "Choose")),
    )
    view = form_view(StepForm(Head(LABEL), fields, LABEL, refusals=(late, whole)))
    assert [(str(p.message), p.anchor) for p in view.problems] == [
        ("太晚", "field-day"),
        ("全都不行", ""),
        ("请选", "field-kind-0"),
    ]
    assert view.fields[0].described_by == "field-day-hint field-day-error"
    html = _html(StepForm(Head(LABEL), fields, LABEL, refusals=(late, whole)))
    assert '<a href="#field-day">太晚</a> 改早一点' in html
    assert 'aria-describedby="field-day-hint field-day-error" aria-invalid="true" aria-required="true"' in html
    assert "<title>有误: 标签" in html


def test_a_form_with_a_file_is_sent_in_parts_and_has_one_primary_button() -> None:
    head = Head(LABEL, actions=(Action(Text("别的", "Other"), "/y/", primary=True),))
    html = _html(StepForm(head, (Field("f", LABEL, "file", accept=".pdf"),), LABEL, url="/send/"))
    assert 'enctype="multipart/form-data"' in html and 'action="/send/"' in html and 'accept=".pdf"' in html
    assert html.count("button primary") == 1 and "csrfmiddlewaretoken" in html


def test_actions_that_change_something_are_forms() -> None:
    actions = (
        Action(Text("办", "Do"), "/do/", "post", primary=True),
        Action(Text("也办", "Do too"), "/too/", primary=True),
        Action(Text("撤", "Undo"), "/undo/", "post", dangerous=True),
    )
    html = draw(RequestFactory().get("/x/"), RecordPage(Head(LABEL, actions=actions))).content.decode()
    assert html.count('<form method="post" action="/do/">') == 1
    assert html.count("button primary") == 1
    assert 'class="button dangerous"' in html


def test_a_page_draws_a_template_of_its_own_with_its_words_escaped() -> None:
    section = Section(LABEL, paragraphs=("<script>",), template="components/empty.html", context={"empty": None})
    html = draw(RequestFactory().get("/x/"), RecordPage(Head("<i>"), (section,))).content.decode()
    assert "&lt;script&gt;" in html and "<h1>&lt;i&gt;</h1>" in html
    page = Page(Head(LABEL, clause="2.7.2"), "components/timeline.html", {"entries": ()})
    html = draw(RequestFactory().get("/x/"), page).content.decode()
    assert '<a href="/plan/2.7.2">第 2.7.2 条 · 检验检测</a>' in html
