"""What can go wrong in an expression, said in two languages: a fault makes the value null and leaves a diagnostic."""

from dataclasses import dataclass

from qilian.core.values.text import Text

MESSAGES = {
    "literal": Text("此处只能填写字面值，不能填写算式。", "Only a literal can stand here, nothing that is computed."),
    "syntax": Text("写法有误：此处应为{wanted}，却是{found}。", "Not FEEL: expected {wanted}, found {found}."),
    "deep": Text("表达式嵌套过深。", "The expression is nested too deeply."),
    "long": Text("文字过长，上限 {limit} 字。", "The text is too long: at most {limit} characters."),
    "steps": Text("计算步数超过上限 {limit}。", "The evaluation took more than {limit} steps."),
    "size": Text("结果过大，上限 {limit}。", "The result is too large: at most {limit}."),
    "name": Text("没有名为“{name}”的值。", "Nothing is called “{name}” here."),
    "path": Text("{type}没有“{name}”这一项。", "A {type} has no “{name}”."),
    "operator": Text("“{operator}”不能用于{left}和{right}。", "“{operator}” does not work on {left} and {right}."),
    "negate": Text("不能对{type}取负。", "A {type} cannot be negated."),
    "divide": Text("除数为零。", "Division by zero."),
    "range.number": Text("数超出十进制128的范围。", "The number is outside decimal128."),
    "interval": Text("区间的两端类型不同或次序颠倒。", "The ends of the range differ in type or are reversed."),
    "compare": Text("{left}与{right}不能比较。", "A {left} and a {right} cannot be compared."),
    "boolean": Text("此处应为是或否，却是{type}。", "Expected true or false, got {type}."),
    "iterate": Text("不能逐项处理{type}。", "A {type} cannot be iterated."),
    "index": Text("列表没有第 {index} 项。", "The list has no item {index}."),
    "filter": Text("筛选条件既不是是或否，也不是序号。", "The filter is neither a condition nor a position."),
    "key": Text("键“{name}”出现两次。", "The key “{name}” stands twice."),
    "call": Text("{type}不能调用。", "A {type} cannot be called."),
    "arguments": Text("{name} 不接受这些参数：{given}。", "{name} does not take these arguments: {given}."),
    "temporal": Text("“{text}”不是日期、时间或时长。", "“{text}” is no date, time or duration."),
    "domain": Text("{name} 的参数超出取值范围。", "An argument of {name} is outside its domain."),
    "regex": Text("正则表达式有误：{reason}。", "The regular expression is wrong: {reason}."),
    "regex.slow": Text("正则表达式过于复杂，已停止。", "The regular expression is too complex; matching was stopped."),
    "type": Text("没有名为“{name}”的类型。", "No type is called “{name}”."),
    "conform": Text("值 {value} 不符合类型 {type}。", "The value {value} does not conform to the type {type}."),
    "allowed": Text("值 {value} 不在允许范围“{allowed}”内。", "The value {value} is not among “{allowed}”."),
    "external": Text("外部函数 {name} 不在允许之列。", "The external function {name} is not among the known ones."),
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that went wrong: a stable code, a sentence, the span in the expression's text, and which node."""

    code: str
    message: Text
    start: int = 0
    end: int = 0
    where: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else str(self.message)


class Fault(Exception):
    """An operation that has no value; the nearest expression becomes null and a diagnostic says why."""

    def __init__(self, code: str, says: Text | None = None, /, **values: object) -> None:
        super().__init__(code)
        self.code, self.says, self.values = code, says, values

    @property
    def message(self) -> Text:
        """The sentence, filled in."""
        return (self.says or MESSAGES[self.code]).filled(**self.values)


class Exhausted(Fault):
    """A limit is reached: the whole evaluation stops, not only the expression at hand."""


class SyntaxFault(Fault):
    """A text that is not FEEL, with the place where it stops being so."""

    def __init__(self, code: str, start: int, end: int, **values: object) -> None:
        super().__init__(code, **values)
        self.start, self.end = start, end


@dataclass(frozen=True, slots=True)
class Limits:
    """What one evaluation may use; the defaults suit a page that waits for the answer.

    `depth` bounds the nesting of a text, `calls` that of functions, `steps` the work and the room of all of it (see
    `account`), `size` the length of a list or string made, `text` the length of an expression, `regex` one match.
    """

    depth: int = 60
    calls: int = 100
    steps: int = 200_000
    size: int = 1_000_000
    text: int = 100_000
    regex: int = 200_000
