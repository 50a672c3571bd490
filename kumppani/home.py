"""The folder a private Kumppani lives in, and the settings of all parts that follow from it.

postgres/   the private database server
keys/       secrets of the parts
log, log-2  what the parts say, a file for each serving process
address     where it is served now
analyser    socket of the analyser of words, which all serving processes share
"""

import os
from pathlib import Path
from typing import Final

from kumppani.cluster import AlreadyRuns
from kumppani.keys import Keys
from kumppani.parts import OWNERS, PARTS, PORTS, SERVICES
from kumppani.postgres import PrivatePostgres

_LONGEST_SOCKET: Final = 100
"""Bytes of a socket's name that every system takes; in a longer folder each process has its own analyser."""


class Home:
    """A private Kumppani's folder (`VAR`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.keys = Keys(self.folder / "keys")
        self.postgres = PrivatePostgres(self.folder / "postgres")

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def log_of(self, number: int) -> Path:
        """The log of a serving process: each has its own, since each puts its own aside when it is long."""
        return self.folder / (f"log-{number + 1}" if number else "log")

    @property
    def address(self) -> Path:
        return self.folder / "address"

    @property
    def exists(self) -> bool:
        """Whether a private Kumppani was ever started here."""
        return self.keys.trusted.exists() and self.postgres.data.exists()

    def needs_postgres(self, *names: str) -> bool:
        """Whether one of the named parts (of all, when none is named) has no database configured."""
        return any(not _is_configured(name) for name in names or OWNERS)

    def claim(self) -> None:
        """Keep other processes from the private server. Raises `AlreadyRuns`, which says where it runs."""
        try:
            self.postgres.claim()
        except AlreadyRuns as error:
            if not self.address.exists():  # it starts just now
                raise
            address = self.address.read_text().strip()
            raise AlreadyRuns(error.folder, error.holder, address) from error

    def make_databases(self) -> None:
        """Make sure of one database and one role for each part that owns one (the server runs)."""
        self.postgres.ensure_databases({name: self.keys.database_password(name) for name in OWNERS})

    def settings(self, port: int = PORTS["web"]) -> dict[str, str]:
        """The environment variables of all parts in demo mode, for this folder and the pages' port."""
        found = {
            "KUMPPANI_WEB_DEMO": "true",
            "KUMPPANI_WEB_GATEWAY_URL": _local("gateway"),
            # Events of calendars lead to the pages.
            "KUMPPANI_CONTRACTS_PAGES_URL": f"http://127.0.0.1:{port}",
        }
        analyser = self.folder / "analyser"
        if len(os.fsencode(analyser)) <= _LONGEST_SOCKET:
            found["KUMPPANI_FEEDBACK_ANALYSER_SOCKET"] = str(analyser)
        for name in PARTS:
            found[f"KUMPPANI_{name.upper()}_METRICS_TOKEN_FILE"] = str(self.keys.metrics_token)
        for name in OWNERS:
            prefix = f"KUMPPANI_{name.upper()}_"
            found[f"{prefix}DEMO"] = "true"
            if name in SERVICES:
                found[f"{prefix}TRUSTED_KEYS_FILE"] = str(self.keys.trusted)
            found[f"{prefix}SIGNING_KEY_FILE"] = str(self.keys.signing(name))
            for other in SERVICES:
                if other != name:
                    found[f"{prefix}{other.upper()}_URL"] = _local(other)
            if not _is_configured(name):
                password = self.keys.database_password(name)
                found[f"{prefix}DATABASE_URL"] = self.postgres.url(name, name, password)
        return found

    def enter(self, port: int = PORTS["web"]) -> None:
        """Put these settings into the environment; what is configured there already wins."""
        found = self.settings(port)
        for name in OWNERS:
            if not _is_configured(name):
                found[f"KUMPPANI_{name.upper()}_MIGRATION_DATABASE_URL"] = self.postgres.owner_url(name)
        for name, value in found.items():
            os.environ.setdefault(name, value)

    def forget_owners(self) -> None:
        """Take the addresses that change schemas out of the environment: nothing that serves needs them."""
        for name in OWNERS:
            os.environ.pop(f"KUMPPANI_{name.upper()}_MIGRATION_DATABASE_URL", None)


def _local(name: str) -> str:
    return f"http://127.0.0.1:{PORTS[name]}"


def _is_configured(name: str) -> bool:
    variable = f"KUMPPANI_{name.upper()}_DATABASE_URL"
    return variable in os.environ or f"{variable}_FILE" in os.environ
