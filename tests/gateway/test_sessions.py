"""Signing in and out, and the tokens that are refused."""

import json
import re
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import OKPKey

from chassis.actors import ActorSigner
from gateway.app import create_app
from gateway.routes.sessions import DEMO_PEOPLE
from gateway.sessions.tokens import AUDIENCE, TYPE
from tests.actors import actor, private_jwk
from tests.conftest import DatabaseMaker
from tests.gateway.house import House, person
from tests.support.processes import ROOT

HEAD = person("school-head", "site_head", everything=True)


def signed(claims: dict[str, object], *, issuer: str = "gateway", typ: str = TYPE) -> dict[str, str]:
    key = OKPKey.import_key(json.loads(private_jwk(issuer)))
    token = jwt.encode({"alg": "Ed25519", "typ": typ}, claims, key, algorithms=["Ed25519"])
    return {"Authorization": f"Bearer {token}"}


def claims_of(house: House, **changed: object) -> dict[str, object]:
    now = int(house.clock().timestamp())
    claims: dict[str, object] = {
        "iss": AUDIENCE,
        "aud": AUDIENCE,
        "sub": HEAD["person_id"],
        "jti": "0197f5a0-0000-7000-8000-000000000099",
        "iat": now,
        "exp": now + 60,
    }
    claims.update(changed)
    return {name: value for name, value in claims.items() if value is not None}


def test_a_demo_person_signs_in_and_is_known(house: House) -> None:
    house.knows(HEAD)

    opened = house.client.post("/api/v1/sessions", json={"username": "school-head"})

    assert opened.status_code == 201
    assert opened.json()["expires_at"] == "2026-03-10T16:00:00Z"
    assert opened.headers["cache-control"] == "no-store"
    bearer = {"Authorization": f"Bearer {opened.json()['token']}"}
    assert house.client.get("/api/v1/me", headers=bearer).json()["name"] == "School-Head"


def test_an_unknown_demo_person_is_told_so(house: House) -> None:
    answer = house.client.post(
        "/api/v1/sessions", json={"username": "nobody"}, headers={"Accept-Language": "en"}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "#/username", "code": "unknown_person", "detail": "There is no such person."}
    ]


def test_only_the_ten_demo_people_sign_in_by_name(house: House) -> None:
    house.knows(person("aino.ylitalo", "administrator", everything=True))

    answer = house.client.post("/api/v1/sessions", json={"username": "aino.ylitalo"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "unknown_person"
    assert house.customers.asked == []


def test_a_username_stays_one_part_of_the_address(house: House) -> None:
    answer = house.client.post("/api/v1/sessions", json={"username": "../../people?q=a"})

    assert answer.status_code == 422
    assert house.customers.asked == []


def test_the_demo_people_who_exist_are_listed_in_their_order(house: House) -> None:
    house.knows(person("admin", "administrator"))
    house.knows(HEAD)

    people = house.client.get("/api/v1/demo-people").json()["items"]

    assert [each["username"] for each in people] == ["school-head", "admin"]
    assert all("person_id" not in each for each in people)


def test_the_demo_people_begin_with_those_whom_the_readme_presents_first(house: House) -> None:
    for each in DEMO_PEOPLE:
        house.knows(person(each, "administrator"))

    people = house.client.get("/api/v1/demo-people").json()["items"]

    table = (ROOT / "README.md").read_text("utf-8").split("\n## First steps")[1].split("\n## ")[0]
    presented = re.findall(r"^\| \*\*(\w+), (?:head of a (\w+)|)", table, re.MULTILINE)
    assert presented[0] == ("Hanna", "school")
    assert people[0]["username"] == "school-head"


def test_where_no_demo_city_was_filled_in_nobody_signs_in_by_name(database_url_for: DatabaseMaker) -> None:
    house = House(database_url_for("gateway"))
    house.knows(HEAD)

    with house.client:
        refused = house.client.post("/api/v1/sessions", json={"username": "school-head"})
        listed = house.client.get("/api/v1/demo-people", headers={"Accept-Language": "en"})

    assert [refused.status_code, listed.status_code] == [403, 403]
    assert listed.json()["code"] == "no_demo_city"
    assert "Take demo mode out of the settings" in listed.json()["detail"]
    assert house.customers.asked == []


def test_without_demo_mode_nobody_signs_in_by_name(database_url_for: DatabaseMaker) -> None:
    house = House(database_url_for("gateway"), demo=False)

    assert house.client.post("/api/v1/sessions", json={"username": "school-head"}).status_code == 404
    assert house.client.get("/api/v1/demo-people").status_code == 404
    assert "/api/v1/sessions" not in house.client.get("/api/v1/openapi.json").json()["paths"]


def test_without_a_token_everything_is_401(house: House) -> None:
    answer = house.client.get("/api/v1/me")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": 1},
        {"exp": None},
        {"aud": "feedback"},
        {"aud": None},
        {"iss": "feedback"},
        {"sub": None},
        {"sub": "nobody"},
        {"sub": 7},
        {"jti": None},
        {"jti": "x"},
        {"exp": 10**30},
        {"exp": "soon"},
    ],
)
def test_a_token_with_other_claims_is_refused(house: House, changed: dict[str, object]) -> None:
    house.knows(HEAD)
    assert house.client.get("/api/v1/me", headers=signed(claims_of(house))).status_code == 200

    assert house.client.get("/api/v1/me", headers=signed(claims_of(house, **changed))).status_code == 401


