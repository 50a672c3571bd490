"""`kumppani up` as a person uses it: started, used, stopped, killed, started again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from kumppani.client import PEOPLE
from kumppani.machine import inhabitants, wait_until
from tests.support.city import copy_of_the_city
from tests.support.memory import a_quick_folder
from tests.support.processes import environment
from tests.system.rush import rush


class Running:
    """A `kumppani up` under way."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.settings = environment(VAR=str(var), PORT=str(port), KUMPPANI_PROCESSES="2")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kumppani", "up"],
            env=self.settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._said: list[str] = []

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.process.communicate()
        try:
            return httpx2.get(f"{self.address}/health/ready", trust_env=False, timeout=5).is_success
        except httpx2.TransportError:
            return False

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Another command beside it, with the same environment."""
        command = [sys.executable, "-m", "kumppani", *arguments]
        return subprocess.run(
            command, env=self.settings, capture_output=True, text=True, check=False, timeout=60
        )

    def said(self) -> list[str]:
        """What is said on standard output when it is ready."""
        assert self.process.stdout
        while not self._said or "Ctrl-C" not in self._said[-1]:
            self._said.append(self.process.stdout.readline().rstrip("\n"))
        return self._said

    def end(self, how: signal.Signals) -> tuple[int, str]:
        """Exit code, and what was said on standard output after it was ready."""
        self.said()
        self.process.send_signal(how)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def processes(self) -> set[int]:
        return inhabitants(self.var / "postgres" / "data")


@contextmanager
def up(var: Path) -> Generator[Running]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Running(var, port)
    try:
        assert wait_until(running.is_ready, 120), running.process.poll()
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.communicate()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that outlives one start, with the demo city in it."""
    with a_quick_folder("kumppani-up-") as folder:
        yield copy_of_the_city(tmp_path_factory, folder / "var")


@pytest.fixture(scope="module")
def city(var: Path) -> Iterator[Running]:
    with up(var) as running:
        yield running


def test_every_part_is_ready(city: Running) -> None:
    workers = {f"{name}-worker" for name in ("customers", "contracts", "feedback")}
    seen: set[str] = set()

    def all_told() -> bool:
        """One of the two processes has the workers, and either may answer."""
        answer = httpx2.get(f"{city.address}/health/ready", trust_env=False)
        assert answer.status_code == 200
        assert {"customers", "contracts", "feedback", "gateway", "web"} <= set(answer.json()["parts"])
        seen.update(answer.json()["parts"])
        return workers <= seen

    assert wait_until(all_told, 30)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the threads of another process")
def test_what_is_forked_has_no_thread_but_its_first(city: Running) -> None:
    assert len(list(Path(f"/proc/{city.process.pid}/task").iterdir())) == 1


def test_pages_and_json_answer_at_one_port_and_services_do_not(city: Running) -> None:
    assert "<html" in httpx2.get(city.address, trust_env=False, follow_redirects=True).text
    assert httpx2.get(f"{city.address}/api/v1/openapi.json", trust_env=False).json()["info"]
    assert httpx2.get(f"{city.address}/api/v1/cases", trust_env=False).status_code == 401
    assert httpx2.get(f"{city.address}/v1/cases", trust_env=False).status_code == 404


def test_metrics_tell_the_parts_apart(city: Running) -> None:
    assert httpx2.get(f"{city.address}/metrics", trust_env=False).status_code == 401
    token = (city.var / "keys" / "metrics-token").read_text()
    bearer = {"Authorization": f"Bearer {token}"}
    text = httpx2.get(f"{city.address}/metrics", headers=bearer, trust_env=False).text
    assert 'part="feedback"' in text
    assert text.count("# TYPE http_server_request_duration_seconds ") == 1


@pytest.mark.parametrize("person", PEOPLE)
def test_each_demo_person_gets_a_token_that_the_gateway_believes(city: Running, person: str) -> None:
    # As `kumppani token` asks, without a process for each person.
    opened = httpx2.post(f"{city.address}/api/v1/sessions", json={"username": person}, trust_env=False)
    assert opened.status_code == 201
    assert is_believed(city, opened.json()["token"])


def test_the_command_line_prints_a_token_that_the_gateway_believes(city: Running) -> None:
    done = city.run("token", "integration")
    assert done.returncode == 0, done.stderr
    assert is_believed(city, done.stdout.rstrip("\n"))


def is_believed(city: Running, token: str) -> bool:
    bearer = {"Authorization": f"Bearer {token}"}
    return httpx2.get(f"{city.address}/api/v1/me", headers=bearer, trust_env=False).status_code == 200


