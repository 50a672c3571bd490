"""Deployables and workers as real processes, told by their environment alone, and ended by their own pids."""

import contextlib
import signal
import socket
import subprocess
import sys
from collections.abc import Generator, Mapping
from pathlib import Path

import httpx2

from kumppani.parts import OWNERS, SERVICES
from tests.actors import private_jwk, trusted_keys
from tests.support.processes import ROOT, environment
from tests.support.waiting import until


class Process:
    """`kumppani …` as a process of its own; what it says goes to a file."""

    def __init__(self, name: str, arguments: list[str], settings: Mapping[str, str], folder: Path) -> None:
        self.name = name
        self.said = folder / f"{name}.log"
        self._command = [sys.executable, "-m", "kumppani", *arguments]
        self._environment = environment(**settings)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The number of the process that was started last."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it; it is not ready yet."""
        with self.said.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """End it as a power cut would (kill -9)."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def hang(self) -> None:
        """Let it take calls and answer none (SIGSTOP)."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Wake it from `hang`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        """End it for good, whatever state it is in."""
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def check_alive(self) -> None:
        """Fail with its last words when it ended by itself."""
        assert self._process is not None
        code = self._process.poll()
        assert code is None, f"{self.name} ended with {code}: {self.said.read_text()[-3000:]}"


class Part(Process):
    """A deployable that is served at a port of this machine."""

    def __init__(self, name: str, port: int, settings: Mapping[str, str], folder: Path) -> None:
        super().__init__(name, ["serve", name, "--port", str(port)], settings, folder)
        self.url = f"http://127.0.0.1:{port}"

    def is_ready(self) -> bool:
        """Whether it says that it can work."""
        self.check_alive()
        try:
            return httpx2.get(f"{self.url}/health/ready", trust_env=False, timeout=5).is_success
        except httpx2.TransportError:
            return False

    def wait(self) -> None:
        """Wait until it can work."""
        until(self.is_ready, f"{self.name} at {self.url}")


def worker(name: str, settings: Mapping[str, str], folder: Path, *, number: int = 1) -> Process:
    """The worker of a service; several may run at once."""
    return Process(f"{name}-worker-{number}", ["worker", name], settings, folder)


@contextlib.contextmanager
def ended(*processes: Process) -> Generator[None]:
    """End the processes when the block is left, also by a failure."""
    try:
        yield
    finally:
        for process in processes:
            process.end()


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 where nobody listens, each another."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def settings_of(name: str, **more: str) -> dict[str, str]:
    """The environment of one part in demo mode with the keys of the tests; `more` without the prefix."""
    known = {"DEMO": "true", **more}
    if name in OWNERS:
        known["SIGNING_KEY"] = private_jwk(name)
    if name in SERVICES:
        known["TRUSTED_KEYS"] = trusted_keys()
    return {f"KUMPPANI_{name.upper()}_{key}": value for key, value in known.items()}
