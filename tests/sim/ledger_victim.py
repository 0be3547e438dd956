"""Processes that are meant to be killed while they move money: a writer, the sweep of what is due, the web process.

A writer asks again with the same key until it is answered, as a careful client does, and notes an acknowledgement in
a file only after the verb returned; what it noted is what the test holds the book to.
"""

import os
import sys
import time
from collections.abc import Callable
from random import Random
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


def main(mode: str, socket: str, database: str, seed: str, notes: str) -> None:
    """Connect as the application's role and live until killed."""
    os.environ["QILIAN_MODE"] = "test"
    import django
    from django.conf import settings

    settings.DATABASES["default"].update(HOST=socket, NAME=database, USER="qilian_app", PASSWORD="", PORT="")
    django.setup()
    file = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    lives: dict[str, Callable[[str, Callable[[str], None]], None]] = {"writer": write, "sweeper": sweep, "web": serve}
    lives[mode](seed, lambda line: note(file, line))


def note(file: int, line: str) -> None:
    """Keep a line beyond one's own death: the kernel has it as soon as this returns."""
    os.write(file, f"{line}\n".encode())


def write(seed: str, say: Callable[[str], None]) -> None:
    """Move random amounts among random accounts for ever: at once, in two phases, in chains."""
    from qilian.core.house.principal import SYSTEM
    from qilian.engines.ledger.book.api import Capture, Entry, Void, accounts, post

    chance = Random(seed)
    people = list(insistent(lambda: list(accounts().filter(owner__startswith="party:"))))
    held: list[str] = []
    for number in range(10**9):
        a, b, c = chance.sample(people, 3)
        key, amount = f"{seed}/{number}", chance.randint(1, 50)
        choice = chance.random()
        if held and choice < 0.3:
            hold = held.pop(chance.randrange(len(held)))
            wanted = [Capture(hold=hold, key=key)] if chance.random() < 0.5 else [Void(hold=hold, key=key)]
        elif choice < 0.5:
            wanted = [Entry(debit=a, credit=b, amount=amount, key=key, pending=True)]
        elif choice < 0.7:
            wanted = [
                Entry(debit=a, credit=b, amount=amount, key=key, linked=True),
                Entry(debit=b, credit=c, amount=amount, key=f"{key}+"),
            ]
        else:
            wanted = [Entry(debit=a, credit=b, amount=amount, key=key)]
        answers = insistent(lambda: post(actor=SYSTEM, entries=wanted))  # noqa: B023 — called before the loop goes on
        if answers is None:
            continue
        for answer in answers:
            say(answer.key)
        if isinstance(wanted[0], Entry) and wanted[0].pending:
            held.append(answers[0].code)


def sweep(_seed: str, say: Callable[[str], None]) -> None:
    """Give back what is due, again and again."""
    from qilian.core.house.principal import SYSTEM
    from qilian.engines.ledger.holds.api import expire_due

    say("ready")
    while True:
        insistent(lambda: expire_due(actor=SYSTEM, most=20))
        time.sleep(0.01)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        return


def serve(port: str, say: Callable[[str], None]) -> None:
    """Be the web process on a port of the loopback: the house's own application, with threads."""
    from qilian.web.wsgi import application

    server = make_server("127.0.0.1", int(port), application, server_class=_Server, handler_class=_Silent)
    say("ready")
    server.serve_forever()


def insistent(act: Callable[[], object]) -> object:
    """Ask until there is an answer; a lawful refusal is one, and it is None."""
    from django.db import Error, connection

    from qilian.core.values.text import Refusal

    while True:
        try:
            return act()
        except Refusal:
            return None
        except Error:
            connection.close()
            time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
