"""Lines of a filled database get the quantity of the year before, where it is there to read."""

import psycopg
from alembic import command

from chassis.tables import new_id
from kumppani.postgres import PrivatePostgres
from migrations import environment

CONTRACT = """
    insert into contract (id, reference, customer_id, producer_name, kind, services, created_at, version)
    values (%s, 'S-2026-001', %s, 'Oulun Serviisi', 'partnership', '{meals}', now(), 1)
"""
YEAR = """
    insert into contract_year
        (id, contract_id, customer_id, year, state, valid_from, agreed_until, changed_at, version)
    values (%(id)s, %(contract)s, %(customer)s, %(year)s, 'draft',
        make_date(%(year)s, 1, 1), make_date(%(year)s, 12, 31), now(), 1)
"""
LINE = """
    insert into contract_line
        (id, year_id, position, site_id, service, standard, price, unit, quantity, previous_price)
    values (%s, %s, 0, %s, %s, 'B', 2.65, 'meal', %s, %s)
"""


def test_a_line_takes_the_quantity_of_the_same_service_a_year_before(postgres: PrivatePostgres) -> None:
    name = "previous_quantities"
    postgres.drop_database(name)
    postgres.create_database(name)
    config = environment.config("contracts", postgres.url(name))
    command.upgrade(config, "0004")
    contract, customer, site = new_id(), new_id(), new_id()
    years = {2026: new_id(), 2027: new_id()}
    with psycopg.connect(postgres.url(name)) as connection:
        connection.execute(CONTRACT, (contract, customer))
        for year, year_id in years.items():
            keys = {"id": year_id, "contract": contract, "customer": customer, "year": year}
            connection.execute(YEAR, keys)
        connection.execute(LINE, (new_id(), years[2026], site, "meals", 744, None))
        connection.execute(LINE, (new_id(), years[2027], site, "meals", 6836, 2.65))
        connection.execute(LINE, (new_id(), years[2027], site, "cleaning", 12, None))

    command.upgrade(config, "head")

    with psycopg.connect(postgres.url(name)) as connection:
        rows = connection.execute("select quantity, previous_quantity from contract_line order by quantity")
        assert [tuple(row) for row in rows] == [(12, None), (744, None), (6836, 744)]
