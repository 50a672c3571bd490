"""The four databases: whether each is migrated, migrating them, and whether the demo city lives there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from kumppani.errors import SetupError

Filling = Literal["", "filling", "filled"]
_MARK = "kumppani demo: "


def pending(urls: Mapping[str, str]) -> list[str]:
    """The names of those databases whose schema is not the newest."""
    return [name for name, url in urls.items() if revision(url) != head(name)]


def migrate(name: str, url: str) -> None:
    """Bring one database to the newest schema."""
    from alembic import command

    from migrations import environment

    command.upgrade(environment.config(name, url), "head")


def head(name: str) -> str:
    """The newest revision of a chain: they are numbered, and the number begins the file's name.

    Alembic would tell the same, but to load it costs every start a third of a second.
    """
    versions = Path(__file__).parents[1] / "migrations" / name / "versions"
    return max(file.name.partition("_")[0] for file in versions.glob("[0-9]*_*.py"))


def revision(url: str) -> str | None:
    """The revision a database is at; `None` before the first. Raises `SetupError` if it does not answer."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            known = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
            if not known or known[0] is None:
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(row[0]) if row else None
    except psycopg.OperationalError as error:
        raise SetupError(f"A database does not answer: {str(error).strip().splitlines()[0]}") from error


def holds_data(url: str) -> bool:
    """Whether anything ever happened in a service's database: each change leaves an event."""
    import psycopg

    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1 FROM event LIMIT 1").fetchone() is not None


def demo_state(url: str) -> Filling:
    """Whether the demo city was filled in, told by a comment on the customers database."""
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    text = str(row[0] or "") if row else ""
    if text == f"{_MARK}filling":
        return "filling"
    return "filled" if text.startswith(_MARK) else ""


def admit_demo_people(url: str) -> None:
    """Tell the gateway, in its database at `url`, that the people are invented: they sign in by name."""
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO demo_city (filled_at) SELECT now() WHERE NOT EXISTS (SELECT FROM demo_city)"
        )


def mark_demo(url: str, state: Literal["filling", "filled"]) -> None:
    """Remember how far the demo city is."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url) as connection:
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        connection.execute(
            comment.format(sql.Identifier(connection.info.dbname), sql.Literal(f"{_MARK}{state}"))
        )
