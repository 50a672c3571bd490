"""Whom to contact, over HTTP."""

from typing import Any

import pytest

from chassis.database import Database
from tests.services.customers.city import City, fresh_id, role
from tests.support.statements import statements


def whom(
    city: City, site: dict[str, Any], topic: str, username: str = "school-head", language: str = "fi"
) -> Any:
    """Return the answer for a site and topic as a person of the city gets it."""
    answer = city.client.get(
        "/v1/whom-to-contact",
        headers=city.as_(username) | {"Accept-Language": language},
        params={"site_id": site["id"], "topic": topic},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_head_of_a_school_learns_whom_to_call_about_lunch(city: City) -> None:
    found = whom(city, city.school, "meals")
    assert found["person"]["person_id"] == city.supervisor["id"]
    assert found["person"]["phone"] == "+358 44 703 0101"
    assert found["stand_in"]["person_id"] == city.deputy["id"]
    assert found["reason"] == {
        "code": "supervises_here",
        "text": "Palveluesimies, joka vastaa palvelusta tässä kohteessa.",
    }
    assert (found["away"], found["instead_of"]) == (False, None)


def test_outside_cleaning_goes_to_the_producer_and_serviisi_stands_behind(city: City) -> None:
    found = whom(city, city.school, "cleaning", language="sv")
    assert found["person"]["person_id"] == city.producer_supervisor["id"]
    assert found["reason"]["text"] == "Siisti Pohjola Oy producerar tjänsten i det här objektet."
    behind = found["alternatives"][0]
    assert (behind["person"]["person_id"], behind["reason"]["code"]) == (city.deputy["id"], "duty_of_care")


def test_own_cleaning_does_not_go_to_an_outside_producer(city: City) -> None:
    found = whom(city, city.daycare, "cleaning", "daycare-head")
    assert found["person"]["person_id"] == city.deputy["id"]


def test_nobody_is_sent_to_themselves(city: City) -> None:
    mine = whom(city, city.school, "contract", "contract-contact")
    assert mine["person"]["person_id"] == city.account_manager["id"]
    theirs = whom(city, city.school, "contract")
    assert theirs["person"]["person_id"] == city.contract_contact["id"]


def test_an_absence_brings_the_stand_in_first(city: City) -> None:
    away = city.a_person(
        "away",
        name="Liisa Lomalla",
        assignments=[
            role(
                "service_supervisor",
                site_id=city.home["id"],
                service="meals",
                stand_in_id=city.deputy["id"],
            )
        ],
    )
    path = f"/v1/people/{away['id']}/absences"
    days = [
        {"first_day": "2026-03-01", "last_day": "2026-03-12"},
        {"first_day": "2026-03-13", "last_day": "2026-03-20"},
    ]
    city.client.put(path, headers=city.admin | {"If-Match": '"1"'}, json={"absences": days})
    found = whom(city, city.home, "meals", "handler", "en")
    assert (found["person"]["person_id"], found["away"]) == (city.deputy["id"], True)
    assert found["instead_of"]["name"] == "Liisa Lomalla"
    assert found["reason"]["code"] == "stands_in"
    assert found["reason"]["text"].startswith("Stands in for Liisa Lomalla, who is away until 20 March 2026.")


@pytest.mark.parametrize(
    "topic", ["complaint", "special_diet", "billing", "change", "food_safety", "other", "contract"]
)
def test_every_topic_has_somebody(city: City, topic: str) -> None:
    assert whom(city, city.school, topic)["person"] is not None


def test_a_stranger_and_an_unknown_site_get_404(city: City) -> None:
    for username, site in (("daycare-head", city.school["id"]), ("admin", fresh_id())):
        answer = city.client.get(
            "/v1/whom-to-contact", headers=city.as_(username), params={"site_id": site, "topic": "meals"}
        )
        assert answer.status_code == 404


def test_whom_to_contact_is_found_by_four_statements(city: City, database: Database) -> None:
    head = city.as_("school-head")
    asked = {"site_id": city.school["id"], "topic": "food_safety"}

    with statements(database) as sent:
        found = city.client.get("/v1/whom-to-contact", headers=head, params=asked).json()

    assert found["person"]["person_id"] == city.supervisor["id"]
    assert len(sent) == 4
