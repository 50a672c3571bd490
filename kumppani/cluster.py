"""The folder of a private PostgreSQL server: who may use it, what stands in it, and how its data are made.

PostgreSQL calls the data of one server a cluster. The folder holds:

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
import subprocess
from pathlib import Path
from typing import Final

from kumppani.account import Account
from kumppani.binaries import Binaries
from kumppani.errors import SetupError
from kumppani.machine import door

SUPERUSER: Final = "kumppani"
_LOG_BYTES: Final = 5_000_000


class AlreadyRuns(SetupError):
    """Another process runs the server in this folder."""

    exit_code = 3

    def __init__(self, folder: Path, holder: str, address: str = "") -> None:
        self.folder = folder
        self.holder = holder or "unknown"
        at = f" at {address}" if address else ""
        super().__init__(
            f"Kumppani already runs{at} on {folder} (process {self.holder}): "
            "stop it first with Ctrl-C, or choose another folder with VAR=/some/folder."
        )


class Cluster:
    """The folder; `durable=False` gives up safety against a crash for speed (tests)."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self._lock: int | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def port(self) -> int:
        """The port the server listened on last; 0 before the first start."""
        with contextlib.suppress(FileNotFoundError, ValueError):
            return int((self.folder / "port").read_text())
        return 0

    @port.setter
    def port(self, number: int) -> None:
        (self.folder / "port").write_text(f"{number}\n")

    @property
    def password(self) -> str:
        """The superuser's."""
        return (self.folder / "password").read_text().strip()

    def prepare(self) -> None:
        """Make the folder. Raises `SetupError` when it cannot be written."""
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

    def take(self) -> None:
        """Keep every other process from running the server here. Raises `AlreadyRuns`: another one does."""
        if self._lock is not None:
            return
        lock = os.open(self.folder / "lock", os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(lock, 20).decode().strip()
            os.close(lock)
            raise AlreadyRuns(self.folder.parent, holder) from error
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode())
        self._lock = lock

    def leave(self) -> None:
        """Let another process have it."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def major(self) -> int | None:
        """The version of PostgreSQL that made the data; `None` when there are none."""
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise SetupError(
                f"The database in {self.data} cannot be read by this account: "
                "start as the account that made it, or choose another folder with VAR=."
            ) from error

    def make(self, binaries: Binaries, account: Account) -> None:
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
                f"The database in {self.data} could not be made: {self.last_words()} (see {self.log})."
            )
        if self.durable:
            os.sync()
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def put_log_aside(self) -> None:
        """Begin a new log when the old one is long."""
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.log.with_name("log.1"))

    def pid_file(self) -> list[str]:
        """The lines of the file that a running server, or one that crashed, has in its data."""
        with contextlib.suppress(FileNotFoundError):
            return (self.data / "postmaster.pid").read_text().split("\n")
        return []

    def last_words(self) -> str:
        """The most telling of the newest lines of the log."""
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except FileNotFoundError:
            lines = []
        telling = [line for line in lines[-20:] if "FATAL" in line or "error" in line.lower()]
        return (telling or lines or ["it said nothing"])[-1].strip()
