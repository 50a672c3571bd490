"""A person's page and the list of people: which roles from when until when, who is away, who stands in."""

from datetime import date

import pytest

from tests.web.answers import SITE_ID, a_page, a_site
from tests.web.house import SCHOOL_HEAD, Gateway, browser
from web.pages.registry.roles import standing
from web.rendering import initials

TODAY = date(2026, 11, 24)
PERSON_ID = "0197f5a0-0000-7000-8000-0000000000aa"
OTHER_ID = "0197f5a0-0000-7000-8000-0000000000ab"
PERSON = {
    "id": PERSON_ID,
    "name": "Hanna Seppälä",
    "title": "rehtori",
    "phone": "044 703 0101",
    "assignments": [
        {
            "role": "site_head",
            "site_id": SITE_ID,
            "valid_from": "2026-01-01",
            "stand_in": {"person_id": OTHER_ID, "name": "Ville Vara"},
        },
        {"role": "contract_contact", "valid_from": "2027-01-01", "valid_until": "2027-12-31"},
        {"role": "site_staff", "site_id": SITE_ID, "valid_until": "2025-12-31"},
    ],
    "absences": [
        {"first_day": "2026-12-21", "last_day": "2026-12-27"},
        {"first_day": "2026-11-23", "last_day": "2026-11-24"},
        {"first_day": "2026-07-01", "last_day": "2026-07-31"},
    ],
}


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (None, None, "today"),
        (TODAY, TODAY, "today"),
        (date(2026, 11, 25), None, "coming"),
        (None, date(2026, 11, 23), "past"),
    ],
)
def test_a_role_holds_on_its_first_and_last_day(
    starts: date | None, ends: date | None, expected: str
) -> None:
    assert standing(starts, ends, TODAY) == expected


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Hanna Seppälä", "HS"), ("Anna Maria von Essen", "AE"), ("Cher", "C"), ("ärt öst", "ÄÖ"), ("", "")],
)
def test_initials_are_of_the_first_and_the_last_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def person_page(**me: object) -> str:
    """Return the person's page."""
    gateway = Gateway(**me)
    gateway[f"GET /people/{PERSON_ID}"] = PERSON
    gateway[f"GET /sites/{SITE_ID}"] = a_site()
    with browser(gateway) as client:
        return str(client.get(f"/people/{PERSON_ID}").text)


def test_roles_stand_by_day_with_their_place_and_stand_in() -> None:
    html = person_page()
    now, coming, past = (
        html.index(f">{each}</h2>") for each in ("Tehtävät", "Tulevat tehtävät", "Aiemmat tehtävät")
    )
    assert now < html.index("Kohteen johtaja") < coming < html.index("Sopimusyhteyshenkilö") < past
    assert past < html.index("Kohteen henkilöstö")
    assert f'href="/people/{OTHER_ID}" lang="fi">Ville Vara</a>' in html


def test_absences_ahead_are_told_the_next_first_and_those_over_are_not() -> None:
    html = person_page()
    assert html.index("23.11.2026") < html.index("poissa tänään") < html.index("21.12.2026")
    assert "1.7.2026" not in html


def test_a_person_without_the_right_to_others_pages_gets_no_link_to_the_stand_in() -> None:
    html = person_page(me=SCHOOL_HEAD)
    assert "Ville Vara" in html
    assert f"/people/{OTHER_ID}" not in html


def test_the_list_of_people_keeps_what_was_asked_and_goes_on() -> None:
    gateway = Gateway()
    gateway["GET /people"] = a_page(PERSON, next="onward")
    with browser(gateway) as client:
        html = client.get("/people?q=hanna&role=site_head").text
        client.get("/people?role=king")
    first, second = [request.url.params for request in gateway.asked if request.url.path.endswith("/people")]
    assert (first["q"], first["role"]) == ("hanna", "site_head")
    assert "role" not in second
    assert f'href="/people/{PERSON_ID}"' in html
    assert '<span class="avatar" aria-hidden="true" data-initials="HS"></span>' in html
    assert "/people?q=hanna&amp;role=site_head&amp;cursor=onward" in html
    assert '<option value="site_head" selected>' in html
