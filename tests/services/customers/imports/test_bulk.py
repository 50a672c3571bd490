"""A file is brought in by so many statements as it has kinds of things, however many rows it has."""

from chassis.database import Database
from chassis.events import read_feed
from services.customers.imports.schemas import ImportKind
from services.customers.imports.usecases import import_csv
from tests.services.customers.city import NOW, City
from tests.services.customers.imports.test_imports import CUSTOMERS, PEOPLE, PRODUCERS, SITES
from tests.support.statements import statements


def asked_for(database: Database, kind: ImportKind, *lines: str) -> int:
    """Import a file and return how many statements that took."""
    with statements(database) as sent, database.session() as session:
        report = import_csv(session, kind, "\n".join(lines), dry_run=False, now=NOW)
    assert (report.created, report.faults) == (len(lines) - 1, [])
    return len(sent)


def test_a_long_file_takes_no_more_statements_than_a_short_one(city: City) -> None:
    database = city.database
    asked_for(database, ImportKind.PRODUCERS, PRODUCERS, "Iso Oy;no;;+358 8 1;iso@iso.example")

    def customers(first: int, count: int) -> list[str]:
        return [CUSTOMERS, *(f"A-77{n:04};Ostaja {n};external;;;;;" for n in range(first, first + count))]

    def sites(first: int, count: int) -> list[str]:
        end = "office;A-770000;Tie 1;90140;Oulu;;;office;Iso Oy;Perus"
        return [SITES, *(f"K-77{n:04};Talo {n};{end}" for n in range(first, first + count))]

    def people(first: int, count: int) -> list[str]:
        return [
            PEOPLE,
            *(f";Henkilö {n};Esimies;h{n}@iso.example;+358 44 1;fi" for n in range(first, first + count)),
        ]

    for kind, lines in (
        (ImportKind.CUSTOMERS, customers),
        (ImportKind.SITES, sites),
        (ImportKind.PEOPLE, people),
    ):
        assert asked_for(database, kind, *lines(0, 3)) == asked_for(database, kind, *lines(100, 300))
    # Each row has told its own event all the same.
    after = ""
    told = 0
    while (feed := read_feed(database, "customers", after, 200, personal=True)).items:
        told += sum(event.data["name"].startswith(("Ostaja", "Talo ", "Henkilö")) for event in feed.items)
        after = feed.next
    assert told == 3 * 303
