"""Prints the installed packages that a lock does not name: `python left_over.py requirements.lock`.

It runs by its path while an environment is made, when nothing but Python is sure to be there.
"""

import re
import sys
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

_OURS = frozenset({"kumppani", "pip"})
"""Installed beside the lock: the product itself, and what installs."""


def left_over(lock: str, installed: Iterable[str]) -> list[str]:
    """Return the installed packages that the lock does not name, in the order of their names."""
    named = {_canonical(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)==", lock, re.MULTILINE)}
    return sorted({_canonical(name) for name in installed} - named - _OURS)


def _canonical(name: str) -> str:
    """Return a package's name as it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _main() -> None:
    lock = Path(sys.argv[1]).read_text(encoding="utf-8")
    sys.stdout.write(
        "".join(f"{name}\n" for name in left_over(lock, (each.name for each in distributions())))
    )


if __name__ == "__main__":
    _main()