def test_a_forged_token_is_refused(house: House) -> None:
    house.knows(HEAD)

    assert (
        house.client.get("/api/v1/me", headers=signed(claims_of(house), issuer="forger")).status_code == 401
    )


def test_an_actor_token_is_no_session(house: House) -> None:
    house.knows(HEAD)
    token = ActorSigner("gateway", private_jwk("gateway")).sign(actor("administrator"), AUDIENCE)

    assert house.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert house.client.get("/api/v1/me", headers=signed(claims_of(house), typ="JWT")).status_code == 401


@pytest.mark.parametrize("token", ["x", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "ä"])
def test_a_malformed_token_is_refused(house: House, token: str) -> None:
    headers = [(b"authorization", f"Bearer {token}".encode("latin-1"))]

    assert house.client.get("/api/v1/me", headers=headers).status_code == 401


def test_a_session_ends_after_eight_hours(house: House) -> None:
    bearer = house.signed_in(HEAD)

    house.clock.move(hours=8, seconds=-1)
    assert house.client.get("/api/v1/me", headers=bearer).status_code == 200
    house.clock.move(seconds=1)
    assert house.client.get("/api/v1/me", headers=bearer).status_code == 401


def test_signing_out_ends_the_session_at_once_and_no_other(house: House) -> None:
    bearer, other = house.signed_in(HEAD), house.signed_in(HEAD)

    assert house.client.delete("/api/v1/sessions/current", headers=bearer).status_code == 204

    assert house.client.get("/api/v1/me", headers=bearer).status_code == 401
    assert house.client.get("/api/v1/me", headers=other).status_code == 200


def test_signing_in_anew_ends_the_session_of_the_same_browser_and_no_other(house: House) -> None:
    house.knows(HEAD)
    former, other = house.signed_in(HEAD), house.signed_in(HEAD)

    opened = house.client.post("/api/v1/sessions", json={"username": "school-head"}, headers=former)

    assert opened.status_code == 201
    assert house.client.get("/api/v1/me", headers=former).status_code == 401
    assert house.client.get("/api/v1/me", headers=other).status_code == 200


def test_a_session_that_is_over_hinders_no_signing_in(house: House) -> None:
    house.knows(HEAD)

    opened = house.client.post(
        "/api/v1/sessions", json={"username": "school-head"}, headers={"Authorization": "Bearer x"}
    )

    assert opened.status_code == 201


def test_signing_out_ends_the_session_at_another_process_within_five_seconds(house: House) -> None:
    bearer = house.signed_in(HEAD)
    app = create_app(house.settings, neighbours=house.neighbours, clock=house.clock)
    elsewhere = TestClient(app)
    assert elsewhere.get("/api/v1/me", headers=bearer).status_code == 200

    house.client.delete("/api/v1/sessions/current", headers=bearer)

    house.clock.move(seconds=5)
    assert elsewhere.get("/api/v1/me", headers=bearer).status_code == 401
    app.state.database.close()


def test_an_unreadable_revocation_table_lets_nobody_in(database_url_for: DatabaseMaker) -> None:
    house = House("postgresql://nobody@127.0.0.1:9/none")

    answer = house.client.get("/api/v1/me", headers=house.signed_in(HEAD))

    assert answer.status_code == 503
    house.app.state.database.close()


def test_the_clock_of_a_token_is_the_gateways(house: House) -> None:
    house.clock.now = datetime(2031, 1, 1, tzinfo=UTC)

    assert house.client.get("/api/v1/me", headers=house.signed_in(HEAD)).status_code == 200
