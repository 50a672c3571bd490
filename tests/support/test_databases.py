"""A database that goes from test to test is as its migrations left it."""

import psycopg

from kumppani.postgres import PrivatePostgres
from tests.support.databases import Databases


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def test_what_a_test_did_is_gone_and_what_the_migrations_wrote_is_there(postgres: PrivatePostgres) -> None:
    databases = Databases(postgres, prefix="emptied_")
    url = databases.take("feedback")
    with psycopg.connect(url) as connection:
        connection.execute("update copies_version set version = 7 where id = 1")
        connection.execute(
            "insert into customer_copy (id, version, name) values (gen_random_uuid(), 1, 'Oulu')"
        )
        connection.execute("select next_case_number(2026)")

    with psycopg.connect(url):  # an open connection does not hinder
        databases.give_back("feedback", url)

    assert databases.take("feedback") == url
    assert rows(url, "select id, version from copies_version order by id") == [(1, 1), (2, 0)]
    assert rows(url, "select * from customer_copy") == []
    assert rows(url, "select next_case_number(2026)") == [(1,)]


def test_a_database_with_another_schema_is_not_given_out_again(postgres: PrivatePostgres) -> None:
    databases = Databases(postgres, prefix="changed_")
    url = databases.take("gateway")
    with psycopg.connect(url) as connection:
        connection.execute("create function refuse() returns integer language sql as 'select 1'")

    databases.give_back("gateway", url)

    assert databases.take("gateway") != url
