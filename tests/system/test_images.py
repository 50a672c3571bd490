"""Each image holds enough: the app starts from a folder with only what its Dockerfile copies."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
KINDS = [
    ("service.Dockerfile", "services.customers", {"SERVICE": "customers"}),
    ("service.Dockerfile", "services.contracts", {"SERVICE": "contracts"}),
    ("service.Dockerfile", "services.feedback", {"SERVICE": "feedback"}),
    ("gateway.Dockerfile", "gateway", {}),
    ("web.Dockerfile", "web", {}),
]
# Libraries import these when they happen to be installed, and do without otherwise.
OPPORTUNISTIC = {
    "rich",
    "pygments",
    "markdown-it-py",
    "mdurl",
    "psutil",
    "greenlet",
    "python-multipart",
    "attrs",
    "pytz",
}
# Imports everything of the image and names the installed packages that this took.
PROBE = """
import importlib, importlib.metadata, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
owners = importlib.metadata.packages_distributions()
tops = {name.partition(".")[0] for name in sys.modules}
found = {owner.lower() for top in tops for owner in owners.get(top, [])}
print(*sorted(name.replace("_", "-").replace(".", "-") for name in found))
"""


def unpack(dockerfile: str, arguments: dict[str, str], folder: Path) -> None:
    """Copy into the folder what the last stage of the Dockerfile copies from the repository."""
    last_stage = re.split(r"^FROM ", (DOCKER / dockerfile).read_text("utf-8"), flags=re.MULTILINE)[-1]
    for source, target in re.findall(r"^COPY ([^-\s]\S*) (\S+)$", last_stage, flags=re.MULTILINE):
        for name, value in arguments.items():
            source, target = source.replace(f"${{{name}}}", value), target.replace(f"${{{name}}}", value)
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            # With what Python compiled of it before: it counts only beside the very source it was made of.
            shutil.copytree(ROOT / source, folder / target)
        else:
            shutil.copy(ROOT / source, folder / target)


def locked(lock: str) -> set[str]:
    """Return the names of the packages that an image installs."""
    return set(re.findall(r"^([a-z0-9-]+)==", (DOCKER / lock).read_text("utf-8"), flags=re.MULTILINE))


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the folder and the installed packages on its path, without the repository."""
    path = os.pathsep.join([str(folder), sysconfig.get_path("purelib")])
    return subprocess.run(
        [sys.executable, "-S", *arguments],
        cwd=folder,
        env={"PYTHONPATH": path, "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("dockerfile", "package", "arguments"), KINDS, ids=[kind[1] for kind in KINDS])
def test_every_module_of_an_image_imports_from_the_image_alone(
    dockerfile: str, package: str, arguments: dict[str, str], tmp_path: Path
) -> None:
    unpack(dockerfile, arguments, tmp_path)
    packages = [package] if package == "web" else [package, "chassis"]
    done = python(tmp_path, "-c", PROBE, *packages)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) - OPPORTUNISTIC <= locked(
        "web.lock" if package == "web" else "service.lock"
    )
    assert not (tmp_path / "kumppani").exists()


def test_the_pages_need_no_database_library(tmp_path: Path) -> None:
    unpack("web.Dockerfile", {}, tmp_path)
    done = python(
        tmp_path, "-c", "import web.app, sys; print('sqlalchemy' in sys.modules, 'psycopg' in sys.modules)"
    )
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_compose_runs_each_part_with_its_schema_made_first() -> None:
    services = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))["services"]
    for owner in ("customers", "contracts", "feedback", "gateway"):
        assert services[f"{owner}-migrate"]["command"] == ["alembic", "-n", owner, "upgrade", "head"]
        assert services[owner]["depends_on"] == {
            f"{owner}-migrate": {"condition": "service_completed_successfully"}
        }
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
    published = [name for name, service in services.items() if "ports" in service]
    assert published == ["web"]


def test_each_part_reaches_only_what_it_calls() -> None:
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))
    reached = {name: set(service["networks"]) for name, service in compose["services"].items()}
    assert reached["web"] == {"pages"}
    assert reached["gateway"] == {"pages", "services", "database"}
    assert reached["postgres"] == {"database"}
    for name, networks in reached.items():
        if name not in ("web", "gateway", "postgres"):
            assert networks == ({"database"} if name.endswith("-migrate") else {"services", "database"})
    leading_out = [name for name, network in compose["networks"].items() if not network.get("internal")]
    assert leading_out == ["pages"]


def test_the_gateway_believes_web_and_nobody_else_for_whom_it_asks() -> None:
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))
    network = compose["networks"]["pages"]["ipam"]["config"][0]
    gateway, web = (compose["services"][name]["environment"] for name in ("gateway", "web"))
    assert gateway["KUMPPANI_GATEWAY_TRUSTED_PROXIES"] == network["subnet"]
    assert gateway["KUMPPANI_GATEWAY_TRACED_CALLERS"] == network["subnet"]
    assert web["FORWARDED_ALLOW_IPS"] == network["gateway"]


def test_only_migrations_are_given_the_role_that_owns_the_tables() -> None:
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))
    for name, service in compose["services"].items():
        owning = [secret for secret in service.get("secrets", []) if "_owner_" in secret]
        if name.endswith("-migrate"):
            assert owning == service["secrets"] == [f"{name.removesuffix('-migrate')}_owner_database_url"]
        elif name != "postgres":
            assert owning == []


def test_every_container_is_bounded_and_gains_no_rights() -> None:
    for name, service in yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))["services"].items():
        assert service["mem_limit"], name
        assert service["pids_limit"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["read_only"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


@pytest.mark.parametrize("service", ["customers", "contracts", "feedback"])
def test_the_steps_of_a_schema_import_from_the_image_alone(service: str, tmp_path: Path) -> None:
    unpack("service.Dockerfile", {"SERVICE": service}, tmp_path)
    versions = sorted((tmp_path / "migrations" / service / "versions").glob("0*.py"))
    load = "import runpy, sys; [runpy.run_path(step) for step in sys.argv[1:]]"
    done = python(tmp_path, "-c", load, *map(str, versions))
    assert done.returncode == 0, done.stderr


def test_the_builder_gets_no_data_and_no_secrets() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert "*" in lines
    copied = {
        source.partition("/")[0]
        for dockerfile in DOCKER.glob("*Dockerfile")
        for source in re.findall(r"^COPY ([^-\s]\S*) ", dockerfile.read_text("utf-8"), flags=re.MULTILINE)
    }
    assert copied == {each.partition("/")[0] for each in allowed}
    assert not {"var", "docker", "docker/secrets", ".git"} & allowed


def test_no_image_runs_as_root() -> None:
    for dockerfile in DOCKER.glob("*.Dockerfile"):
        last_stage = dockerfile.read_text("utf-8").split("FROM ")[-1]
        assert "USER 10001" in last_stage
