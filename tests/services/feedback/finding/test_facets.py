"""What a list of cases could be narrowed to: each choice with its count, for each reader of the own cases."""

from datetime import datetime
from typing import Any

import pytest

from chassis.actors import Actor
from services.feedback.finding.index import index_news
from services.feedback.finding.readings import Readings
from tests.services.feedback.city import Service

Told = dict[str, Any]  # Any: JSON


def facets(service: Service, who: Actor | None = None, /, **params: object) -> Told:
    answer = service.get("/cases/facets", who or service.city.staff(), **params)
    assert answer.status_code == 200, answer.text
    told: Told = answer.json()
    return told


def counted(told: Told, facet: str) -> dict[str, int]:
    return {each["name"]: each["count"] for each in told[facet]}


def fill(service: Service) -> None:
    """Two meals and one cleaning of the school, one meal of the day-care."""
    for _ in range(2):
        service.report()
    service.report(service="cleaning")
    service.report(service.city.daycare_head(), site_id=service.city.daycare)


def test_each_choice_is_counted_as_if_its_facet_did_not_narrow_yet(service: Service) -> None:
    fill(service)

    whole = facets(service)
    assert (whole["cases"], whole["more"]) == (4, False)
    assert counted(whole, "site") == {"Kaakkurin koulu": 3, "Tuulikello": 1}
    assert counted(whole, "producer") == {"Oulun Serviisi": 3, "Siivous Oy": 1}
    assert [each["value"] for each in whole["service"]] == ["meals", "cleaning"]

    narrowed = facets(service, site_id=str(service.city.school), service="meals")
    assert narrowed["cases"] == 2
    assert counted(narrowed, "site") == {"Kaakkurin koulu": 2, "Tuulikello": 1}
    assert counted(narrowed, "service") == {"meals": 2, "cleaning": 1}
    assert counted(narrowed, "producer") == {"Oulun Serviisi": 2}
    assert facets(service, by="site")["producer"] is None


def test_every_choice_leaves_as_many_cases_as_it_says(service: Service) -> None:
    fill(service)
    city = service.city
    names = {"site": "site_id", "handler": "handler", "producer": "producer_id", "service": "service"}

    narrowings: tuple[dict[str, str], ...] = (
        {},
        {"site_id": str(city.school)},
        {"kind": "complaint", "service": "meals"},
    )
    for narrowing in narrowings:
        told = facets(service, sort="next_due", **narrowing)
        for facet, name in names.items():
            for each in told[facet]:
                asked = {"sort": "next_due", **narrowing, name: each["value"]}
                listed = service.get("/cases", city.staff(), **asked).json()["items"]
                assert len(listed) == each["count"], (narrowing, facet, each)


def test_words_and_days_narrow_what_is_counted(service: Service, readings: Readings) -> None:
    fill(service)
    service.now = datetime.fromisoformat("2026-03-12T10:00:00+02:00")
    service.report(description="Keitto oli kylmää.")
    with service.database.session() as session:
        index_news(session, readings)

    assert facets(service, q="keitosta")["cases"] == 1
    assert facets(service, q="!")["cases"] == 0
    assert facets(service, q="keitosta", by="site")["site"][0]["count"] == 1
    assert facets(service, received_from="2026-03-11", by="service")["cases"] == 1
    assert facets(service, received_to="2026-03-11")["cases"] == 4


def test_people_see_choices_among_their_own_cases_alone(service: Service) -> None:
    fill(service)
    city = service.city

    assert counted(facets(service, city.daycare_head()), "site") == {"Tuulikello": 1}
    assert counted(facets(service, city.outside_supervisor()), "producer") == {"Siivous Oy": 1}
    of_daycare = facets(service, city.daycare_head(), site_id=str(city.school))
    assert (of_daycare["cases"], counted(of_daycare, "site")) == (0, {"Tuulikello": 1})
    handlers = {each["value"] for each in facets(service, city.daycare_head())["handler"]}
    seen = service.get("/cases", city.daycare_head()).json()["items"]
    assert handlers == {case["handler"]["person_id"] for case in seen}


def test_a_very_long_list_is_counted_up_to_a_limit(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.feedback.finding.facets.MOST", 3)
    fill(service)

    told = facets(service)
    assert (told["cases"], told["more"]) == (3, True)


def test_received_days_are_the_city_s_and_both_belong_to_the_range(service: Service) -> None:
    references = {}
    for day, moment in (
        ("tuesday", "2026-03-10T23:59:00+02:00"),
        ("wednesday", "2026-03-11T00:00:00+02:00"),
        ("thursday", "2026-03-12T00:30:00+02:00"),
    ):
        service.now = datetime.fromisoformat(moment)
        references[day] = service.report()["reference"]

    def listed(**days: str) -> set[str]:
        return {
            case["reference"] for case in service.get("/cases", service.city.staff(), **days).json()["items"]
        }

    assert listed(received_from="2026-03-11") == {references["wednesday"], references["thursday"]}
    assert listed(received_to="2026-03-10") == {references["tuesday"]}
    assert listed(received_from="2026-03-11", received_to="2026-03-11") == {references["wednesday"]}
    assert listed(received_from="2026-03-12", received_to="2026-03-11") == set()


@pytest.mark.parametrize("query", [{"received_from": "eilen"}, {"by": "reporter"}, {"handlers": "me"}])
def test_what_is_no_filter_is_refused_by_name(service: Service, query: dict[str, str]) -> None:
    answer = service.get("/cases/facets", service.city.staff(), **query)

    assert answer.status_code == 422
    assert [error["pointer"].split("/")[2] for error in answer.json()["errors"]] == list(query)
