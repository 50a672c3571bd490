"""The client feed: each sees its own, nothing personal leaves, no event is skipped."""

import base64
import json
from collections.abc import Sequence
from uuid import uuid4

import httpx2
import pytest

from gateway.feed import cursors
from gateway.feed.rules import Audience, shown
from tests.actors import actor
from tests.gateway.house import Answer, House, Json, StandIn, person

SCHOOL, DAY_CARE, CUSTOMER, OTHER, PRODUCER = (str(uuid4()) for _ in range(5))
HEAD = person("school-head", "site_head", site_ids=[SCHOOL], site_customer_ids=[CUSTOMER])
STRANGER = person("daycare-head", "site_head", site_ids=[DAY_CARE], site_customer_ids=[OTHER])
CONTACT = person("contract-contact", "contract_contact", customer_ids=[CUSTOMER])
PRODUCERS = person("producer-supervisor", "producer_supervisor", producer_ids=[PRODUCER])
STAFF = person("handler", "complaint_handler", everything=True)


def case_event(*, public: bool = True, time: str = "2026-03-10T10:00:00Z", kind: str = "reported") -> Json:
    case = {
        "id": str(uuid4()),
        "reference": "P-2026-000001",
        "state": "received",
        "site_id": SCHOOL,
        "customer_id": CUSTOMER,
        "producer_id": PRODUCER,
        "handler_id": str(uuid4()),
    }
    data = {
        "case": case,
        "personal": {"reporter_name": "Salainen Henkilö", "subject": "Salaista"},
        "change": {"what": kind, "public": public, "facts": {"by": "Salainen Henkilö"}},
    }
    return event(f"kumppani.feedback.case.{kind}", data, time=time)


def event(type_: str, data: Json, *, time: str = "2026-03-10T10:00:00Z") -> Json:
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": "/services/any",
        "type": type_,
        "subject": "subject",
        "time": time,
        "datacontenttype": "application/json",
        "traceparent": "00-inner-trace-01",
        "data": data,
    }


def feeds(
    house: House,
    *,
    customers: Sequence[Json] = (),
    contracts: Sequence[Json] = (),
    feedback: Sequence[Json] = (),
) -> None:
    for service, events in (
        (house.customers, customers),
        (house.contracts, contracts),
        (house.feedback, feedback),
    ):
        service.answers["GET /v1/events"] = _feed(list(events))


