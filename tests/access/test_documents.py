"""The generated pages of `docs/` say what the matrix and the event lists say."""

import json

import pytest

from kumppani.parts import SERVICES
from tests.support import documents, events_page
from tests.support.event_shapes import Shape

SHAPES = {each.data.__name__: each.data for service in SERVICES for each in events_page.published(service)}


@pytest.mark.parametrize("name", documents.WRITTEN)
def test_the_generated_file_is_up_to_date(name: str) -> None:
    assert name not in documents.stale(), f"{name} is out of date: run make docs"


@pytest.mark.parametrize("name", SHAPES)
def test_the_example_of_an_event_is_one(name: str) -> None:
    example = Shape(SHAPES[name]).example()
    read = SHAPES[name].model_validate_json(json.dumps(example))
    assert read.model_dump(mode="json").keys() == example.keys()


def test_every_event_has_a_place_on_the_page() -> None:
    page = events_page.page()
    for service in SERVICES:
        for each in events_page.published(service):
            assert f"| `{each.name}` | {each.summary} |" in page


def test_no_personal_data_is_marked_to_leave_the_house() -> None:
    for line in events_page.page().splitlines():
        if line.endswith("| ● |"):
            field = line.split("|")[1]
            assert not {word for word in ("personal", "phone", "email", "person_id") if word in field}


def test_what_tells_about_people_is_kept_apart_from_the_event() -> None:
    telling = (
        "person",
        "reporter",
        "handler_name",
        "by_name",
        "phone",
        "email",
        "note",
        "body",
        "description",
    )
    for service in SERVICES:
        for each in events_page.published(service):
            for field in Shape(each.data).fields():
                named = [word for word in telling if word in field.path and not field.path.endswith("_id")]
                if each.name != "kumppani.customers.producer.changed" and "person_id" not in field.path:
                    assert not named or field.path.partition(".")[0] in each.personal, (each.name, field.path)
