"""Clients that are generated from the document do the main job against a running gateway."""

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import uvicorn

from tests.seams.city import City

GENERATED = Path(__file__).with_name("generated")
TOOLS = Path(sys.prefix) / "generators"
"""The generators live apart: they need other versions of our own packages."""


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


def kept(lock: Path, install: Callable[[Path], object]) -> Path:
    """Return the place of a generator, installed once for each version of its lock."""
    place = TOOLS / sha256(lock.read_bytes()).hexdigest()[:12]
    if not (place / "ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        install(place)
        (place / "ready").touch()
    return place


def commands() -> Path:
    """The folder of Python, openapi-python-client, node and npm."""
    lock = GENERATED / "requirements.lock"

    def install(place: Path) -> None:
        uv = (sys.executable, "-m", "uv")
        run(*uv, "venv", "-q", place)
        run(*uv, "pip", "install", "-q", "--require-hashes", "--python", place / "bin/python", "-r", lock)

    return kept(lock, install) / "bin"


def node_modules() -> Path:
    """The folder of openapi-typescript, its client and the compiler."""
    lock = GENERATED / "package-lock.json"

    def install(place: Path) -> None:
        place.mkdir(parents=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(GENERATED / name, place)
        run(commands() / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=place)

    return kept(lock, install) / "node_modules"


def run(*arguments: object, **more: Path) -> str:
    """Run a command; its words are shown when it fails."""
    done = subprocess.run(
        [str(each) for each in arguments], capture_output=True, text=True, check=False, **more
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def write_document(city: City, folder: Path) -> Path:
    document = folder / "openapi.json"
    document.write_text(json.dumps(city.client.get("/api/v1/openapi.json").json()), "utf-8")
    return document


def tokens(city: City, *people: str) -> list[str]:
    return [city.as_(who)["Authorization"].removeprefix("Bearer ") for who in people]


def test_a_client_made_by_openapi_python_client_does_the_main_job(
    city: City, address: str, tmp_path: Path
) -> None:
    document = write_document(city, tmp_path)
    (tmp_path / "config.json").write_text(
        json.dumps({"package_name_override": "kumppani_client", "post_hooks": []}), "utf-8"
    )
    python = commands() / "python"
    said = run(
        python.with_name("openapi-python-client"), "generate", "--meta", "none", "--path", document,
        "--config", tmp_path / "config.json", "--output-path", tmp_path / "kumppani_client",
    )  # fmt: skip
    assert "will not be generated" not in said
    (tmp_path / "main_job.py").write_text((GENERATED / "main_job.py").read_text("utf-8"), "utf-8")

    run(python, "main_job.py", address, *tokens(city, "school-head", "handler", "admin"), cwd=tmp_path)


def test_a_client_made_by_openapi_typescript_does_the_main_job(
    city: City, address: str, tmp_path: Path
) -> None:
    document = write_document(city, tmp_path)
    for name in ("main_job.ts", "tsconfig.json", "package.json"):
        shutil.copy(GENERATED / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(node_modules())
    node, tools = commands() / "node", node_modules() / ".bin"
    # A field with a default may be left out of a request.
    made = ("--default-non-nullable", "false", "--output", tmp_path / "client.ts")
    run(node, tools / "openapi-typescript", document, *made)
    run(node, tools / "tsc", "--project", tmp_path)

    run(node, "main_job.js", address, *tokens(city, "school-head", "handler"), cwd=tmp_path)
