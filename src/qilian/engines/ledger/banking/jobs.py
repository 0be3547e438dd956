"""What the worker does for banking: check and book large statements, write the file of a batch."""

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.log.outbox.api import Retry, job
from qilian.core.who.people.api import Person, principal_of

from .adapters.spool import put
from .models import PaymentBatch, Statement
from .services import book_statement, check_statement, give_up, mark_written
from .services.orders import content_of


def say_unchecked(*, statement: int) -> None:
    """Say on the page of a statement that its file will not be checked; run twice it changes nothing."""
    row = Statement.objects.select_related("by").get(pk=statement)
    with acting(principal_of(row.by) if row.by else SYSTEM) as actor:
        give_up(actor=actor, statement=row)


@job("banking.check", retry=Retry(times=2), on_death=say_unchecked)
def check_file(*, statement: int) -> None:
    """Check a file that was brought; run twice it changes nothing."""
    row = Statement.objects.select_related("by").get(pk=statement)
    with acting(principal_of(row.by) if row.by else SYSTEM) as actor:
        check_statement(actor=actor, statement=row)


@job("banking.book")
def book_file(*, statement: int, person: int) -> None:
    """Book a large statement in the name of who asked; run twice it changes nothing."""
    row = Statement.objects.select_related("bank_account").get(pk=statement)
    if row.state != "booked":
        with acting(principal_of(Person.objects.get(pk=person))) as actor:
            book_statement(actor=actor, statement=row)


@job("banking.write")
def write_file(*, batch: int) -> None:
    """Write the file of a batch into the spool folder; run twice it writes the same bytes."""
    row = PaymentBatch.objects.select_related("bank_account").get(pk=batch)
    with acting(SYSTEM) as actor:
        put(f"{row.number}.csv", content_of(row))
        mark_written(actor=actor, batch=row)
