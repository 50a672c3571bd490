"""What is passed on to a service and back."""

import asyncio
import json
from uuid import uuid4

import fastapi.routing
import httpx2
import pytest
from fastapi.testclient import TestClient

from chassis.actors import ActorVerifier
from chassis.in_process import inward
from tests.actors import trusted_keys
from tests.conftest import DatabaseMaker
from tests.gateway.house import House, person, problem

HEAD = person("school-head", "site_head", site_ids=[str(uuid4())], language="sv")
CLIENT = person("integration", "integration", everything=True, scopes=["cases:read"])
CASE = "01930000-0000-7000-8000-00000000000c"


def test_an_answer_is_passed_back_byte_by_byte(house: House) -> None:
    body = b'{"id" : "not even a case", "new_field": [1.10]}'
    house.feedback.answers[f"GET /v1/cases/{CASE}"] = httpx2.Response(
        200, content=body, headers={"content-type": "application/json", "etag": '"7"', "x-inner": "secret"}
    )

    answer = house.client.get(f"/api/v1/cases/{CASE}", headers=house.signed_in(HEAD))

    assert answer.content == body
    assert answer.headers["etag"] == '"7"'
    assert "x-inner" not in answer.headers


def test_query_and_body_are_passed_on_as_they_came(house: House) -> None:
    house.feedback.says("POST /v1/cases", {}, 201)
    bearer = house.signed_in(HEAD)

    house.client.get("/api/v1/cases?state=received&future=%C3%A4+b", headers=bearer)
    assert house.feedback.last.url.query == b"state=received&future=%C3%A4+b"
    answer = house.client.post("/api/v1/cases", content=b'{"future": "\xc3\xa4"}', headers=bearer)

    assert answer.status_code == 201
    assert house.feedback.last.content == b'{"future": "\xc3\xa4"}'


