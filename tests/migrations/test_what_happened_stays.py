"""A migrated database as the product has it: who serves cannot rewrite what happened."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from psycopg import sql

from kumppani.doctor import Finding, examine
from kumppani.postgres import PrivatePostgres
from kumppani.roles import WRITTEN_ONCE, rewritable
from migrations import environment
from tests.support.processes import ROOT


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


@pytest.mark.parametrize("name", WRITTEN_ONCE)
def test_the_migrations_close_all_that_is_written_once_and_nothing_else(
    server: PrivatePostgres, name: str
) -> None:
    with psycopg.connect(server.url(name, name, f"sala/{name}")) as serving:
        closed = serving.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
            " and not has_table_privilege(oid, 'update, delete')"
        ).fetchall()
        assert {table for (table,) in closed} == set(WRITTEN_ONCE[name])


def given_to_who_serves(server: PrivatePostgres, name: str) -> None:
    """Make a database such as it is when its migrations, to the newest, ran as the role that serves."""
    with psycopg.connect(server.url(name)) as superuser:
        named = {"owner": sql.Identifier(f"{name}_owner"), "serving": sql.Identifier(name)}
        superuser.execute(sql.SQL("reassign owned by {owner} to {serving}").format(**named))
        superuser.execute(sql.SQL("drop owned by {owner}").format(**named))
        superuser.execute(sql.SQL("drop role {owner}").format(**named))
    with psycopg.connect(server.url(name, name, f"sala/{name}")) as serving:
        assert set(rewritable(serving, name)) == set(WRITTEN_ONCE[name])


@pytest.mark.parametrize("name", WRITTEN_ONCE)
def test_a_database_at_the_newest_schema_keeps_what_happened_when_it_is_handed_over(
    server: PrivatePostgres, name: str
) -> None:
    given_to_who_serves(server, name)
    server.ensure_databases({name: f"sala/{name}"})
    with psycopg.connect(server.url(name, name, f"sala/{name}")) as serving:
        assert rewritable(serving, name) == []


def test_the_written_lines_hand_over_as_well(server: PrivatePostgres) -> None:
    given_to_who_serves(server, "feedback")
    page = (ROOT / "docs" / "operating.md").read_text("utf-8").partition("### Roles of the database")[2]
    lines = re.search(r"```sql\n(.*?)```", page, re.DOTALL)
    assert lines
    with psycopg.connect(server.url("feedback")) as superuser:
        superuser.execute(lines[1].encode())
    with psycopg.connect(server.url("feedback", "feedback", "sala/feedback"), autocommit=True) as serving:
        assert rewritable(serving, "feedback") == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            serving.execute("drop table event")


def test_the_doctor_says_where_what_happened_can_be_rewritten(
    server: PrivatePostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "KUMPPANI_CUSTOMERS_DATABASE_URL", server.url("customers", "customers", "sala/customers")
    )
    monkeypatch.setenv("KUMPPANI_CUSTOMERS_SIGNING_KEY", "none")
    monkeypatch.setenv("KUMPPANI_CUSTOMERS_TRUSTED_KEYS", "none")

    def found() -> Finding:
        return next(each for each in examine(tmp_path) if each.about == "role of customers")

    assert found().well
    with psycopg.connect(server.url("customers"), autocommit=True) as superuser:
        superuser.execute("grant delete on event to customers")
        assert "can rewrite what happened (event)" in found().text
        mend = re.search(r"revoke [a-z, ]+ on event from customers", found().mend)
        assert mend
        superuser.execute(mend[0].encode())
    assert found().well


def test_a_step_back_gives_rights_to_who_adds_and_none_to_who_reads(server: PrivatePostgres) -> None:
    with psycopg.connect(server.url("customers"), autocommit=True) as superuser:
        superuser.execute("create role onlooker")
        superuser.execute("grant select on event to onlooker")
        migrating = environment.config("customers", server.owner_url("customers"))
        command.downgrade(migrating, "0005")
        rights = (
            "select has_table_privilege(%s, 'event', 'update'), has_table_privilege(%s, 'event', 'delete')"
        )
        assert superuser.execute(rights, ["onlooker", "onlooker"]).fetchone() == (False, False)
        assert superuser.execute(rights, ["customers", "customers"]).fetchone() == (True, True)
        command.upgrade(migrating, "head")
        superuser.execute("drop owned by onlooker")
        superuser.execute("drop role onlooker")
