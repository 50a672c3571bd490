"""Whom to contact for a complaint, and who then has its case, are one person."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from chassis.actors import Actor
from chassis.database import Database
from services.customers.contacts.usecases import whom_to_contact
from services.customers.vocabulary import Topic
from services.feedback.copies.rules import Person, handler
from services.feedback.read_model import ReadModelCache
from tests import city as demo
from tests.seams.city import NOW, City
from trade.days import day_of
from trade.vocabulary import Service

DESK = Person(None, "Desk")


def test_contact_and_handler_are_one_at_every_site_of_the_demo(filled_city: dict[str, str]) -> None:
    customers, feedback = (Database(filled_city[name], pool_size=1) for name in ("customers", "feedback"))
    with feedback.session() as session:
        read_model = ReadModelCache(DESK).current(session)
    everything = Actor(subject="service:test", everything=True)
    own = {producer.id for producer in read_model.producers.values() if producer.own}
    compared, outside, differing = 0, 0, []
    with customers.session() as session:
        for site in read_model.sites.values():
            for service in site.producers:
                place = read_model.place(site, service)
                handled = handler(read_model.people, place, day_of(demo.NOW), praise=False).person
                told = whom_to_contact(
                    session,
                    everything,
                    site_id=site.id,
                    topic=Topic.COMPLAINT,
                    service=Service(service),
                    language="fi",
                    now=demo.NOW,
                ).person
                compared, outside = compared + 1, outside + (place.producer_id not in own)
                if told is None or told.person_id != handled.id:
                    differing.append((site.name, service, handled.name, told and told.name))
    customers.close()
    feedback.close()
    assert differing == []
    assert compared > 200
    assert outside > 10


@pytest.fixture(scope="module")
def handlers(city: City) -> City:
    """The small city with handlers of every kind: near, away with and without a stand-in, of ended roles."""
    today = NOW.date()
    ended, later = str(today - timedelta(days=1)), str(today + timedelta(days=1))
    by_name: dict[str, UUID] = {}
    rows: list[tuple[str, dict[str, Any], bool]] = [
        ("Väinö Varalla", {"role": "management"}, False),
        ("Aada Alku", {"site_id": city.school["id"], "valid_until": ended}, False),
        ("Bertta Seuraava", {"site_id": city.school["id"], "valid_from": later}, False),
        ("Carita Poissa", {"site_id": city.school["id"], "service": "meals"}, True),
        ("Daavid Lomalla", {"service": "cleaning", "stand_in_id": "Väinö Varalla"}, True),
        ("Eeva Equal", {"customer_id": city.education["id"]}, False),
        ("Frans Equal", {"customer_id": city.education["id"]}, False),
    ]
    for number, (name, given, away) in enumerate(rows):
        limits = {"role": "complaint_handler", "valid_from": "2025-01-01"} | given
        if "stand_in_id" in limits:
            limits["stand_in_id"] = str(by_name[limits["stand_in_id"]])
        made = city.register(
            "/people",
            {
                "username": f"handler-{number}",
                "name": name,
                "title": "Käsittelijä",
                "email": f"handler-{number}@example.test",
                "phone": "044 700 1002",
                "assignments": [limits],
            },
        )
        by_name[name] = UUID(made["id"])
        if away:
            city.send_away(made, today)
    city.spread_the_news()
    return city


@pytest.mark.parametrize(
    ("who", "place", "service", "name"),
    [
        ("school-head", "school", "meals", None),
        ("school-head", "school", "cleaning", "Väinö Varalla"),
        ("daycare-head", "day_care", "meals", "Handler"),
        ("daycare-head", "day_care", "cleaning", "Väinö Varalla"),
    ],
)
def test_who_is_told_of_a_complaint_has_its_case(
    handlers: City, who: str, place: str, service: str, name: str | None
) -> None:
    site = getattr(handlers, place)
    told = handlers.get(who, f"/whom-to-contact?topic=complaint&site_id={site['id']}&service={service}")
    case = handlers.do(
        who, "POST", "/cases", handlers.intake(site_id=site["id"], service=service, subject="Rikki")
    )
    assert told["person"]["name"] == case["handler"]["name"]
    assert told["person"]["name"] in ({name} if name else {"Eeva Equal", "Frans Equal"})


def test_the_contact_without_a_service_is_of_the_sites_first_and_the_next_of_the_others(
    handlers: City,
) -> None:
    path = f"/whom-to-contact?topic=complaint&site_id={handlers.school['id']}"
    told = handlers.get("school-head", path)
    names = [told["person"]["name"], told["alternatives"][0]["person"]["name"]]
    assert names[0] == "Väinö Varalla"
    assert names[1] in {"Eeva Equal", "Frans Equal"}