def test_what_is_passed_on_costs_no_walk_through_dependencies(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.feedback.says("POST /v1/cases", {}, 201)
    house.feedback.says(f"GET /v1/cases/{CASE}", {})
    bearer = house.signed_in(HEAD)

    async def never(**_: object) -> None:
        raise AssertionError("solved by FastAPI")

    monkeypatch.setattr(fastapi.routing, "solve_dependencies", never)
    assert house.client.post("/api/v1/cases", json={}, headers=bearer).status_code == 201
    assert house.client.get(f"/api/v1/cases/{CASE}", headers=bearer).status_code == 200
    assert house.client.get(f"/api/v1/cases/{CASE}").status_code == 401


def test_where_a_new_thing_is_is_told_as_the_gateways_address(house: House) -> None:
    house.feedback.answers["POST /v1/cases"] = httpx2.Response(
        201, json={"id": CASE}, headers={"location": f"/v1/cases/{CASE}"}
    )

    answer = house.client.post("/api/v1/cases", json={}, headers=house.signed_in(HEAD))

    assert answer.headers["location"] == f"/api/v1/cases/{CASE}"


def test_what_the_caller_has_is_asked_about_and_not_sent_again(house: House) -> None:
    def known(request: httpx2.Request) -> httpx2.Response:
        assert request.headers["if-none-match"] == 'W/"7-abc"'
        return httpx2.Response(304, headers={"etag": '"7-abc"'})

    house.feedback.answers[f"GET /v1/cases/{CASE}"] = known

    sent = house.signed_in(HEAD) | {"If-None-Match": 'W/"7-abc"'}
    answer = house.client.get(f"/api/v1/cases/{CASE}", headers=sent)

    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", '"7-abc"')
    assert "Accept-Encoding" in answer.headers["vary"]


def test_the_service_gets_an_actor_token_of_its_own(house: House) -> None:
    house.client.get("/api/v1/cases", headers=house.signed_in(HEAD))

    token = house.feedback.last.headers["authorization"].removeprefix("Bearer ")
    actor = ActorVerifier("feedback", trusted_keys()).verify(token)

    assert actor.subject == HEAD["person_id"]
    assert actor.has_role("site_head")
    assert [str(each) for each in actor.site_ids] == HEAD["site_ids"]


def test_conditions_and_keys_are_passed_on(house: House) -> None:
    house.feedback.says("POST /v1/cases", {}, 201, idempotency_replayed="true")
    sent = {
        "If-Match": '"3"',
        "Idempotency-Key": "key-1",
        "If-None-Match": '"x"',
        "Cookie": "no",
        "X-Else": "no",
    }

    answer = house.client.post("/api/v1/cases", json={}, headers=house.signed_in(HEAD) | sent)

    given = house.feedback.last.headers
    assert (given["if-match"], given["idempotency-key"], given["if-none-match"]) == ('"3"', "key-1", '"x"')
    assert "cookie" not in given
    assert "x-else" not in given
    assert answer.headers["idempotency-replayed"] == "true"


def test_the_persons_language_is_asked_for_unless_the_caller_says_another(house: House) -> None:
    bearer = house.signed_in(HEAD)

    house.client.get("/api/v1/cases", headers=bearer)
    assert house.feedback.last.headers["accept-language"] == "sv"
    house.client.get("/api/v1/cases", headers=bearer | {"Accept-Language": "en-GB"})

    assert house.feedback.last.headers["accept-language"] == "en-GB"


def test_a_problem_passes_through_and_names_the_gateways_address(house: House) -> None:
    errors = [{"pointer": "#/subject", "code": "missing", "detail": "Tämä tieto puuttuu."}]
    house.feedback.answers["POST /v1/cases"] = problem(
        422, "invalid_input", errors=errors, instance="/v1/cases"
    )

    answer = house.client.post("/api/v1/cases", json={}, headers=house.signed_in(HEAD))

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"] == errors
    assert answer.json()["instance"] == "/api/v1/cases"


@pytest.mark.parametrize("status", [403, 404, 409, 412, 428, 500, 503])
def test_every_status_passes_through(house: House, status: int) -> None:
    house.feedback.answers["GET /v1/cases"] = problem(status, "some")

    assert house.client.get("/api/v1/cases", headers=house.signed_in(HEAD)).status_code == status


def test_a_refused_actor_token_is_not_the_callers_fault(house: House) -> None:
    house.feedback.answers["GET /v1/cases"] = problem(401, "unauthenticated")

    assert house.client.get("/api/v1/cases", headers=house.signed_in(HEAD)).status_code == 503


@pytest.mark.parametrize("name", ["..%2Fsites", "x", "1", "%00"])
def test_an_id_that_is_none_never_reaches_the_service(house: House, name: str) -> None:
    answer = house.client.get(f"/api/v1/cases/{name}", headers=house.signed_in(HEAD))

    assert answer.status_code in {404, 422}
    assert house.feedback.asked == []


def test_a_client_acts_within_its_scopes(house: House) -> None:
    house.feedback.says("GET /v1/cases", {"items": [], "next": None})
    bearer = house.signed_in(CLIENT)

    assert house.client.get("/api/v1/cases", headers=bearer).status_code == 200
    assert house.client.post("/api/v1/cases", json={}, headers=bearer).status_code == 403
    assert house.client.get("/api/v1/search?q=a", headers=bearer).status_code == 403
    assert [request.method for request in house.feedback.asked] == ["GET"]


def test_a_retry_that_broke_is_not_sent_twice(house: House) -> None:
    house.feedback.down = True

    answer = house.client.post("/api/v1/cases", json={}, headers=house.signed_in(HEAD))

    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert len(house.feedback.asked) == 1


def test_the_calendar_opens_by_its_token_alone(house: House) -> None:
    def calendar(request: httpx2.Request) -> httpx2.Response:
        assert "authorization" not in request.headers
        if request.headers.get("if-none-match") == '"a"':
            return httpx2.Response(304, headers={"etag": '"a"'})
        return httpx2.Response(
            200, text="BEGIN:VCALENDAR", headers={"etag": '"a"', "content-type": "text/calendar"}
        )

    house.contracts.answers["GET /v1/clock.ics"] = calendar

    whole = house.client.get("/api/v1/clock.ics?token=abc")
    known = house.client.get("/api/v1/clock.ics?token=abc", headers={"If-None-Match": whole.headers["etag"]})

    assert whole.text == "BEGIN:VCALENDAR"
    assert whole.headers["content-type"] == "text/calendar"
    assert (known.status_code, known.content) == (304, b"")
    assert house.client.get("/api/v1/clock.ics").status_code == 401


def test_the_calendar_opens_with_a_session(house: House) -> None:
    house.contracts.answers["GET /v1/clock.ics"] = lambda request: httpx2.Response(
        200, text=request.headers["authorization"]
    )

    answer = house.client.get("/api/v1/clock.ics?year=2026", headers=house.signed_in(HEAD))

    assert answer.text.startswith("Bearer ")
    assert house.contracts.last.url.query == b"year=2026"


def test_a_file_is_passed_on_with_its_type(house: House) -> None:
    house.customers.says("POST /v1/imports/sites", {"kind": "sites"})
    bearer = house.signed_in(person("admin", "administrator", everything=True))

    answer = house.client.post(
        "/api/v1/imports/sites?dry_run=true",
        content=b"number;name\nK-1;A\n",
        headers=bearer | {"Content-Type": "text/csv"},
    )

    assert answer.json() == {"kind": "sites"}
    assert house.customers.last.headers["content-type"] == "text/csv"
    assert house.client.post("/api/v1/imports/horses", content=b"", headers=bearer).status_code == 422


@pytest.mark.parametrize("name", ["If-Match", "Idempotency-Key", "Accept-Language"])
def test_a_header_that_is_not_ascii_is_refused(house: House, name: str) -> None:
    bearer = house.signed_in(HEAD)["Authorization"]
    headers = [(name.encode(), "ä".encode("latin-1")), (b"Authorization", bearer.encode())]

    answer = house.client.post("/api/v1/cases", json={}, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"#/header/{name.lower()}"
    assert house.feedback.asked == []


def test_the_answer_is_json_again(house: House) -> None:
    house.feedback.says("GET /v1/cases", {"items": [{"subject": "ä"}], "next": None})

    answer = house.client.get("/api/v1/cases", headers=house.signed_in(HEAD))

    assert json.loads(answer.content)["items"] == [{"subject": "ä"}]


def test_an_address_that_is_too_long_to_pass_on_is_refused(house: House) -> None:
    token = house.signed_in(HEAD)["Authorization"].encode()
    asked = inward(house.app).ask("GET", f"/api/v1/cases?q={'x' * 70_000}", [(b"authorization", token)])

    answer = asyncio.run(asked)

    assert answer.status_code == 400
    assert json.loads(answer.content)["code"] == "bad_request"


STRANGE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def trace_of(request: httpx2.Request) -> str:
    return request.headers["traceparent"].split("-")[1]


def test_the_trace_of_a_stranger_ends_at_the_door(house: House) -> None:
    house.feedback.says(f"GET /v1/cases/{CASE}", {})
    strange = house.signed_in(HEAD) | {"traceparent": STRANGE, "X-Forwarded-For": "127.0.0.1"}

    house.client.get(f"/api/v1/cases/{CASE}", headers=strange)

    assert trace_of(house.feedback.last) != STRANGE.split("-")[1]


def test_the_trace_of_the_pages_goes_on(database_url_for: DatabaseMaker) -> None:
    house = House(database_url_for("gateway"), traced_callers="10.1.0.0/16, ::1")
    house.feedback.says(f"GET /v1/cases/{CASE}", {})
    of_web = house.signed_in(HEAD) | {"traceparent": STRANGE}

    def asked_from(address: str) -> str:
        TestClient(house.app, client=(address, 1)).get(f"/api/v1/cases/{CASE}", headers=of_web)
        return trace_of(house.feedback.last)

    assert asked_from("10.1.2.3") == STRANGE.split("-")[1]
    assert asked_from("10.2.2.3") != STRANGE.split("-")[1]
    house.app.state.database.close()


def test_a_trace_goes_on_inside_a_process(house: House) -> None:
    house.feedback.says(f"GET /v1/cases/{CASE}", {})

    async def ask() -> None:
        async with httpx2.AsyncClient(transport=inward(house.app), base_url="http://gateway") as client:
            of_web = house.signed_in(HEAD) | {"traceparent": STRANGE}
            await client.get(f"/api/v1/cases/{CASE}", headers=of_web)

    asyncio.run(ask())

    assert trace_of(house.feedback.last) == STRANGE.split("-")[1]
