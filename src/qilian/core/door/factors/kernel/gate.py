"""What stands between a password and the house."""

from typing import Literal

Gate = Literal["open", "check", "renew", "enrol"]


def gate(
    *, has_factor: bool, required: bool, shown: bool, first_password: bool = False, elsewhere: bool = False
) -> Gate:
    """Whether a session is open, must show a factor, must change a first password, or must set a factor up first.

    `elsewhere`: an identity provider asked for two factors; who came that way needs none of ours.

    >>> gate(has_factor=True, required=False, shown=False), gate(has_factor=False, required=True, shown=False)
    ('check', 'enrol')
    >>> gate(has_factor=False, required=True, shown=False, first_password=True)
    'renew'
    """
    if has_factor and not (shown or elsewhere):
        return "check"
    if first_password:
        return "renew"
    if has_factor:
        return "open"
    return "enrol" if required and not elsewhere else "open"
