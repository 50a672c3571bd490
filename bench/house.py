"""A Kumppani of our own to measure: a private durable PostgreSQL, the demo city, parts as real processes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
import psutil  # type: ignore[import-untyped]  # ships no types
from pydantic import SecretStr

from chassis.actors import Actor, ActorSigner
from chassis.clock import utc_now
from gateway.sessions.directory import ITSELF, Profile
from kumppani import city, databases
from kumppani.binaries import choose
from kumppani.home import Home
from kumppani.machine import free_port
from kumppani.parts import OWNERS
from services.feedback.settings import FeedbackSettings

ROOT = Path(__file__).parents[1]
CITY_CASES = 60
"""The city's own; the loader brings the others."""
PEOPLE = ("handler", "school-head", "contract-contact", "account-manager")
_SECONDS = 120.0
Json = dict[str, Any]  # Any: JSON


class Server:
    """A process that answers at a port of this machine."""

    def __init__(self, name: str, command: list[str], settings: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._name = name
        self._log = log
        with log.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *(each.format(port=self.port) for each in command)],
                cwd=ROOT,
                env=dict(settings),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def wait(self) -> None:
        """Wait until it can work."""
        give_up = time.monotonic() + _SECONDS
        while True:
            if self.process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"{self._name} did not start: {self._log.read_text()[-2000:]}")
            try:
                if httpx2.get(f"{self.url}/health/ready", trust_env=False, timeout=5).is_success:
                    return
            except httpx2.TransportError:
                time.sleep(0.05)

    def tree(self) -> list[psutil.Process]:
        """Return all its processes: the one that was started and those that this one keeps."""
        return tree(self.process.pid)

    def signal(self, number: signal.Signals) -> None:
        """Send all its processes a signal."""
        for each in self.tree():
            with suppress(psutil.NoSuchProcess):
                each.send_signal(number)

    def cpu(self) -> float:
        """Return the seconds that its processes have computed since their start, without analysers of words.

        These come and go: their start would be put upon whatever was measured just then.
        """
        total = 0.0
        for each in self.tree():
            with suppress(psutil.NoSuchProcess):
                if not is_analyser(each):
                    total += float(each.cpu_times().user + each.cpu_times().system)
        return total

    def end(self) -> None:
        """End it as Ctrl-C would, at last by force."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def tree(pid: int) -> list[psutil.Process]:
    """Return a process and all that came of it."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def is_analyser(process: psutil.Process) -> bool:
    """Tell whether it is an analyser of Finnish words: it runs while there are words it was never asked."""
    with suppress(psutil.NoSuchProcess):
        return any("finding.voikko" in each for each in process.cmdline())
    return False


UNLIMITED = {
    "KUMPPANI_GATEWAY_SESSION_RATE": "1000000",
    "KUMPPANI_GATEWAY_SESSION_BURST": "1000000",
    "KUMPPANI_GATEWAY_SESSION_IN_FLIGHT": "1000",
    "KUMPPANI_GATEWAY_SESSION_WAITS": "10000",
}
"""The gateway's limits for one session, out of the way: one measures with few sessions as fast as it goes."""