def test_sixty_reads_at_once_beside_words_and_other_reads_are_all_answered(city: Running) -> None:
    bearer = {"Authorization": f"Bearer {city.run('token', 'school-head').stdout.strip()}"}
    sites = httpx2.get(f"{city.address}/api/v1/sites", headers=bearer, trust_env=False).json()["items"]
    word = {
        "site_id": sites[0]["id"],
        "kind": "complaint",
        "service": "meals",
        "subject": "Keitto oli kylmää",
        "description": "Keitto oli kylmää.",
        "channel": "web",
    }
    counted = rush(city.address, reader="management", reporter="school-head", word=word)

    assert set(counted) == {("read", 200), ("word", 201), ("other", 200)}


def test_bringing_people_into_a_demo_city_says_what_it_is(city: Running, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name;title;email;phone;username\n", encoding="utf-8")

    done = city.run("import", str(file), "--kind", "people", "--dry-run")

    assert "This is a demo city" in done.stderr


def test_another_name_for_this_machine_is_not_answered(city: Running) -> None:
    forged = {"Host": f"evil.example:{city.port}", "Origin": f"http://evil.example:{city.port}"}
    answer = httpx2.post(
        f"{city.address}/api/v1/sessions", json={"username": "admin"}, headers=forged, trust_env=False
    )

    assert answer.status_code == 421


def test_a_request_whose_head_never_ends_is_cut_off(city: Running) -> None:
    with socket.create_connection(("127.0.0.1", city.port), timeout=30) as connection:
        connection.sendall(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            connection.sendall(b"a" * 20_000_000)


@pytest.mark.parametrize("port", [(), ("--port", "8197")], ids=["same-port", "other-port"])
def test_a_second_start_on_the_folder_says_in_one_line_where_it_runs(
    city: Running, port: tuple[str, ...]
) -> None:
    done = city.run("up", *port)
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        f"kumppani: Kumppani already runs at {city.address} on {city.var} (process {city.process.pid}): "
        "stop it first with Ctrl-C, or choose another folder with VAR=/some/folder."
    ]


def test_the_doctor_finds_a_running_house_well(city: Running) -> None:
    done = city.run("doctor")
    assert done.returncode == 0, done.stdout
    assert "fault" not in done.stdout


def test_a_killed_database_comes_back_by_itself(city: Running) -> None:
    leader = int((city.var / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(leader, signal.SIGKILL)
    assert wait_until(lambda: leader not in city.processes(), 20)
    assert wait_until(city.is_ready, 30)


def test_the_hint_for_a_token_works_as_it_stands_from_any_folder(city: Running, tmp_path: Path) -> None:
    hint = next(line for line in city.said() if "JSON API" in line)
    pasted = hint.partition("JSON API: ")[2].removesuffix(")")
    done = subprocess.run(
        pasted, shell=True, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert is_believed(city, done.stdout.strip())


class TestEnding:
    """In this order: the city is stopped, started, killed and started again."""

    def test_ctrl_c_ends_open_streams_within_three_seconds_and_leaves_no_process(self, city: Running) -> None:
        token = city.run("token", "integration").stdout.strip()
        with (
            _wait_for_news(city.port, token, seconds=3) as one,
            _wait_for_news(city.port, token, seconds=3) as other,
        ):
            assert city.is_ready()
            code, said = city.end(signal.SIGINT)
            # Had stopping taken three seconds, the streams would have come to their own end: a 200.
            assert not _is_answered(one)
            assert not _is_answered(other)
        assert code == 0
        assert city.processes() == set()
        assert said == ""
        lines = city.said()
        assert len(lines) == 3
        assert city.address in lines[0]
        assert "Ctrl-C" in lines[2]

    def test_the_second_start_makes_nothing_anew_and_a_killed_one_leaves_its_data(self, var: Path) -> None:
        with up(var) as running:
            running.process.kill()
            _, told = running.process.communicate()
            assert "Schema" not in told
            assert "Demo city" not in told
        with up(var) as running:
            assert running.run("token", "school-head").returncode == 0
            code, _ = running.end(signal.SIGTERM)
            assert code == 0
            assert running.processes() == set()
            for log in (var / "log", var / "log-2"):
                assert "process.failed" not in log.read_text()


def _wait_for_news(port: int, token: str, *, seconds: int) -> socket.socket:
    """Begin to wait for events, beyond all that there are."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(
        f"GET /api/v1/events?after=now&wait={seconds} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {token}\r\n\r\n".encode()
    )
    return connection


def _is_answered(connection: socket.socket) -> bool:
    try:
        return connection.recv(64).startswith(b"HTTP/1.1 200")
    except ConnectionResetError:
        return False
