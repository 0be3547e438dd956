"""Contexts (DMN 1.5, table 81)."""

from qilian.core.rules.feel.faults import Fault
from qilian.core.rules.feel.scope import Run
from qilian.core.rules.feel.values import Value

from .declare import builtin

Context = dict[str, Value]


@builtin("get value(m: context, key: string) -> Any", "get value(m: context, keys: list<string>) -> Any", share=12)
def get_value(context: Context, key: str | list[str]) -> Value:
    """Return the value of a key, or of a path of keys; null when there is none."""
    value: Value = context
    for one in [key] if isinstance(key, str) else key:
        value = value.get(one) if isinstance(value, dict) else None
    return value


@builtin("get entries(m: context) -> list", run=True)
def get_entries(run: Run, context: Context) -> Value:
    """Return the entries of a context as a list of contexts with key and value."""
    run.spend(4 * len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context(entries: list<context>) -> context")
def context_of(entries: list[Context]) -> Value:
    """Make a context of a list of contexts with key and value."""
    made: Context = {}
    for entry in entries:
        key = entry.get("key")
        if not isinstance(key, str) or "value" not in entry or key in made:
            raise Fault("domain", name="context")
        made[key] = entry["value"]
    return made


@builtin(
    "context put(context: context, key: string, value: Any) -> context",
    "context put(context: context, keys: list<string>, value: Any) -> context",
    run=True,
    share=3,
)
def put(run: Run, context: Context, keys: str | list[str], value: Value) -> Value:
    """Return a context with an entry set: at a key, or at the end of a path of keys."""
    head, *rest = [keys] if isinstance(keys, str) else keys or [""]
    if keys == [] or not isinstance(context, dict):
        raise Fault("domain", name="context put")
    run.spend(1 + (len(context) >> 2))
    return {**context, head: put(run, context.get(head, {}), rest, value) if rest else value}


@builtin("context merge(contexts: list<context>) -> context", run=True)
def merge(run: Run, contexts: list[Context]) -> Value:
    """Return one context of the entries of several; the last wins."""
    run.spend(sum(map(len, contexts)))
    return {key: value for context in contexts for key, value in context.items()}
