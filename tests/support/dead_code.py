"""Finds functions, methods, properties and classes that nothing of the product uses, by vulture.

Names that templates use count as used; so does what a framework calls. What only the tests use is dead.
Fields of models and settings are left out: they are read by their wire names.
"""

import re
import sys
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[2]
CODE = ("chassis", "trade", "services", "gateway", "web", "migrations", "kumppani", "bench")
CALLED_BY_FRAMEWORKS = (
    "@router.*",
    "@*_router.*",
    "@app.*",
    "@jobs.*",
    "@*.periodic",
    "@*.task",
    "@*validator",
    "@*serializer",
    "@declared_attr*",
    "@event.listens_for",
)
NAMES_OF_FRAMEWORKS = (
    "__*__",
    "apply_compression",  # starlette
    "generate_span_id",  # opentelemetry
    "generate_trace_id",
    "capture_signals",  # uvicorn
    "collect",  # prometheus
    "create_database",  # for tests: databases cloned from a template
    "catch_up",  # for tests: a listener that does not wait
    "heard",  # for tests: the bell is listening
    "handle_async_request",  # httpx2
    "downgrade",  # alembic
    "force_exit",  # uvicorn
    "get_col_spec",  # sqlalchemy
    "get_field_value",  # pydantic-settings
    "settings_customise_sources",
    "VendorHook",  # hatchling
    "initialize",
    "globals",  # jinja
    "load_bytecode",
    "dump_bytecode",
)
FAULTS_OF = {"function", "method", "property", "class", "import", "attribute"}


def main() -> None:
    """List the dead code; exit code 1 when there is any."""
    vulture = Vulture(ignore_names=NAMES_OF_FRAMEWORKS, ignore_decorators=CALLED_BY_FRAMEWORKS)
    vulture.scavenge(
        [str(ROOT / part) for part in CODE if (ROOT / part).exists()], exclude=["*/node_modules/*"]
    )
    in_templates = set(
        re.findall(
            r"\w+",
            "\n".join(page.read_text() for page in (ROOT / "web" / "templates").rglob("*") if page.is_file()),
        )
    )
    quoted = set(re.findall(r"\"(\w+)\"", "\n".join(_sources())))
    dead = [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno}: unused {item.typ} {item.name}"
        for item in vulture.get_unused_code()
        if item.typ in FAULTS_OF and item.name not in in_templates and item.name not in quoted
    ]
    if dead:
        sys.exit("\n".join(dead))
    sys.stdout.write("Everything is used.\n")


def _sources() -> list[str]:
    """The text of the code: a type may be named in quotes only."""
    return [
        file.read_text()
        for part in CODE
        for file in (ROOT / part).rglob("*.py")
        if "node_modules" not in file.parts
    ]


if __name__ == "__main__":
    main()
