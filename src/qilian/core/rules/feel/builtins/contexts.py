"""Contexts (DMN 1.5, table 81)."""

from qilian.core.rules.feel.faults import Fault
from qilian.core.rules.feel.values import Value

from .declare import builtin

Context = dict[str, Value]


@builtin("get value(m: context, key: string) -> Any", "get value(m: context, keys: list<string>) -> Any")
def get_value(context: Context, key: str | list[str]) -> Value:
    """Return the value of a key, or of a path of keys; null when there is none."""
    value: Value = context
    for one in [key] if isinstance(key, str) else key:
        value = value.get(one) if isinstance(value, dict) else None
    return value


@builtin("get entries(m: context) -> list")
def get_entries(context: Context) -> Value:
    """Return the entries of a context as a list of contexts with key and value."""
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
)
def put(context: Context, keys: str | list[str], value: Value) -> Value:
    """Return a context with an entry set: at a key, or at the end of a path of keys."""
    head, *rest = [keys] if isinstance(keys, str) else keys or [""]
    if keys == [] or not isinstance(context, dict):
        raise Fault("domain", name="context put")
    return {**context, head: put(context.get(head, {}), rest, value) if rest else value}


@builtin("context merge(contexts: list<context>) -> context")
def merge(contexts: list[Context]) -> Value:
    """Return one context of the entries of several; the last wins."""
    return {key: value for context in contexts for key, value in context.items()}
