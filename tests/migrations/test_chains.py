"""Each chain of migrations: whole, reversible, without drift, and safe to run while the old code serves."""

import asyncio
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from chassis.database import Database
from kumppani.postgres import PrivatePostgres
from migrations import environment

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=environment.NAMES)
def chain(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def tables(url: str) -> set[str]:
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    names = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    return names


@pytest.fixture
def empty(postgres: PrivatePostgres, chain: str) -> str:
    name = f"empty_{chain}"
    postgres.drop_database(name)
    postgres.create_database(name)
    return postgres.url(name)


def test_a_chain_has_one_head_and_numbers_in_order(chain: str, empty: str) -> None:
    script = ScriptDirectory.from_config(environment.config(chain, empty))
    assert len(script.get_heads()) == 1
    revisions = [revision.revision for revision in script.walk_revisions()][::-1]
    assert revisions == [f"{number:04d}" for number in range(1, len(revisions) + 1)]


def test_steps_are_taken_back_to_the_first_and_not_beyond(chain: str, empty: str) -> None:
    config = environment.config(chain, empty)
    command.upgrade(config, "head")
    newest = tables(empty)
    command.downgrade(config, "0001")
    command.upgrade(config, "head")
    assert tables(empty) == newest
    command.downgrade(config, "0001")
    with pytest.raises(environment.NothingBefore):
        command.downgrade(config, "base")
    assert "alembic_version" in tables(empty)


def test_the_models_and_the_schema_do_not_drift(chain: str, empty: str) -> None:
    config = environment.config(chain, empty)
    command.upgrade(config, "head")
    command.check(config)


def test_a_migrated_database_is_ready(chain: str, empty: str) -> None:
    database = Database(empty)
    with pytest.raises(psycopg.errors.UndefinedTable):
        asyncio.run(database.ping())
    command.upgrade(environment.config(chain, empty), "head")
    asyncio.run(database.ping())
    database.close()


def test_the_command_line_takes_the_address_from_the_environment(
    chain: str, empty: str, tmp_path: Path
) -> None:
    secret = tmp_path / "url"
    secret.write_text(empty + "\n")
    variable = f"KUMPPANI_{chain.upper()}_DATABASE_URL_FILE"
    alembic = [sys.executable, "-m", "alembic", "-n", chain]
    done = subprocess.run(
        [*alembic, "upgrade", "head"],
        cwd=ROOT,
        env={"PATH": "/usr/bin", variable: str(secret)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "alembic_version" in tables(empty)
    without = subprocess.run(
        [*alembic, "current"], cwd=ROOT, env={"PATH": "/usr/bin"}, capture_output=True, text=True, check=False
    )
    assert without.returncode != 0
    assert f"Set KUMPPANI_{chain.upper()}_DATABASE_URL" in without.stderr
