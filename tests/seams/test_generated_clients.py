"""A client that is generated from the document does the main job against a running gateway."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import uvicorn

from tests.seams.city import City

GENERATED = Path(__file__).with_name("generated")
TOOLS = Path(sys.prefix) / "generators"
"""The generator lives apart: it needs other versions of our own packages."""


@pytest.fixture(scope="module")
def address(city: City) -> Iterator[str]:
    """The gateway at a free port, in the loop that the city lives in."""
    assert city.client.portal is not None
    server = uvicorn.Server(uvicorn.Config(city.gateway, lifespan="off", log_config=None, access_log=False))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        served = city.client.portal.start_task_soon(server.serve, [listening])
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        served.result()


def generator() -> Path:
    """The generator's Python, installed once for each version of its lock."""
    lock = GENERATED / "requirements.lock"
    place = TOOLS / sha256(lock.read_bytes()).hexdigest()[:12]
    python = place / "bin" / "python"
    if not (place / "ready").exists():
        run(sys.executable, "-m", "uv", "venv", "-q", "--clear", place)
        run(
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "--python",
            python,
            "-r",
            lock,
        )
        (place / "ready").touch()
    return python


def run(*arguments: object, **more: Path) -> str:
    """Run a command; its words are shown when it fails."""
    done = subprocess.run(
        [str(each) for each in arguments], capture_output=True, text=True, check=False, **more
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_client_made_by_openapi_python_client_does_the_main_job(
    city: City, address: str, tmp_path: Path
) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(city.client.get("/api/v1/openapi.json").json()), "utf-8")
    (tmp_path / "config.json").write_text(
        json.dumps({"package_name_override": "kumppani_client", "post_hooks": []}), "utf-8"
    )
    python = generator()
    said = run(
        python.with_name("openapi-python-client"), "generate", "--meta", "none", "--path", document,
        "--config", tmp_path / "config.json", "--output-path", tmp_path / "kumppani_client",
    )  # fmt: skip
    assert "will not be generated" not in said
    (tmp_path / "main_job.py").write_text((GENERATED / "main_job.py").read_text("utf-8"), "utf-8")
    tokens = [
        city.as_(who)["Authorization"].removeprefix("Bearer ") for who in ("school-head", "handler", "admin")
    ]

    run(python, "main_job.py", address, *tokens, cwd=tmp_path)
