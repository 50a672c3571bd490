"""Finds Chromium for the browser tests; as a command it also installs one when there is none.

The system's comes first, then one from apt when we are root, then Playwright's own, else a clear failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
"""Switches under which Chromium runs in a container and talks to nobody but us."""
_PATIENT = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "-q")
"""Waits up to five minutes for another installation on this machine; by itself apt fails at once."""
APT = (
    (*_PATIENT, "update"),
    (*_PATIENT, "install", "-y", "--no-install-recommends", "chromium"),
)


def chromium() -> str | None:
    """The path of a Chromium: the one that CHROMIUM names, the system's, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    return _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in APT:
            subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        if chromium():
            return
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], stdout=subprocess.DEVNULL, check=False
    )


def main() -> None:
    """Make sure of a Chromium, or end with what to do."""
    if chromium() is None:
        sys.stderr.write("Installing Chromium for the browser tests …\n")
        _install()
    if chromium() is None:
        sys.exit(
            "No Chromium for the browser tests: install it (apt install chromium), "
            "or name one with CHROMIUM=/path/to/chromium."
        )


if __name__ == "__main__":
    main()
