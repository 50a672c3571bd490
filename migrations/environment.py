"""What the ``env.py`` of every chain does: find the address, set time limits, run or print the steps."""

from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from sqlalchemy.engine import make_url
from sqlmodel.sql.sqltypes import AutoString

from chassis.settings import told

FOLDER = Path(__file__).parent
NAMES = ("customers", "contracts", "feedback", "gateway")
JOB_QUEUE = "procrastinate_"
"""Tables, types and functions of the job queue: their DDL is the library's, not drift of ours."""
TIMEOUTS = ("set lock_timeout = '4s'", "set statement_timeout = '10min'")
"""A migration that cannot get its lock soon gives up, instead of stopping everybody who comes after it."""


class NothingBefore(Exception):
    """The first step of a chain is not taken back: it would drop everything there is."""

    def __init__(self) -> None:
        super().__init__("There is nothing before the first step. To begin anew, drop the database.")


def config(name: str, url: str) -> Config:
    """Return Alembic's configuration of one chain for an address."""
    settings = Config(str(FOLDER.parent / "alembic.ini"), ini_section=name)
    settings.set_section_option(name, "script_location", str(FOLDER / name))
    settings.attributes["url"] = url
    return settings


def run(name: str, metadata: sa.MetaData) -> None:
    """Run the chain for the metadata; called by ``migrations/<name>/env.py``."""
    options: dict[str, Any] = {  # Any: Alembic's own options
        "target_metadata": metadata,
        "include_object": _ours,
        "render_item": _plain_types,
        "compare_type": True,
        "compare_server_default": False,
        "transaction_per_migration": True,
    }
    if context.is_offline_mode():
        context.configure(
            dialect_name="postgresql", literal_binds=True, dialect_opts={"paramstyle": "named"}, **options
        )
        context.run_migrations()
        return
    engine = sa.create_engine(
        make_url(_address(name)).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool
    )
    with engine.connect() as connection:
        for limit in TIMEOUTS:
            connection.exec_driver_sql(limit)
        connection.commit()
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def _address(name: str) -> str:
    variable = f"KUMPPANI_{name.upper()}_DATABASE_URL"
    of_migrations = variable.replace("DATABASE_URL", "MIGRATION_DATABASE_URL")
    found = context.config.attributes.get("url") or told(of_migrations) or told(variable)
    if not found:
        raise SystemExit(f"Set {variable} or {variable}_FILE to the database of {name}.")
    return str(found)


def _ours(_: object, name: str | None, kind: str, __: bool, ___: object) -> bool:
    return not (kind == "table" and (name or "").startswith(JOB_QUEUE))


def _plain_types(kind: str, item: object, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write SQLModel's column types as plain SQLAlchemy ones, so that a migration imports nothing of ours."""
    if kind != "type":
        return False
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    name = type(item).__name__
    if name == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    if name == "XID8":
        autogenerate.imports.add("from chassis.tables import XID8")
        return "XID8()"
    return False
