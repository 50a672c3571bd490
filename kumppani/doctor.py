"""Examines an installation: one line for each thing that is well or at fault, with the mend."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from chassis.settings import ServiceSettings
from kumppani import databases
from kumppani.errors import SetupError
from kumppani.home import Home
from kumppani.parts import OWNERS, PARTS, OwnerSettings, owner_settings_of, settings_of
from kumppani.up import at_hand
from kumppani.wording import settings_fault

_CLOCK_SECONDS = 2.0


@dataclass(frozen=True)
class Finding:
    """Something looked at: `mend` is empty when it is well."""

    about: str
    text: str
    mend: str = ""

    @property
    def well(self) -> bool:
        return not self.mend


def examine(var: Path) -> Iterator[Finding]:
    """Look at every part that is configured here; in a private Kumppani's folder at all of them.

    A private server is started for the while if it does not run.
    """
    home = Home(var)
    names = PARTS if home.exists else tuple(name for name in PARTS if _is_told_something(name))
    if not names:
        yield Finding(
            "settings",
            f"no part is configured, and {home.folder} holds no private Kumppani",
            "Set the KUMPPANI_… variables of the parts that run here, or start the private one: kumppani up.",
        )
        return
    try:
        with at_hand(home) if home.exists else nullcontext():
            yield from _examine(names)
    except SetupError as fault:
        yield Finding("PostgreSQL", "does not start", str(fault))


def _is_told_something(name: str) -> bool:
    return any(variable.startswith(f"KUMPPANI_{name.upper()}_") for variable in os.environ)


def report(findings: Iterator[Finding]) -> int:
    """Print the findings; the exit code is 1 when something is at fault."""
    faults = 0
    for finding in findings:
        faults += not finding.well
        sys.stdout.write(f"{'ok   ' if finding.well else 'fault'}  {finding.about}: {finding.text}\n")
        if finding.mend:
            sys.stdout.write(f"       mend: {finding.mend}\n")
    sys.stdout.write(f"Faults: {faults}\n" if faults else "Everything is well.\n")
    return 1 if faults else 0


def _examine(names: tuple[str, ...]) -> Iterator[Finding]:
    owners: dict[str, OwnerSettings] = {}
    believers: dict[str, ServiceSettings] = {}
    for name in names:
        try:
            settings = settings_of(name)
        except ValidationError as error:
            yield Finding(f"settings of {name}", "incomplete", settings_fault(error))
            continue
        yield Finding(f"settings of {name}", "demo mode" if settings.demo else "complete")
        if name in OWNERS:
            owners[name] = owner_settings_of(name)
        if isinstance(settings, ServiceSettings):
            believers[name] = settings
    yield from _keys(owners, believers)
    for name, owner in owners.items():
        yield from _database(name, owner.database_url.get_secret_value())
    yield _mail()


def _keys(owners: dict[str, OwnerSettings], believers: dict[str, ServiceSettings]) -> Iterator[Finding]:
    """Each part's key must be a private Ed25519 key, and every service must trust its public half."""
    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey

    for name, settings in owners.items():
        about = f"key of {name}"
        try:
            own = OKPKey.import_key(json.loads(settings.signing_key.get_secret_value()))
        except (JoseError, ValueError) as error:
            yield Finding(
                about, f"unreadable ({error})", f"Set KUMPPANI_{name.upper()}_SIGNING_KEY to an Ed25519 JWK."
            )
            continue
        strangers = [
            other
            for other, others in believers.items()
            if own.as_dict(private=False)["x"] != _trusted(others).get(name)
        ]
        if strangers:
            variables = ", ".join(f"KUMPPANI_{other.upper()}_TRUSTED_KEYS" for other in strangers)
            yield Finding(
                about, f"not trusted by {', '.join(strangers)}", f"Add its public half to {variables}."
            )
        else:
            yield Finding(about, f"trusted by {', '.join(believers) or 'nobody here'}")


def _trusted(settings: ServiceSettings) -> dict[str, object]:
    try:
        keys = json.loads(settings.trusted_keys.get_secret_value())["keys"]
        return {str(key["kid"]): key["x"] for key in keys}
    except (ValueError, KeyError, TypeError):
        return {}


def _database(name: str, url: str) -> Iterator[Finding]:
    import psycopg

    from kumppani import roles

    try:
        found = databases.revision(url)
        with psycopg.connect(url, connect_timeout=5) as connection:
            before = datetime.now(UTC)
            row = connection.execute(
                "SELECT clock_timestamp(), current_setting('server_version_num')"
            ).fetchone()
            after = datetime.now(UTC)
            owned = connection.execute(
                "SELECT bool_or(pg_has_role(current_user, tableowner, 'MEMBER')) FROM pg_tables"
                " WHERE schemaname = 'public'"
            ).fetchone()
            rewritable = roles.rewritable(connection, name)
    except (SetupError, psycopg.Error) as error:
        yield Finding(
            f"database of {name}",
            str(error).strip().splitlines()[0],
            f"Check KUMPPANI_{name.upper()}_DATABASE_URL, and that PostgreSQL runs.",
        )
        return
    now, number = (row[0], int(row[1])) if row else (after, 0)
    version = f"PostgreSQL {number // 10000}.{number % 10000}"
    if number >= 150000:
        yield Finding(f"database of {name}", f"{version} answers")
    else:
        yield Finding(f"database of {name}", f"{version} is too old", "Use PostgreSQL 15 or newer.")
    newest = databases.head(name)
    if found == newest:
        yield Finding(f"schema of {name}", f"the newest ({found})")
    else:
        yield Finding(f"schema of {name}", f"{found}, the newest is {newest}", f"kumppani migrate {name}")
    if owned and owned[0]:
        yield Finding(
            f"role of {name}",
            "owns its tables: who holds its password can drop them",
            "Let another role own and migrate them (docs/operating.md, Roles of the database).",
        )
    elif rewritable:
        yield Finding(
            f"role of {name}",
            f"can rewrite what happened ({', '.join(rewritable)})",
            f"As their owner: revoke update, delete, truncate on {', '.join(rewritable)} from {name}'s role"
            " (docs/operating.md, Roles of the database).",
        )
    else:
        yield Finding(f"role of {name}", "reads and writes rows only, and adds to what happened")
    apart = max(timedelta(0), before - now, now - after).total_seconds()
    if apart <= _CLOCK_SECONDS:
        yield Finding(f"clock of {name}", f"agrees with the database's ({apart:.1f} s apart)")
    else:
        yield Finding(
            f"clock of {name}",
            f"{apart:.0f} s apart from the database's",
            "Let both machines keep time (chrony, systemd-timesyncd): tokens live one minute.",
        )


def _mail() -> Finding:
    return Finding("mail", "no part sends mail: people see their news on the pages")
