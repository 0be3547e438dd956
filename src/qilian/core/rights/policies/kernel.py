"""The SQL conditions of row policies, written from the names of rights; pure.

They read what `acting` tells PostgreSQL (`app.principal`, `app.speaks_for`, `app.moment`) and the table of grants. The
sub-selects are evaluated once a statement, and text equality is leakproof, so that indexes stay in use (DESIGN 5).
"""

_MOMENT = "COALESCE(NULLIF(current_setting('app.moment', true), '')::timestamptz, now())"
_TODAY = f"({_MOMENT} AT TIME ZONE 'Asia/Shanghai')::date"
_SPEAKS = "string_to_array(current_setting('app.speaks_for', true), chr(10))"
_HELD = f"""held.revoked_at IS NULL
      AND held.valid_from <= {_TODAY} AND (held.valid_to IS NULL OR held.valid_to >= {_TODAY})
      AND (held.until IS NULL OR held.until > {_MOMENT})
      AND (held.person_id::text = current_setting('app.principal', true)
           OR 'post:' || held.post_id = ANY ({_SPEAKS}))"""


def addressed() -> str:
    """The policy of what is laid before somebody: the system, and whoever speaks for the `addressee` of the row."""
    return (
        f"(SELECT current_setting('app.principal', true)) = 'system'\nOR addressee = ANY ((SELECT {_SPEAKS})::text[])"
    )


def addressed_or_entitled() -> str:
    """The policy of an inbox: who is addressed, and whoever holds one of the row's `rights` somewhere today.

    `rights` is a JSON list of the names under which a grant may hold the right (`patterns`). Where the right holds is
    for the query to judge.
    """
    return f"""{addressed()}
OR rights ?| (SELECT array_agg(held.action) FROM (
    SELECT jsonb_array_elements_text(held.actions) AS action FROM core_grant AS held WHERE {_HELD}) AS held)"""


def readable_by(*actions: str) -> str:
    """The policy of personal records: who is addressed, and whoever holds one of the actions somewhere today.

    Where the right holds is for the verb to judge; the policy keeps out everybody without any such right. Grants name
    an action by itself or by a pattern: `credit.record` is also held by `credit.*` and `*`.
    """
    names = ", ".join(f"'{each}'" for each in dict.fromkeys(name for action in actions for name in patterns(action)))
    return f"""{addressed()}
OR (SELECT EXISTS (
    SELECT 1 FROM core_grant AS held
    WHERE held.actions ?| ARRAY[{names}] AND {_HELD}))"""


def patterns(action: str) -> tuple[str, ...]:
    """The names under which a grant may hold an action, the widest first.

    >>> patterns("credit.record")
    ('*', 'credit.*', 'credit.record')
    """
    if not action.replace(".", "").replace("_", "").replace("-", "").isalnum():
        raise ValueError(f"{action!r} is no name of a right")
    words = action.split(".")
    return ("*", *(".".join((*words[:count], "*")) for count in range(1, len(words))), action)