class House:
    """The server, its databases and what is needed to ask the parts as people of the city."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("KUMPPANI_", "OTEL_")) and name not in {"PORT", "VAR", "HOST"}
        }
        self.signer = ActorSigner("gateway", home.keys.signing("gateway").read_text())
        self.actors: dict[str, Actor] = {}

    @property
    def pgbench(self) -> Path | None:
        """The program beside the server's, if it is there."""
        beside = choose(None).folder / "pgbench"
        found = shutil.which("pgbench")
        return beside if beside.exists() else Path(found) if found else None

    def url(self, database: str) -> str:
        """Return a database's address, as superuser."""
        return self.home.postgres.url(database)

    def settings(self, feedback: str) -> dict[str, str]:
        """Return the environment of parts whose feedback lies in the named database."""
        own = {f"KUMPPANI_{name.upper()}_DATABASE_URL": self.url(name) for name in OWNERS}
        own["KUMPPANI_FEEDBACK_DATABASE_URL"] = self.url(feedback)
        # The schema was made as superuser, so that databases can be cloned.
        own |= {name.replace("_DATABASE", "_MIGRATION_DATABASE"): url for name, url in own.items()}
        return self._environment | UNLIMITED | self.home.settings() | own

    def feedback_settings(self, database: str) -> FeedbackSettings:
        """Return the feedback service's settings for work in this process."""
        return FeedbackSettings(
            database_url=SecretStr(self.url(database)),
            trusted_keys=SecretStr(self.home.keys.trusted.read_text()),
            signing_key=SecretStr(self.home.keys.signing("feedback").read_text()),
        )

    def clone(self, template: str, *names: str) -> None:
        """Make databases like the template, which nobody may be connected to."""
        for name in names:
            self.home.postgres.create_database(name, template)

    @contextmanager
    def served(self, *command: str, feedback: str = "feedback", **more: str) -> Generator[Server]:
        """Run `python -m command` for the block; `{port}` in it is the port to take."""
        name = "-".join(command[:3]).replace("/", "-")
        server = Server(
            name, list(command), self.settings(feedback) | more, self.home.folder / f"{name}.said"
        )
        try:
            server.wait()
            yield server
        finally:
            server.end()

    def service(self, feedback: str) -> Any:  # Any: the context manager above
        """Serve the feedback service alone, by one process as the floors are."""
        command = ("kumppani", "serve", "feedback", "--port", "{port}", "--processes", "1")
        return self.served(*command, feedback=feedback)

    def all_in_one(self, feedback: str) -> Any:  # Any: the context manager above
        """Serve the whole product as a person starts it: by a process a core, workers included."""
        var = str(self.home.folder)
        return self.served("kumppani", "up", "--port", "{port}", "--var", var, feedback=feedback)

    def bearer(self, person: str) -> dict[str, str]:
        """Return the headers by which the feedback service knows a person, for a minute."""
        return {"Authorization": f"Bearer {self.signer.sign(self.actors[person], 'feedback')}"}

    def session(self, server: Server, person: str) -> str:
        """Return the token of a gateway session; a busy product may refuse for a moment."""
        give_up = time.monotonic() + _SECONDS
        while True:
            answer = httpx2.post(
                f"{server.url}/api/v1/sessions", json={"username": person}, trust_env=False, timeout=30
            )
            if answer.status_code != 503 or time.monotonic() > give_up:
                return str(answer.raise_for_status().json()["token"])
            time.sleep(float(answer.headers.get("Retry-After", 1)))

    def session_bearer(self, server: Server, person: str) -> dict[str, str]:
        """Return the headers by which the gateway knows a person who just signed in."""
        return {"Authorization": f"Bearer {self.session(server, person)}"}

    def cookie(self, server: Server, person: str) -> dict[str, str]:
        """Return the headers by which the pages know a person who just signed in."""
        return {"Cookie": f"kumppani_session={self.session(server, person)}"}

    def meet(self) -> None:
        """Ask the customers service who the people are."""
        token = self.signer.sign(ITSELF, "customers")
        with self.served("kumppani", "serve", "customers", "--port", "{port}") as customers:
            for person in PEOPLE:
                answer = httpx2.get(
                    f"{customers.url}/v1/actors/by-username/{person}",
                    headers={"Authorization": f"Bearer {token}"},
                    trust_env=False,
                    timeout=30,
                ).raise_for_status()
                self.actors[person] = Profile.model_validate_json(answer.content).actor()


@contextmanager
def house() -> Generator[House]:
    """Build the house in a temporary folder, fill the demo city, and take everything away after the block."""
    with TemporaryDirectory(prefix="kumppani-bench-") as folder, ExitStack() as stack:
        home = Home(Path(folder))
        home.keys.make()
        stack.enter_context(home.postgres)
        home.make_databases()
        made = House(home)
        urls = {name: made.url(name) for name in OWNERS}
        for name, url in urls.items():
            databases.migrate(name, url)
        city.fill(urls, today=city.last_morning(utc_now()), progress=lambda _: None, count=CITY_CASES)
        databases.mark_demo(urls["customers"], "filled")
        made.meet()
        yield made