def _feed(events: list[Json]) -> Answer:
    """Answer like a service: place ``1.n`` is after the n-th event."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        after, limit = request.url.params["after"], int(request.url.params["limit"])
        if after == "now":
            return httpx2.Response(200, json={"items": [], "next": f"1.{len(events)}" if events else ""})
        start = int(after.partition(".")[2] or 0)
        page = events[start : start + limit]
        place = f"1.{start + len(page)}" if page else after
        return httpx2.Response(200, json={"items": page, "next": place})

    return answer


def follow(house: House, who: Json, query: str = "") -> Json:
    answer = house.client.get(f"/api/v1/events{query}", headers=house.signed_in(who))
    assert answer.status_code == 200
    body: Json = answer.json()
    return body


@pytest.mark.parametrize(
    ("who", "sees"),
    [(HEAD, True), (CONTACT, True), (PRODUCERS, True), (STAFF, True), (STRANGER, False)],
    ids=lambda value: value["username"] if isinstance(value, dict) else "",
)
def test_a_case_is_followed_by_those_who_see_it(house: House, who: Json, sees: bool) -> None:
    feeds(house, feedback=[case_event()])

    assert bool(follow(house, who)["items"]) is sees


@pytest.mark.parametrize(("who", "sees"), [(HEAD, False), (CONTACT, False), (PRODUCERS, True), (STAFF, True)])
def test_an_internal_note_is_for_the_producers_side(house: House, who: Json, sees: bool) -> None:
    feeds(house, feedback=[case_event(public=False, kind="answered")])

    assert bool(follow(house, who)["items"]) is sees


def test_nothing_personal_leaves(house: House) -> None:
    persons = event("kumppani.customers.person.changed", {"id": str(uuid4()), "name": "Salainen Henkilö"})
    unknown = event("kumppani.feedback.secret.told", {"name": "Salainen Henkilö"})
    feeds(house, customers=[persons], feedback=[case_event(), unknown])

    body = follow(house, STAFF)

    assert [each["type"] for each in body["items"]] == ["kumppani.feedback.case.reported"]
    assert set(body["items"][0]["data"]) == {
        "id",
        "reference",
        "state",
        "site_id",
        "customer_id",
        "producer_id",
    }
    assert "Salai" not in json.dumps(body)
    assert "inner-trace" not in json.dumps(body)


@pytest.mark.parametrize(
    ("type_", "data", "who", "sees"),
    [
        ("customers.site.changed", {"id": SCHOOL, "customer_id": CUSTOMER}, HEAD, True),
        ("customers.site.changed", {"id": SCHOOL, "customer_id": CUSTOMER}, STRANGER, False),
        ("customers.site.changed", {"id": SCHOOL, "customer_id": CUSTOMER}, CONTACT, True),
        ("customers.site.changed", {"id": SCHOOL, "services": [{"producer_id": PRODUCER}]}, PRODUCERS, True),
        ("customers.customer.changed", {"id": CUSTOMER}, HEAD, True),
        ("customers.customer.changed", {"id": CUSTOMER}, STRANGER, False),
        ("customers.customer.changed", {"id": CUSTOMER}, PRODUCERS, False),
        ("customers.producer.changed", {"id": PRODUCER}, PRODUCERS, True),
        ("customers.producer.changed", {"id": PRODUCER}, HEAD, False),
        ("customers.department.changed", {"id": OTHER}, STAFF, True),
        ("customers.department.changed", {"id": OTHER}, CONTACT, False),
        ("contracts.contract.changed", {"customer_id": CUSTOMER}, HEAD, True),
        ("contracts.contract.changed", {"customer_id": CUSTOMER}, PRODUCERS, False),
        ("contracts.year.changed", {"customer_id": CUSTOMER, "state": "draft"}, HEAD, False),
        ("contracts.year.changed", {"customer_id": CUSTOMER, "state": "signed"}, HEAD, True),
        ("contracts.year.changed", {"customer_id": CUSTOMER, "state": "draft"}, CONTACT, True),
        ("contracts.year.changed", {"customer_id": CUSTOMER, "state": "signed"}, STRANGER, False),
        ("contracts.milestone.changed", {"customer_id": CUSTOMER}, HEAD, True),
        ("contracts.milestone.changed", {"customer_id": CUSTOMER}, STRANGER, False),
        ("contracts.milestone.changed", {}, STRANGER, False),
        ("feedback.case.reported", {}, STRANGER, False),
    ],
)
def test_each_sees_the_events_of_its_own(type_: str, data: Json, who: Json, sees: bool) -> None:
    given = {name: who[name] for name in ("customer_ids", "site_ids", "site_customer_ids", "producer_ids")}
    audience = Audience(actor("handler" if who is not STAFF else "management", **given))

    assert (shown(f"kumppani.{type_}", data, audience) is not None) is sees


def test_three_feeds_are_merged_by_time_and_followed_by_one_cursor(house: House) -> None:
    site = event("kumppani.customers.site.changed", {"id": SCHOOL}, time="2026-03-10T10:00:01Z")
    first, last = (
        case_event(time="2026-03-10T10:00:00Z"),
        case_event(time="2026-03-10T10:00:02Z"),
    )
    feeds(house, customers=[site], feedback=[first, last])

    body = follow(house, HEAD)

    assert [each["id"] for each in body["items"]] == [first["id"], site["id"], last["id"]]
    assert follow(house, HEAD, f"?after={body['next']}")["items"] == []


def test_now_is_the_end_and_later_events_follow(house: House) -> None:
    events = [case_event()]
    feeds(house, feedback=events)
    end = follow(house, HEAD, "?after=now")
    assert end["items"] == []

    events.append(case_event())
    feeds(house, feedback=events)

    assert [each["id"] for each in follow(house, HEAD, f"?after={end['next']}")["items"]] == [events[1]["id"]]


def test_pages_without_anything_for_the_caller_are_passed_over(house: House) -> None:
    mine = event("kumppani.customers.site.changed", {"id": DAY_CARE})
    feeds(house, customers=[mine], feedback=[case_event() for _ in range(450)])
    house.customers.answers["GET /v1/events"] = _feed([case_event() for _ in range(450)] + [mine])

    assert [each["id"] for each in follow(house, STRANGER)["items"]] == [mine["id"]]


def test_a_silent_service_is_named_and_its_events_come_later(house: House) -> None:
    late = case_event()
    feeds(house, customers=[event("kumppani.customers.site.changed", {"id": SCHOOL})], feedback=[late])
    house.feedback.down = True
    body = follow(house, HEAD)
    assert [each["part"] for each in body["degraded"]] == ["feedback"]
    assert len(body["items"]) == 1

    house.feedback.down = False

    assert [each["id"] for each in follow(house, HEAD, f"?after={body['next']}")["items"]] == [late["id"]]


def test_when_no_service_answers_it_is_503(house: House) -> None:
    bearer = house.signed_in(HEAD)
    house.client.get("/api/v1/events", headers=bearer)
    for service in (house.customers, house.contracts, house.feedback):
        service.down = True

    assert house.client.get("/api/v1/events", headers=bearer).status_code == 503


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%00",
        base64.urlsafe_b64encode(b"[1]").decode(),
        base64.urlsafe_b64encode(b'{"feedback": 7}').decode(),
        base64.urlsafe_b64encode(b'{"feedback": "1.1&limit=0"}').decode(),
        base64.urlsafe_b64encode(b'{"feedback": "1.1\\n"}').decode(),
        base64.urlsafe_b64encode(b"[" * 100).decode(),
    ],
)
def test_a_cursor_that_is_not_ours_is_422(house: House, cursor: str) -> None:
    answer = house.client.get(f"/api/v1/events?after={cursor}", headers=house.signed_in(HEAD))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/query/after"


def test_a_place_that_a_service_does_not_know_is_422(house: House) -> None:
    feeds(house)
    house.feedback.answers["GET /v1/events"] = lambda _: httpx2.Response(422, json={})

    answer = house.client.get("/api/v1/events?wait=5", headers=house.signed_in(HEAD))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/query/after"


def test_a_cursor_holds_a_place_in_each_feed() -> None:
    places = {"customers": "1.2", "contracts": "", "feedback": "now"}

    assert cursors.decode(cursors.encode(places), places) == places


def test_a_client_without_the_scope_follows_nothing(house: House) -> None:
    client = person("integration", "integration", everything=True, scopes=["cases:read"])

    answer = house.client.get("/api/v1/events", headers=house.signed_in(client))

    assert answer.status_code == 403


def test_the_feeds_are_read_as_the_gateway_itself(house: House) -> None:
    stand_ins: tuple[StandIn, ...] = (house.customers, house.contracts, house.feedback)
    feeds(house)

    follow(house, HEAD)

    tokens = {service.last.headers["authorization"] for service in stand_ins}
    assert len(tokens) == 3
