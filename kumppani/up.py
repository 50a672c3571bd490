"""The whole product from nothing: database, keys, schema, demo city, and the processes that serve it all."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
import socket
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from chassis.clock import utc_now
from chassis.settings import told
from kumppani import databases
from kumppani.cluster import AlreadyRuns
from kumppani.errors import SetupError
from kumppani.home import Home
from kumppani.logfile import LogFile
from kumppani.parts import OWNERS, owner_settings_of
from kumppani.postgres import PrivatePostgres
from kumppani.progress import Steps

if TYPE_CHECKING:
    from kumppani.all_in_one import AllInOne

log = structlog.get_logger()
HOST = "127.0.0.1"


def up(folder: Path, port: int, steps: Steps, *, processes: int) -> None:
    """Serve everything at 127.0.0.1:`port` until Ctrl-C; makes what is missing in `folder` first.

    Each of the processes is the whole product; the first also does the work of the workers.
    """
    from kumppani.processes import keep, orderly_end
    from kumppani.serving import loading, take_port

    home = Home(folder)
    if home.exists and home.needs_postgres():
        home.claim()  # before the port, which may be taken by the one that runs here
    with (
        orderly_end(),
        take_port(HOST, port) as listening,
        prepared(home, listening.getsockname()[1], steps) as private,
    ):
        with steps.step("Services, gateway and pages"), loading():
            from kumppani.all_in_one import AllInOne

            # Made before the fork: so processes share most of their memory. None has run anything yet.
            inside = AllInOne(with_workers=False)
            listening.listen()  # before any process: a connection that comes early waits for the first
        try:
            keep(
                processes,
                lambda number, ready: _serve(home, inside, listening, number, ready),
                announce=lambda: _announce(home, listening),
                every_second=lambda: _mend(home.postgres) if private else None,
            )
        finally:
            home.address.unlink(missing_ok=True)


@contextlib.contextmanager
def prepared(home: Home, port: int, steps: Steps) -> Generator[bool]:
    """Make everything that serving at `port` needs, and run the private server for the block.

    Yields whether there is a private server: not when every part has a database configured.
    """
    with contextlib.ExitStack() as stack:
        private = home.needs_postgres()
        with steps.step("Keys"):
            home.keys.make()
        if private:
            with steps.step("PostgreSQL"):
                stack.callback(_stop_quietly, home.postgres)
                home.postgres.start()
                home.make_databases()
        home.enter(port)
        os.umask(0o077)  # what the parts write from here on tells about people
        changed = migrate(steps)
        changed |= fill(steps, home if private else None)
        home.forget_owners()
        if private and changed:
            with steps.step("Everything on disk"):
                home.postgres.checkpoint()
        yield private


@contextlib.contextmanager
def at_hand(home: Home, *names: str) -> Generator[Home | None]:
    """Make the databases of the named parts reachable for a command, and put the settings in place.

    Configured addresses are used as they are (then the block gets no home); else the private server of
    `home`, which is started for the block unless `kumppani up` runs it already.
    """
    if not home.needs_postgres(*names):
        yield None
        return
    if not home.exists:
        wanted = ", ".join(f"KUMPPANI_{name.upper()}_DATABASE_URL" for name in names or OWNERS)
        raise SetupError(
            f"No database: set {wanted}, or start the private one in {home.folder} with kumppani up."
        )
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(AlreadyRuns):
            home.postgres.start()
            stack.callback(home.postgres.stop)
        home.enter()
        yield home


def migrate(steps: Steps, *names: str) -> bool:
    """Bring the named databases (all, when none is named) to the newest schema; whether any was not."""
    urls = {name: owner_url(name) for name in names or OWNERS}
    behind = databases.pending(urls)
    for name in behind:
        with steps.step(f"Schema of {name}"):
            databases.migrate(name, urls[name])
    return bool(behind)


def fill(steps: Steps, private: Home | None) -> bool:
    """Fill the demo city in, once, and tell whether it was now.

    One that a crash left half-filled is made anew on the private server. Databases with other data in
    them are left as they are.
    """
    state = databases.demo_state(_url("customers"))
    if state == "filled":
        databases.admit_demo_people(_url("gateway"))  # one of an older version lacks this mark
        return False
    if not state and databases.holds_data(_url("customers")):
        return False
    if state == "filling":
        if private is None:
            raise SetupError(
                "The demo city was left half-filled: empty the configured databases, then start again."
            )
        with steps.step("Half-filled demo city taken away"):
            for name in OWNERS:
                private.postgres.drop_database(name)
            private.make_databases()
        migrate(steps)
    with steps.step("Demo city"):
        from kumppani import city

        databases.mark_demo(owner_url("customers"), "filling")
        urls = {name: _url(name) for name in OWNERS}
        city.fill(urls, today=city.last_morning(utc_now()), progress=steps.within, share=steps.share)
        databases.mark_demo(owner_url("customers"), "filled")
    return True


def owner_url(name: str) -> str:
    """The address by which a part's schema is changed: that of its migrations, else the part's own."""
    return told(f"KUMPPANI_{name.upper()}_MIGRATION_DATABASE_URL") or _url(name)


def _url(name: str) -> str:
    return owner_settings_of(name).database_url.get_secret_value()


def _serve(
    home: Home, inside: AllInOne, listening: socket.socket, number: int, ready: Callable[[], None]
) -> None:
    """Serve as one process of several until told to stop."""
    from chassis.telemetry import configure_logging
    from kumppani.hosts import guarded
    from kumppani.serving import loading, serve

    # What is logged goes to what is standard error now; the terminal is for the person.
    with contextlib.redirect_stderr(LogFile(home.log_of(number))), loading():
        configure_logging(inside.log_level)
        if number == 0:
            inside.add_workers()
    # No asyncio.run: it would wait for a job's thread, which cannot be stopped. Jobs are done again.
    served = guarded(inside, HOST, inside.public_url)
    asyncio.Runner().run(
        serve(
            served,
            listening,
            running=inside.running,
            announce=ready,
            busy=lambda: inside.places.busy,
            full=lambda: inside.places.full,
            refuse=inside.refuse,
        )
    )


def _announce(home: Home, listening: socket.socket) -> None:
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    home.address.write_text(f"{address}\n")
    sys.stdout.write(
        f"Kumppani is at {address}\n"
        "Sign in there as a person of the demo city (for the JSON API: "
        f"{_command()} token contract-contact --var {shlex.quote(str(home.folder))})\n"
        "Stop it with Ctrl-C\n"
    )
    sys.stdout.flush()


def _command() -> str:
    """The command line as one may paste it in any folder."""
    beside = Path(sys.executable).with_name("kumppani")
    return shlex.quote(str(beside)) if beside.exists() else f"{shlex.quote(sys.executable)} -m kumppani"


def _mend(postgres: PrivatePostgres) -> None:
    """Start the private server again when it ended without us (killed, out of memory)."""
    if postgres.pid is None:
        log.error("postgres.ended", log=str(postgres.log))
        try:
            postgres.start()
        except SetupError as error:
            log.error("postgres.not_started", error=str(error))


def _stop_quietly(postgres: PrivatePostgres) -> None:
    """Stop the server; another Ctrl-C meanwhile changes nothing."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    postgres.stop()
