"""Files as makers write them, and models that nobody wrote."""

from hypothesis import strategies as st

from qilian.engines.casework.bpmn.kernel.kinds import FLOWS, NODES, TRIGGERS
from qilian.engines.casework.bpmn.kernel.model import (
    Collaboration,
    Corner,
    Definitions,
    Diagram,
    Drawn,
    Edge,
    Element,
    Flow,
    Kept,
    Lane,
    Markup,
    Measure,
    Node,
    Participant,
    Plane,
    Process,
    Shape,
    Trigger,
)

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPACES = (
    f'xmlns="{MODEL}" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:omgdc="http://www.omg.org/spec/DD/20100524/DC" xmlns:omgdi="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:m="urn:maker" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def file(body: str, drawn: str = "", more: str = "") -> bytes:
    """A file with a process `p` of this body, and a diagram of these shapes."""
    plane = f'<bpmndi:BPMNPlane bpmnElement="p">{drawn}</bpmndi:BPMNPlane>'
    diagram = f'<bpmndi:BPMNDiagram id="D">{plane}</bpmndi:BPMNDiagram>' if drawn else ""
    return f'<definitions {SPACES} id="file" {more}><process id="p">{body}</process>{diagram}</definitions>'.encode()


def box(
    of: str, x: float = 0, y: float = 0, width: float = 100, height: float = 80, more: str = "", inner: str = ""
) -> str:
    """A shape of an element."""
    bounds = f'<omgdc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<bpmndi:BPMNShape id="{of}_di" bpmnElement="{of}" {more}>{bounds}{inner}</bpmndi:BPMNShape>'


def line(of: str, *corners: tuple[float, float], more: str = "", inner: str = "") -> str:
    """An edge of a flow."""
    points = "".join(f'<omgdi:waypoint x="{x}" y="{y}"/>' for x, y in corners)
    return f'<bpmndi:BPMNEdge id="{of}_di" bpmnElement="{of}" {more}>{points}{inner}</bpmndi:BPMNEdge>'


def label(x: float, y: float, width: float = 60, height: float = 14) -> str:
    """Where a name stands."""
    bounds = f'<omgdc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f"<bpmndi:BPMNLabel>{bounds}</bpmndi:BPMNLabel>"


STRANGE = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<?maker keep me?>
<b:definitions xmlns:b="{MODEL}" xmlns:x="urn:other" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d"
    targetNamespace="urn:t" xmlns:t="urn:t" exporter="手画 &amp; co" x:stamp="7">
  <b:itemDefinition id="i" structureRef="xsi:string"/>
  <b:message id="m1" name="来文" itemRef="t:i"/>
  <b:signal id="sig"/><b:error id="err" errorCode="E1"/><b:escalation id="esc"/>
  <b:timerEventDefinition id="shared">
    <b:timeDuration xsi:type="b:tFormalExpression">PT1H</b:timeDuration></b:timerEventDefinition>
  <b:correlationProperty id="cp" type="t:i"><b:correlationPropertyRetrievalExpression messageRef="m1">
    <b:messagePath language="x">a/b</b:messagePath></b:correlationPropertyRetrievalExpression></b:correlationProperty>
  <b:process id="p" isExecutable="true">
    <b:documentation textFormat="text/html">一 <p
      xmlns="http://www.w3.org/1999/xhtml">二 <b>三</b> 四</p> 五</b:documentation>
    <b:extensionElements>
      <x:form key="a&#10;b"><x:field> 保留  空格 </x:field><!-- inside --><b:task id="not-a-task"/></x:form>
      <o xmlns="urn:third"><i>1</i></o>
    </b:extensionElements>
    <!-- the lanes -->
    <b:laneSet id="ls"><b:lane id="l1" name="窗口"><b:flowNodeRef>s</b:flowNodeRef><b:flowNodeRef> u </b:flowNodeRef>
      <b:childLaneSet><b:lane id="l2"/></b:childLaneSet></b:lane></b:laneSet>
    <b:startEvent id="s" name="收到&#10;来文" isInterrupting="false"><b:outgoing>f</b:outgoing>
      <b:eventDefinitionRef>t:shared</b:eventDefinitionRef><b:messageEventDefinition messageRef="t:m1"/></b:startEvent>
    <b:userTask id="u" name="&lt;受理&gt; &quot;一&quot;" x:who='他"' default="f2">
      <b:ioSpecification><b:dataInput id="di"/>
        <b:inputSet><b:dataInputRefs>di</b:dataInputRefs></b:inputSet></b:ioSpecification>
      <b:dataInputAssociation id="da"><b:sourceRef>dr</b:sourceRef>
        <b:targetRef>di</b:targetRef></b:dataInputAssociation>
      <b:multiInstanceLoopCharacteristics isSequential="true">
        <b:loopCardinality>3</b:loopCardinality></b:multiInstanceLoopCharacteristics>
    </b:userTask>
    <b:boundaryEvent id="be" attachedToRef="u" cancelActivity="false">
      <b:timerEventDefinition><b:timeDate>2026-01-01</b:timeDate></b:timerEventDefinition></b:boundaryEvent>
    <b:subProcess id="sp" triggeredByEvent="true"><b:task id="inner"/><b:endEvent id="ie"/>
      <b:sequenceFlow id="if" sourceRef="inner" targetRef="ie"/></b:subProcess>
    <b:callActivity id="ca" calledElement="t:other"/>
    <b:dataObject id="do"/><b:dataObjectReference id="dr" dataObjectRef="do" name="卷"/>
    <b:sequenceFlow id="f" sourceRef="s" targetRef="u">
      <b:conditionExpression xsi:type="b:tFormalExpression"
        language="urn:feel"><![CDATA[a < 3 & b]]></b:conditionExpression></b:sequenceFlow>
    <b:sequenceFlow id="f2" sourceRef="u" targetRef="sp"/>
    <b:textAnnotation id="ta"><b:text>注意
两行</b:text></b:textAnnotation><b:association id="as" sourceRef="u" targetRef="ta"/>
    <b:futureElement id="new" colour="red"/>
  </b:process>
  <b:collaboration id="c">
    <b:participant id="pool" name="厅" processRef="p"><b:participantMultiplicity maximum="2"/></b:participant>
    <b:participant id="black" name="市民"/><b:messageFlow id="mf" sourceRef="black" targetRef="u"/></b:collaboration>
  <q:BPMNDiagram xmlns:q="http://www.omg.org/spec/BPMN/20100524/DI" id="d1" name="总图">
  <q:BPMNPlane id="pl" bpmnElement="c">
    <q:BPMNShape id="s1" bpmnElement="pool" isHorizontal="false">
      <c:Bounds xmlns:c="http://www.omg.org/spec/DD/20100524/DC" height="300.0" width="94.93333333333335" x="-5"
        y=".5e1"/></q:BPMNShape>
    <q:BPMNShape id="s2" bpmnElement="u" isExpanded="false" isMarkerVisible="true" x:fill="#fff">
      <c:Bounds xmlns:c="http://www.omg.org/spec/DD/20100524/DC" height="80" width="100"/>
      <q:BPMNLabel><c:Bounds xmlns:c="http://www.omg.org/spec/DD/20100524/DC" x="1" y="2" width="3" height="4"/>
      </q:BPMNLabel></q:BPMNShape>
    <q:BPMNShape id="s3" bpmnElement="sp"/>
    <q:BPMNEdge id="e1" bpmnElement="f">
      <w:waypoint xmlns:w="http://www.omg.org/spec/DD/20100524/DI" x="1" y="2"/>
      <w:waypoint xmlns:w="http://www.omg.org/spec/DD/20100524/DI" x="+3.5" y="4E0"/><q:BPMNLabel/></q:BPMNEdge>
  </q:BPMNPlane>
  <q:BPMNLabelStyle id="st"><c:Font xmlns:c="http://www.omg.org/spec/DD/20100524/DC" name="Arial" size="11.0"/>
  </q:BPMNLabelStyle></q:BPMNDiagram>
  <BPMNDiagram xmlns="http://www.omg.org/spec/BPMN/20100524/DI" id="d2"/>
</b:definitions>
<!-- the end -->
"""
"""One file with what makers do: prefixes declared anywhere, extensions, comments, several diagrams, names in lines."""

SIGNS = st.sampled_from("受理审批abcXYZ 019.:-_<>&'\"\n\t\r§é𝄞")
TEXTS = st.text(SIGNS, max_size=12)
IDS = st.text(st.sampled_from("abcdef0123_节"), min_size=1, max_size=5)
_NAMES = st.sampled_from(
    ["id", "name", "sourceRef", "targetRef", "attachedToRef", "isExpanded", "m:own", "xsi:type", "xml:lang"]
)
ATTRIBUTES = st.dictionaries(_NAMES, TEXTS, max_size=4).map(lambda found: tuple(found.items()))
MARKUP = st.text(st.sampled_from("注 a<&>"), max_size=5).map(lambda text: Markup(f"<!--{text}-->"))
WORDS = TEXTS.filter(lambda text: text.strip() != "")
_MORE = ATTRIBUTES.map(lambda found: tuple(each for each in found if not each[0].startswith("m:")))
KEPT = st.recursive(
    st.builds(Kept, st.sampled_from(["m:form", "m:field"]), ATTRIBUTES),
    lambda inner: st.builds(
        Kept,
        st.sampled_from(["m:form", "m:field"]),
        ATTRIBUTES,
        st.one_of(st.lists(st.one_of(inner, MARKUP), max_size=3), TEXTS.filter(bool).map(lambda text: [text])).map(
            tuple
        ),
    ),
    max_leaves=4,
)
_NUMBERS = st.one_of(st.integers(0, 900), st.floats(0, 5000, allow_nan=False)).map(str)


def _of(
    kinds: frozenset[str] | list[str], made: type[Element], inner: st.SearchStrategy[Element]
) -> st.SearchStrategy[Element]:
    parts = st.lists(st.one_of(inner, MARKUP, KEPT), max_size=4).map(tuple)
    return st.builds(made, st.sampled_from(sorted(kinds)), ATTRIBUTES, parts)


PLAIN = st.one_of(
    st.builds(Element, st.just("documentation"), ATTRIBUTES, st.one_of(st.just(()), WORDS.map(lambda text: (text,)))),
    st.builds(Element, st.just("extensionElements"), st.just(()), st.lists(KEPT, max_size=2).map(tuple)),
    st.builds(
        Element, st.sampled_from(["incoming", "message", "flowNodeRef"]), ATTRIBUTES, WORDS.map(lambda text: (text,))
    ),
)
PARTS = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        _of(NODES, Node, inner), _of(FLOWS, Flow, inner), _of(TRIGGERS, Trigger, inner), _of(["lane"], Lane, inner)
    ),
    max_leaves=12,
)
BOUNDS = st.fixed_dictionaries(dict.fromkeys(("x", "y", "width", "height"), _NUMBERS)).map(
    lambda found: Measure("Bounds", tuple(found.items()))
)
CORNERS = st.tuples(_NUMBERS, _NUMBERS).map(lambda at: Corner("waypoint", (("x", at[0]), ("y", at[1]))))
LABELS = st.one_of(st.just(()), BOUNDS.map(lambda bounds: (Drawn("BPMNLabel", (), (bounds,)),)))
SHAPES = st.builds(
    Shape, st.just("BPMNShape"), ATTRIBUTES, st.tuples(BOUNDS, LABELS).map(lambda parts: (parts[0], *parts[1]))
)
EDGES = st.builds(
    Edge,
    st.just("BPMNEdge"),
    ATTRIBUTES,
    st.tuples(st.lists(CORNERS, max_size=3), LABELS).map(lambda two: (*two[0], *two[1])),
)
PLANES = st.builds(Plane, st.just("BPMNPlane"), ATTRIBUTES, st.lists(st.one_of(SHAPES, EDGES), max_size=4).map(tuple))
DIAGRAMS = st.builds(Diagram, st.just("BPMNDiagram"), ATTRIBUTES, st.lists(PLANES, max_size=1).map(tuple))
POOLS = _of(["participant"], Participant, PLAIN)
DECLARED = tuple(
    (name, value)
    for name, value in (
        ("xmlns", MODEL),
        ("xmlns:di", "http://www.omg.org/spec/BPMN/20100524/DI"),
        ("xmlns:c", "http://www.omg.org/spec/DD/20100524/DC"),
        ("xmlns:w", "http://www.omg.org/spec/DD/20100524/DI"),
        ("xmlns:m", "urn:maker"),
        ("xmlns:xsi", "urn:xsi"),
    )
)
ROOTS = st.one_of(
    _of(["process"], Process, PARTS), _of(["collaboration"], Collaboration, POOLS), PLAIN, DIAGRAMS, MARKUP, KEPT
)
DEFINITIONS = st.builds(
    Definitions,
    st.just("definitions"),
    ATTRIBUTES.map(lambda found: (*DECLARED, *found)),
    st.lists(ROOTS, max_size=4).map(tuple),
    heading=st.lists(MARKUP, max_size=2).map(tuple),
)

WHOLE = STRANGE.encode()
PIECES = [
    b"<",
    b">",
    b"/>",
    b'"',
    b"&",
    b"&#0;",
    b"\x00",
    b"\xff",
    b"b:",
    b"xmlns",
    b"<!--",
    b"]]>",
    b"<b:task>",
    b" x=",
    b"1e9",
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The file with pieces taken out, put in, doubled or moved."""
    data = WHOLE
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 60)))
        put = draw(
            st.one_of(st.sampled_from(PIECES), st.binary(max_size=4), st.just(data[start:stop] * 2), st.just(b""))
        )
        data = data[:start] + put + data[stop:]
    return data
