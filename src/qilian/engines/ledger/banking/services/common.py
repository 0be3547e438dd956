"""What the verbs share: texts that must be given, the account under lock, names that may show."""

from collections.abc import Sequence
from itertools import zip_longest

from qilian.core.rights.privacy.api import Sealed, mask, unseal
from qilian.core.values import clock
from qilian.core.values.text import public_code
from qilian.engines.ledger.banking.kernel import is_organisation
from qilian.engines.ledger.banking.models import BankAccount, Match, Resolution

ENGINE = "ledger.banking"
"""Whose rules alone move the accounts that mirror a bank's."""


def sum_rows(
    account: BankAccount,
    lines: Sequence[int],
    transfers: Sequence[int],
    *,
    rule: str,
    resolution: Resolution | None = None,
) -> list[Match]:
    """The rows of a match of several lines or several transfers: each stands in one of them, all under one `pair`."""
    pair, now = public_code(), clock.now()
    return [
        Match(
            bank_account=account,
            line_id=line,
            transfer_id=transfer,
            pair=pair,
            rule=rule,
            resolution=resolution,
            at=now,
        )
        for line, transfer in zip_longest(lines, transfers)
    ]


def locked(row: BankAccount) -> BankAccount:
    """Lock a bank account, so that statements and resolutions of it follow each other."""
    BankAccount.objects.select_for_update().get(pk=row.pk)
    return BankAccount.objects.select_related("account__asset", "suspense", "outside").get(pk=row.pk)


def shown(name: str) -> str:
    """A name as pages show it: whole when it is plainly that of an organisation, else masked."""
    return name[:200] if is_organisation(name) else mask("name", name)


def shown_party(name: Sealed) -> str:
    """A sealed name as pages show it: opened to tell organisations from people, never for the reader of a person's."""
    return shown(unseal(name)) if name else ""
