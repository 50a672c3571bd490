"""Imports: what a file may hold, how much is told of what it holds wrongly, and words that people use."""

from services.customers.imports.producers import COLUMNS
from services.customers.imports.sheet import MOST_COLUMNS, MOST_FAULTS, read_sheet
from tests.services.customers.city import City
from tests.services.customers.imports.test_imports import faults, send

PRODUCERS = ";".join(COLUMNS)


def test_a_first_row_of_thousands_of_names_is_one_fault() -> None:
    sheet = read_sheet(";".join(f"c{number}" for number in range(20_000)), COLUMNS)

    assert [(fault.code, fault.params) for fault in sheet.faults] == [
        ("too_many_columns", {"limit": MOST_COLUMNS})
    ]


def test_other_separators_are_named_once() -> None:
    for separator, name in ((",", ","), ("\t", "TAB")):
        sheet = read_sheet(separator.join(COLUMNS), COLUMNS)

        assert [(fault.code, fault.params) for fault in sheet.faults] == [
            ("other_separator", {"separator": name})
        ]


def test_fifty_faults_are_told_and_the_rest_counted(city: City) -> None:
    rows = [f"Tuottaja {number};;;;" for number in range(150)]
    report = send(city, "producers", PRODUCERS, *rows, dry_run=True).json()

    assert len(report["faults"]) == MOST_FAULTS
    assert report["more_faults"] == 3 * 150 - MOST_FAULTS


def test_cells_are_judged_as_texts_are_everywhere(city: City) -> None:
    answer = send(
        city,
        "producers",
        PRODUCERS,
        "Siisti\u202e Oy;no;;08 123;a@b.fi",
        '"Puhdas\nOy";no;;08 123;a@b.fi',
        "Laadukas Oy;no;;08 123;a@b.fi?bcc=c@d.fi",
    )

    assert [(row, column, code) for row, column, code in faults(answer)] == [
        (2, "name", "forbidden_character"),
        (2, "name", "missing_value"),
        (3, "name", "one_line"),
        (4, "email", "wrong_form"),
    ]


def test_yes_is_read_as_people_write_it_and_a_faulty_one_makes_no_second_fault(city: City) -> None:
    good = [f"Tuottaja {word};{word};;(08) 123 456;a@b.fi" for word in ("NO", "ei", "Nej")]

    assert send(city, "producers", PRODUCERS, *good).json()["created"] == 3
    assert faults(
        send(city, "producers", PRODUCERS, "Oma;kyllä;;08 123;a@b.fi", "Toinen;kai;;08 123;a@b.fi")
    )[-1] == (3, "own", "unknown_choice")


def test_letter_case_and_composition_make_no_second_producer(city: City) -> None:
    assert send(city, "producers", PRODUCERS, "Käsi Oy;no;;08 123;a@b.fi").json()["created"] == 1
    again = send(city, "producers", PRODUCERS, "KA\u0308SI OY;no;;08 123;a@b.fi").json()

    assert (again["created"], again["updated"]) == (0, 1)
