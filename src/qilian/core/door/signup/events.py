"""What happens to accounts that people open and keep themselves; addresses and passwords stay out of the log."""

from dataclasses import dataclass
from datetime import datetime

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("signup.account.opened", title=Text("自行注册", "Signed up"))
@dataclass(frozen=True, slots=True)
class AccountOpened:
    """A person opened an account and proved his mail address."""

    language: str


@event_type("signup.password.changed", title=Text("修改密码", "Password changed"), dimensions=("how",))
@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """A person set his password: knowing the old one (`own`), or by a mailed link (`mail`)."""

    how: str


@event_type("signup.password.issued", title=Text("发放初始密码", "First password issued"))
@dataclass(frozen=True, slots=True)
class FirstPasswordIssued:
    """A random first password was given to a person; it must be changed at once and ends on a day."""

    until: datetime
    reason: str


@event_type("signup.address.changed", title=Text("更换邮箱", "Mail address changed"))
@dataclass(frozen=True, slots=True)
class AddressChanged:
    """A person proved another mail address; whether his login changed with it."""

    login: bool
