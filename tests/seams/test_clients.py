"""Every client reads what the real services answer, and each sees its own."""

from uuid import uuid4

import pytest

from tests.seams.city import City

STAFF = ("supervisor", "handler", "account-manager", "management", "admin", "integration")


def test_the_cast_signs_in_and_knows_itself(city: City) -> None:
    people = city.client.get("/api/v1/demo-people").json()["items"]

    assert sorted(each["username"] for each in people) == sorted(city.people)
    for username, someone in city.people.items():
        me = city.get(username, "/me")
        assert (me["person_id"], me["degraded"]) == (someone["id"], [])
        assert me["everything"] is (username in STAFF)


def test_i_see_my_own_sites_and_customers(city: City) -> None:
    assert [each["id"] for each in city.get("school-head", "/me")["sites"]] == [city.school["id"]]
    assert [each["id"] for each in city.get("contract-contact", "/me")["customers"]] == [city.education["id"]]


@pytest.mark.parametrize("who", ["school-head", "contract-contact", "handler", "admin"])
def test_a_site_card_is_whole(city: City, who: str) -> None:
    card = city.get(who, f"/sites/{city.school['id']}/card")

    assert card["degraded"] == []
    assert card["site"]["name"] == "Myllytullin koulu"
    assert card["agreed"]["reference"] == city.contract["reference"]
    assert [each["reference"] for each in card["open_cases"]] == [city.case["reference"]]
    assert "school-head" in {each["name"].lower().replace(" ", "-") for each in card["contacts"]}


def test_an_outside_producer_gets_its_part_of_a_card(city: City) -> None:
    card = city.get("producer-supervisor", f"/sites/{city.school['id']}/card")

    assert card["agreed"] is None
    assert card["open_cases"] == []
    assert [each["part"] for each in card["degraded"]] == ["agreed"]


@pytest.mark.parametrize("who", ["contract-contact", "account-manager", "management"])
def test_a_customers_overview_is_whole(city: City, who: str) -> None:
    overview = city.get(who, f"/customers/{city.education['id']}/overview")

    assert overview["degraded"] == []
    assert overview["customer"]["name"] == "Opetuspalvelut"
    assert [each["name"] for each in overview["sites"]] == ["Myllytullin koulu"]
    assert overview["contract_year"]["state"] == "in_force"
    assert [each["row"] for each in overview["milestones"]][:1] == [1]
    assert overview["open_cases"][0]["id"] == city.case["id"]
    assert overview["contacts"]


@pytest.mark.parametrize(
    "path",
    [
        "/sites/{school}/card",
        "/sites/{school}",
        "/customers/{education}/overview",
        "/customers/{education}",
        "/cases/{case}",
        "/cases/{case}/clock",
        "/contracts/{contract}",
        "/contracts/{contract}/years/2026",
        "/whom-to-contact?site_id={school}&topic=meals",
    ],
)
def test_a_stranger_gets_404(city: City, path: str) -> None:
    ids = {name: getattr(city, name)["id"] for name in ("school", "education", "case", "contract")}

    assert city.ask("school-head", "GET", path.format(**ids)).status_code == 200
    assert city.ask("daycare-head", "GET", path.format(**ids)).status_code == 404


def test_a_stranger_finds_and_follows_nothing_of_others(city: City) -> None:
    # fmt: off
    for who, sees in (("school-head", True), ("daycare-head", False), ("producer-supervisor", False)):
        cases = [each for each in _all_events(city, who) if each["type"].startswith("kumppani.feedback")]
        assert bool(cases) is sees
        assert bool(city.get(who, "/cases")["items"]) is sees
        assert bool(city.get(who, "/cases/counts")["open"]) is sees
    # fmt: on
    assert city.get("daycare-head", "/search?q=Myllytullin")["items"] == []
    assert city.get("school-head", "/search?q=Myllytullin")["items"]


