"""A migrated database as the product has it: who serves cannot rewrite what happened."""

from collections.abc import Iterator

import psycopg
import pytest
from alembic import command
from psycopg import sql

from kumppani.postgres import PrivatePostgres
from migrations import environment

WRITTEN_ONCE = {
    "customers": ("event",),
    "contracts": ("event", "contract_history", "milestone_history"),
    "feedback": ("event", "case_event", "case_cycle"),
}


@pytest.fixture(scope="module")
def server(postgres: PrivatePostgres) -> Iterator[PrivatePostgres]:
    """Databases with a role that serves and one that owns the tables, for each of the services."""
    postgres.ensure_databases({name: f"sala/{name}" for name in WRITTEN_ONCE})
    for name in WRITTEN_ONCE:
        command.upgrade(environment.config(name, postgres.owner_url(name)), "head")
    yield postgres
    for name in WRITTEN_ONCE:
        postgres.drop_database(name)


@pytest.mark.parametrize(
    ("name", "table"), [(name, each) for name in WRITTEN_ONCE for each in WRITTEN_ONCE[name]]
)
def test_who_serves_adds_to_what_happened_and_changes_nothing_of_it(
    server: PrivatePostgres, name: str, table: str
) -> None:
    with psycopg.connect(server.url(name, name, f"sala/{name}"), autocommit=True) as serving:
        named = sql.Identifier(table)
        columns = serving.execute(sql.SQL("select * from {} limit 0").format(named)).description
        column = sql.Identifier(columns[-1].name if columns else "")
        rewriting = [
            sql.SQL("update {} set {column} = {column}").format(named, column=column),
            sql.SQL("delete from {}").format(named),
            sql.SQL("select from {} for update").format(named),
            sql.SQL("truncate {}").format(named),
        ]
        for statement in rewriting:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                serving.execute(statement)
        rights = serving.execute(
            "select has_table_privilege(%(table)s, 'insert'), has_table_privilege(%(table)s, 'select')",
            {"table": table},
        ).fetchone()
        assert rights == (True, True)


def test_what_an_event_tells_about_people_can_be_erased(server: PrivatePostgres) -> None:
    with psycopg.connect(server.url("feedback", "feedback", "sala/feedback")) as serving:
        assert serving.execute("delete from event_personal").rowcount == 0
        assert serving.execute("update feedback_case set reference = ''").rowcount == 0
