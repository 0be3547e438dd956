"""The rock's kernel: paths, commands and SQL from values alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.machine.postgres import kernel
from qilian.core.machine.postgres.kernel import Address, PidFile, Rights

HERE = Address("/run/pg", 5432, "qilian_demo", "postgres", "secret")


def test_each_mode_has_its_database() -> None:
    assert [kernel.database_name(mode) for mode in ("demo", "real", "test")] == ["qilian_demo", "qilian", "qilian_test"]
    with pytest.raises(KeyError):
        kernel.database_name("other")


def test_checkouts_have_different_short_keys() -> None:
    assert kernel.checkout_key("/srv/a") != kernel.checkout_key("/srv/b")
    assert len(kernel.checkout_key("/srv/祁连")) == 12


def test_the_first_home_is_inside_and_the_others_bear_the_key() -> None:
    inside, system, temporary = kernel.homes("/srv/q/var", "abc", "/var/lib", "/tmp")
    assert inside == "/srv/q/var/postgres"
    assert (system, temporary) == ("/var/lib/qilian-abc", "/tmp/qilian-abc")


@given(st.integers(min_value=1, max_value=140))
def test_a_socket_fits_by_bytes(length: int) -> None:
    folder = "/" + "a" * (length - 1)
    assert kernel.socket_fits(folder) == (length + len("/.s.PGSQL.5432") <= 107)


def test_a_chinese_path_counts_in_bytes() -> None:
    assert kernel.socket_fits("/" + "a" * 40)
    assert not kernel.socket_fits("/" + "祁" * 40)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", None),
        ("half", None),
        ("4711\n/data\n1\n5432\n/run\n\n 1 2\nready   \n", PidFile(4711, True)),
        ("4711\n/data\n1\n5432\n/run\n\n 1 2\nstarting\n", PidFile(4711, False)),
        ("-4711\n/data\n", PidFile(4711, False)),
    ],
)
def test_a_pid_file_is_read_also_while_it_is_written(written: str, expected: PidFile | None) -> None:
    assert kernel.parse_pid_file(written) == expected


def test_a_cluster_has_passwords_unless_it_is_thrown_away() -> None:
    safe = kernel.initdb_command("/bin", "/data", password_file="/pw")
    assert "--auth=scram-sha-256" in safe and "--pwfile=/pw" in safe and "--builtin-locale=C.UTF-8" in safe
    assert "--auth=trust" in kernel.initdb_command("/bin", "/data", password_file=None)


def test_the_server_listens_on_its_socket_only() -> None:
    command = kernel.server_command("/bin", "/data", "/run/pg", kernel.throw_away_options())
    assert command[:3] == ["/bin/postgres", "-D", "/data"]
    assert "listen_addresses=" in command and "unix_socket_directories=/run/pg" in command and "fsync=off" in command


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("LOG:  database system was interrupted; last known up at …", "recovering"),
        ("LOG:  redo in progress, elapsed time: 10.00 s, current LSN: 0/3", "10.00 s"),
        ("LOG:  syncing data directory (fsync), elapsed time: 2.50 s, current path: x", "2.50 s"),
        ("LOG:  redo done at 0/1", "replayed"),
    ],
)
def test_recovery_tells_what_it_does(line: str, part: str) -> None:
    progress = kernel.recovery_progress(line)
    assert progress is not None and part in progress.en and progress.zh


def test_other_lines_tell_nothing() -> None:
    assert kernel.recovery_progress("LOG:  checkpoint starting") is None


def test_what_goes_by_itself_is_waited_for() -> None:
    assert kernel.may_pass(["pre-existing shared memory block (key 1, ID 2) is still in use"])
    assert kernel.may_pass(['lock file "/run/pg/.s.PGSQL.5432.lock" already exists'])
    assert not kernel.may_pass(["could not write: No space left on device"])


@given(st.text())
def test_quoting_leaves_no_way_out(text: str) -> None:
    assert kernel.literal(text)[1:-1].replace("''", "") == text.replace("'", "")
    assert kernel.identifier(text)[1:-1].replace('""', "") == text.replace('"', "")


def test_roles_are_made_once_and_then_renewed() -> None:
    first, second = kernel.role_statements(["qilian_app"], {"qilian_owner": "a'b", "qilian_app": "c"})
    assert first.startswith("CREATE ROLE qilian_owner LOGIN NOSUPERUSER NOBYPASSRLS") and "'a''b'" in first
    assert second.startswith("ALTER ROLE qilian_app")


def test_a_database_belongs_to_the_owner_and_to_nobody_else() -> None:
    made = kernel.database_statements("qilian", exists=False)
    assert made[0] == 'CREATE DATABASE "qilian" OWNER qilian_owner TEMPLATE template0'
    assert kernel.database_statements("qilian", exists=True) == made[1:]
    assert 'REVOKE ALL ON DATABASE "qilian" FROM PUBLIC' in made


def test_rights_follow_the_marks() -> None:
    rights = Rights(
        tables=frozenset({"core_event", "core_person", "django_migrations"}),
        append_only=frozenset({"core_event", "not_there"}),
        policies={"core_person": "unit_id = 1", "not_there_either": "true"},
        kept=frozenset({"core_person", "not_kept_yet"}),
        filled={"core_person": 50, "not_filled_yet": 50},
    )
    statements = kernel.protect_statements(rights, ["core_person", "core_old"])
    text = "\n".join(statements)
    assert 'REVOKE UPDATE, DELETE, TRUNCATE ON "core_event" FROM "qilian_app"' in statements
    assert 'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "django_migrations" FROM "qilian_app"' in statements
    assert 'ALTER TABLE "core_person" FORCE ROW LEVEL SECURITY' in statements
    assert "USING (unit_id = 1) WITH CHECK (unit_id = 1)" in text
    assert 'ALTER TABLE "core_old" DISABLE ROW LEVEL SECURITY' in statements
    assert 'REVOKE DELETE, TRUNCATE ON "core_person" FROM "qilian_app"' in statements
    assert 'ALTER TABLE "core_person" SET (fillfactor = 50)' in statements
    assert "not_there" not in text and "not_kept_yet" not in text and "not_filled_yet" not in text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p%40w@db.example:6000/q", Address("db.example", 6000, "q", "u", "p@w")),
        ("postgres://u@/q?host=/run/pg", Address("/run/pg", 5432, "q", "u", "")),
        ("postgresql://h/q?sslmode=require", Address("h", 5432, "q", "", "", (("sslmode", "require"),))),
    ],
)
def test_an_address_is_read(url: str, expected: Address) -> None:
    assert kernel.parse_url(url) == expected


@pytest.mark.parametrize("url", ["mysql://h/q", "postgresql://h", "nonsense", ""])
def test_another_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="PostgreSQL"):
        kernel.parse_url(url)


def test_dump_and_restore_name_the_database() -> None:
    dump = kernel.dump_command("/bin", HERE, "/f", snapshot="00-1")
    assert dump[0] == "/bin/pg_dump" and "--dbname=qilian_demo" in dump and "--snapshot=00-1" in dump
    restore = kernel.restore_command("/bin", HERE, "/f")
    assert restore[0] == "/bin/pg_restore" and "--single-transaction" in restore and restore[-1] == "/f"