def _all_events(city: City, who: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    after = ""
    while True:
        page = city.get(who, f"/events?after={after}")
        assert page["degraded"] == []
        if not page["items"]:
            return found
        found += page["items"]
        after = page["next"]


def test_events_of_every_service_are_followed_without_personal_data(city: City) -> None:
    events = _all_events(city, "admin")

    sources = {each["source"] for each in events}
    assert sources == {"/services/customers", "/services/contracts", "/services/feedback"}
    assert not [each for each in events if ".person." in each["type"]]
    assert "School Head" not in str(events)
    assert "perunoita" not in str(events)


def test_news_wakes_the_one_who_waits(city: City) -> None:
    end = city.get("handler", "/events?after=now")["next"]
    city.do("school-head", "POST", f"/cases/{city.case['id']}/messages", {"body": "Entä huomenna?"})

    news = city.get("handler", f"/events?after={end}&wait=20")

    assert [each["subject"] for each in news["items"]] == [city.case["id"]]


def test_search_finds_in_every_service(city: City) -> None:
    found = city.get("admin", "/search?q=Opetuspalvelut")

    assert found["degraded"] == []
    assert {"customer", "contract"} <= {each["kind"] for each in found["items"]}


def test_the_calendar_opens_by_its_link_and_closes_when_revoked(city: City) -> None:
    link = city.do("contract-contact", "POST", "/calendar-feeds", {"year": 2026})
    whole = city.client.get(link["path"])
    assert whole.status_code == 200
    assert whole.text.startswith("BEGIN:VCALENDAR")
    again = city.client.get(link["path"], headers={"If-None-Match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert [each["id"] for each in city.get("contract-contact", "/calendar-feeds")["items"]] == [link["id"]]

    assert city.ask("contract-contact", "DELETE", f"/calendar-feeds/{link['id']}").status_code == 204

    assert city.client.get(link["path"]).status_code == 404
    assert city.ask("contract-contact", "GET", "/clock.ics?year=2026").text.startswith("BEGIN:VCALENDAR")


def test_a_retry_with_its_key_makes_one_case(city: City) -> None:
    word = city.intake(subject="Kerran vain")
    key = {"Idempotency_Key": f"key-{uuid4()}"}

    first = city.ask("school-head", "POST", "/cases", word, **key)
    second = city.ask("school-head", "POST", "/cases", word, **key)
    other = city.ask("school-head", "POST", "/cases", city.intake(subject="Toinen"), **key)

    assert (first.status_code, second.status_code, other.status_code) == (201, 201, 422)
    assert second.headers["idempotency-replayed"] == "true"
    assert second.json()["reference"] == first.json()["reference"]
    assert other.json()["code"] == "idempotency_key_reused"


def test_an_edit_needs_the_version_that_was_read(city: City) -> None:
    path = f"/customers/{city.early_years['id']}"
    read = city.ask("admin", "GET", path)
    edit = {"name": "Varhaiskasvatus", "kind": "internal", "department_id": city.department["id"]}

    assert city.ask("admin", "PUT", path, edit).status_code == 428
    changed = city.ask("admin", "PUT", path, edit, If_Match=read.headers["etag"])
    stale = city.ask("admin", "PUT", path, edit, If_Match=read.headers["etag"])

    assert (changed.status_code, stale.status_code) == (200, 412)
    assert changed.headers["etag"] != read.headers["etag"]
    assert stale.json()["code"] == "stale"


def test_problems_speak_the_callers_language(city: City) -> None:
    path = f"/cases/{uuid4()}"

    said = {
        language: city.ask("admin", "GET", path, Accept_Language=language).json()["detail"]
        for language in ("fi", "sv", "en")
    }

    assert said == {"fi": "Tätä ei löydy.", "sv": "Det här finns inte.", "en": "This cannot be found."}


def test_the_main_job_runs_through_the_gateway(city: City) -> None:
    case = city.do("school-head", "POST", "/cases", city.intake(subject="Pääruoka loppui"))
    assert case["handler"]["name"]
    assert case["response_due_at"] == "2026-03-10T12:00:00Z"
    path = f"/cases/{case['id']}"

    city.do("handler", "POST", f"{path}/acknowledge", {})
    city.do("handler", "POST", f"{path}/messages", {"body": "Tuodaan lisää.", "public": True})
    city.do("handler", "POST", f"{path}/wait", {"question": "Montako jäi ilman?"})
    city.do("school-head", "POST", f"{path}/messages", {"body": "Kaksikymmentä."})
    city.do("handler", "POST", f"{path}/resolve", {"body": "Annosmäärä korjattiin."})
    done = city.get("school-head", path)

    assert done["state"] == "resolved"
    assert [each["public"] for each in done["messages"]].count(True) >= 4
    clock = city.get("school-head", f"{path}/clock")
    assert clock["policy"]["contract_reference"] == city.contract["reference"]
