"""The calendar in the hands of vdirsyncer and khal, over HTTP on this machine."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.services.contracts.world import World

BIN = Path(sys.executable).parent
CONFIG = """
[general]
status_path = "{folder}/status"

[pair clock]
a = "service"
b = "local"
collections = null
conflict_resolution = "a wins"

[storage service]
type = "http"
url = "{url}"

[storage local]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[clock]]
path = {folder}/calendar
readonly = True

[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M

[sqlite]
path = {folder}/khal.db
"""


@pytest.fixture
def served(world: World) -> Iterator[str]:
    """Serve the service's calendar on 127.0.0.1, and return the address of a fresh link."""
    path = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201)["path"].removeprefix("/api")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = world.client.get(self.path)
            self.send_response(answer.status_code)
            for name in ("content-type", "etag"):
                self.send_header(name, answer.headers[name])
            self.send_header("content-length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}{path}"
        server.shutdown()
        thread.join()


def run(program: str, *arguments: str, folder: Path) -> str:
    """Run a calendar program and return what it says on both channels; it has to succeed."""
    environment = {"HOME": str(folder), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "Europe/Helsinki"}
    done = subprocess.run(
        [BIN / program, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_vdirsyncer_and_khal_take_the_calendar_without_complaint(
    world: World, served: str, tmp_path: Path
) -> None:
    milestones = world.clock()
    (tmp_path / "calendar").mkdir()
    (tmp_path / "vdirsyncer").write_text(CONFIG.format(folder=tmp_path, url=served))
    (tmp_path / "khal").write_text(KHAL.format(folder=tmp_path))
    run("vdirsyncer", "-c", f"{tmp_path}/vdirsyncer", "discover", folder=tmp_path)
    said = run("vdirsyncer", "-c", f"{tmp_path}/vdirsyncer", "sync", folder=tmp_path)
    assert "error" not in said.lower()
    assert "warning" not in said.lower()
    assert len(list((tmp_path / "calendar").glob("*.ics"))) == 11

    again = run("vdirsyncer", "-c", f"{tmp_path}/vdirsyncer", "sync", folder=tmp_path)
    assert "Copying" not in again

    body = {"due": "2026-03-25", "reason": "Kokous 25.3."}
    world.ask(world.account_manager, "POST", f"/milestones/{milestones[0]['id']}/move", body)
    changed = run("vdirsyncer", "-c", f"{tmp_path}/vdirsyncer", "sync", folder=tmp_path)
    assert changed.count("Copying") == 1

    seen = run(
        "khal", "-c", f"{tmp_path}/khal", "list", "--format", "{start-date} {end-date} {title}",
        "--day-format", "", "2026-01-01", "2027-01-01", folder=tmp_path,
    )  # fmt: skip
    lines = sorted(line for line in seen.splitlines() if line.strip())
    assert len(lines) == 11
    assert lines[0] == "2026-03-25 2026-03-25 TA 2027 sopimusvalmistelu 1"
    assert lines[-1] == "2026-12-31 2026-12-31 Palvelusopimukset 2027 allekirjoitettu"
