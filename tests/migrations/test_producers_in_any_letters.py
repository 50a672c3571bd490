"""Where two producers have one name already, the migration says so and changes nothing."""

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command

from chassis.tables import new_id
from kumppani.postgres import PrivatePostgres
from migrations import environment

PRODUCER = """
    insert into producer (id, name, sort_name, own, phone, email, changed_at, version)
    values (%s, %s, '', false, '044 1', 'p@example.com', now(), 1)
"""


def test_two_producers_of_one_name_are_named_and_told_what_to_do(postgres: PrivatePostgres) -> None:
    name = "producers_in_any_letters"
    postgres.drop_database(name)
    postgres.create_database(name)
    config = environment.config("customers", postgres.url(name))
    command.upgrade(config, "0004")
    with psycopg.connect(postgres.url(name), autocommit=True) as connection:
        for each in ("Äitien Keittiö Oy", "ÄITIEN KEITTIÖ OY", "Siisti Pohjola Oy"):
            connection.execute(PRODUCER, (new_id(), each))

        with pytest.raises(sa.exc.IntegrityError, match="another name") as refused:
            command.upgrade(config, "head")
        assert "Äitien Keittiö Oy" in str(refused.value)
        assert "ÄITIEN KEITTIÖ OY" in str(refused.value)
        assert "Siisti" not in str(refused.value)

        connection.execute("update producer set name = 'Toinen Oy' where name = 'ÄITIEN KEITTIÖ OY'")
    command.upgrade(config, "head")
