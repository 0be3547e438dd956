"""What stands between a password and the house."""

from typing import Literal

RequiredStep = Literal["open", "check", "renew", "enrol"]


def required_step(
    *, has_factor: bool, required: bool, shown: bool, first_password: bool = False, elsewhere: bool = False
) -> RequiredStep:
    """Whether a session is open, must show a factor, must change a first password, or must set a factor up first.

    `elsewhere`: an identity provider asked for two factors; who came that way needs none of ours.

    >>> required_step(has_factor=True, required=False, shown=False)
    'check'
    >>> required_step(has_factor=False, required=True, shown=False)
    'enrol'
    >>> required_step(has_factor=False, required=True, shown=False, first_password=True)
    'renew'
    """
    if has_factor and not (shown or elsewhere):
        return "check"
    if first_password:
        return "renew"
    if has_factor:
        return "open"
    return "enrol" if required and not elsewhere else "open"
