"""How tests start commands of ours: from the project's root, told nothing but what the test says."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(**settings: str) -> dict[str, str]:
    """The environment without anything that tells Kumppani what to do, and with what is given."""
    ours = ("KUMPPANI_", "PORT", "VAR", "HOST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "KUMPPANI_PROCESSES": "1", **settings}
