"""What every page asks for is asked of its service once, until something happens there."""

import asyncio
from uuid import uuid4

import httpx2

from gateway.feed.followers import InnerEvent
from gateway.kept import LARGEST
from tests.conftest import DatabaseMaker
from tests.gateway.house import House, person
from tests.gateway.test_events import HEAD, case_event
from tests.gateway.test_waits import served

HANDLER = person("handler", "complaint_handler", everything=True)
CASE = uuid4()


def news() -> InnerEvent:
    return InnerEvent(id=str(uuid4()), source="feedback", type="case", subject=str(CASE), time="", data={})


def count(house: House, bearer: dict[str, str], query: str = "?figures=open") -> dict[str, int]:
    answer = house.client.get(f"/api/v1/cases/counts{query}", headers=bearer)
    assert answer.status_code == 200
    told: dict[str, int] = answer.json()
    return told


def counted(house: House) -> int:
    return sum(request.url.path == "/v1/cases/counts" for request in house.feedback.asked)


def test_counts_are_asked_for_once_by_each_and_for_each_question(house: House) -> None:
    other = house.signed_in(person("management", "management", everything=True))
    bearer = house.signed_in(HANDLER)
    house.feedback.says("GET /v1/cases/counts", {"open": 3})

    assert [count(house, bearer) for _ in range(3)] == [{"open": 3}] * 3
    assert counted(house) == 1
    count(house, bearer, "?figures=mine")
    count(house, other)
    assert counted(house) == 3


def test_time_alone_makes_them_old(house: House) -> None:
    bearer = house.signed_in(HANDLER)
    house.feedback.says("GET /v1/cases/counts", {"open": 3})
    count(house, bearer)
    house.feedback.says("GET /v1/cases/counts", {"open": 4})

    house.clock.move(seconds=2.9)
    assert count(house, bearer) == {"open": 3}
    house.clock.move(seconds=0.1)
    assert count(house, bearer) == {"open": 4}


def test_who_changed_something_sees_it_at_once_even_when_the_answer_was_lost(house: House) -> None:
    bearer = house.signed_in(HANDLER)
    house.feedback.says("GET /v1/cases/counts", {"open": 3})
    count(house, bearer)
    house.feedback.says("GET /v1/cases/counts", {"open": 2})

    def lost(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadTimeout("too late", request=request)

    house.feedback.answers[f"POST /v1/cases/{CASE}/acknowledge"] = lost
    changed = house.client.post(
        f"/api/v1/cases/{CASE}/acknowledge", headers={**bearer, "Idempotency-Key": "k", "If-Match": '"1"'}
    )

    assert changed.status_code == 503
    assert count(house, bearer) == {"open": 2}


def test_what_others_did_is_seen_when_the_news_of_it_comes(house: House) -> None:
    bearer = house.signed_in(HANDLER)
    house.feedback.says("GET /v1/cases/counts", {"open": 3})
    count(house, bearer)
    house.feedback.says("GET /v1/cases/counts", {"open": 4})

    house.app.state.kept["feedback"].forget([news()])

    assert count(house, bearer) == {"open": 4}


def test_the_feed_of_the_service_brings_the_news(database_url_for: DatabaseMaker) -> None:
    async def scenario() -> None:
        async with served(database_url_for("gateway")) as gateway:
            feedback, bearer = gateway.house.feedback, gateway.house.signed_in(HANDLER)

            async def count_again() -> int:
                answer = await gateway.client.get("/api/v1/cases/counts", headers=bearer)
                number: int = answer.json()["open"]
                return number

            feedback.says("GET /v1/cases/counts", {"open": 3})
            assert await count_again() == 3
            feedback.says("GET /v1/cases/counts", {"open": 4})
            assert await count_again() == 3

            now = (await gateway.events(HEAD, "after=now"))["next"]
            waiting = asyncio.create_task(gateway.events(HEAD, f"after={now}&wait=25"))
            gateway.feeds["feedback"].publish(case_event())
            await waiting

            assert await count_again() == 4

    asyncio.run(scenario())


def test_what_happened_while_it_was_being_counted_is_not_missed(house: House) -> None:
    bearer = house.signed_in(HANDLER)

    def overtaken(_: httpx2.Request) -> httpx2.Response:
        house.app.state.kept["feedback"].forget([news()])
        return httpx2.Response(200, json={"open": 3})

    house.feedback.answers["GET /v1/cases/counts"] = overtaken
    count(house, bearer)
    house.feedback.says("GET /v1/cases/counts", {"open": 4})

    assert count(house, bearer) == {"open": 4}


def test_a_refusal_is_not_kept(house: House) -> None:
    bearer = house.signed_in(HANDLER)
    assert house.client.get("/api/v1/cases/counts", headers=bearer).status_code == 404
    house.feedback.says("GET /v1/cases/counts", {"open": 3})

    assert count(house, bearer, "") == {"open": 3}


def asked(house: House, bearer: dict[str, str], address: str, **headers: str) -> object:
    answer = house.client.get(f"/api/v1/{address}", headers={**bearer, **headers})
    assert answer.status_code == 200
    return answer.json()


def test_the_urgent_cases_are_asked_for_once_and_other_lists_each_time(house: House) -> None:
    bearer = house.signed_in(HANDLER)
    house.feedback.says("GET /v1/cases", {"items": [], "next": None})

    for address in ("cases?urgent=true&limit=5", "cases?limit=5", "cases?urgent=false&limit=5"):
        asked(house, bearer, address)
        asked(house, bearer, address)
    assert [request.url.query for request in house.feedback.asked] == [
        b"urgent=true&limit=5",
        *[b"limit=5"] * 2,
        *[b"urgent=false&limit=5"] * 2,
    ]
    house.app.state.kept["feedback"].forget([news()])
    asked(house, bearer, "cases?urgent=true&limit=5")
    assert len(house.feedback.asked) == 6


def test_whom_to_contact_is_kept_in_each_language_until_the_registry_changes(house: House) -> None:
    bearer = house.signed_in(HANDLER)
    address = f"whom-to-contact?site_id={CASE}&topic=food"

    def say(name: str) -> None:
        house.customers.answers["GET /v1/whom-to-contact"] = lambda request: httpx2.Response(
            200, json={"name": name, "language": request.headers["accept-language"]}
        )

    say("Leena")
    for language in ("fi", "sv", "fi"):
        told = asked(house, bearer, address, **{"Accept-Language": language})
        assert told == {"name": "Leena", "language": language}
    say("Pekka")
    assert asked(house, bearer, address, **{"Accept-Language": "sv"}) == {"name": "Leena", "language": "sv"}
    house.app.state.kept["customers"].forget([news()])
    assert asked(house, bearer, address, **{"Accept-Language": "sv"}) == {"name": "Pekka", "language": "sv"}


def test_a_large_answer_is_not_kept(house: House) -> None:
    bearer = house.signed_in(HANDLER)
    house.feedback.says("GET /v1/cases", {"items": ["x" * LARGEST], "next": None})
    asked(house, bearer, "cases?urgent=true")
    asked(house, bearer, "cases?urgent=true")
    assert len(house.feedback.asked) == 2
