"""Generating a clock, recording what happened, and changing the plan, over HTTP on a real database."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from chassis.actors import Actor
from tests.actors import actor, bearer
from tests.services.contracts.world import Json, World

MET = {"actual_on": "2026-03-09", "status": "met", "note": "Käsiteltiin kokouksessa."}


def test_a_clock_is_generated_once_however_often_it_is_asked_for(world: World) -> None:
    first, again = world.clock(), world.clock()
    assert [each["row"] for each in first] == list(range(1, 12))
    assert [each["id"] for each in again] == [each["id"] for each in first]
    history = world.ask(world.contact, "GET", f"/milestones/{first[0]['id']}/history")["items"]
    assert [each["what"] for each in history] == ["generated"]


def test_generating_again_leaves_what_was_recorded(world: World) -> None:
    first = world.clock()[0]
    world.ask(world.contact, "POST", f"/milestones/{first['id']}/actual", MET)
    assert world.clock()[0]["status"] == "met"


def test_the_clock_is_read_by_year_customer_responsible_and_status(world: World) -> None:
    world.clock(2026)
    world.clock(2027)
    world.clock(2026, world.other_customer)

    def rows(more: str) -> list[int]:
        path = f"/clock?year=2026&customer_id={world.customer}{more}"
        return [each["row"] for each in world.ask(world.supervisor, "GET", path)["items"]]

    assert rows("") == list(range(1, 12))
    assert rows("&responsible=both_parties") == [11]
    assert rows("&responsible=departments") == [1]
    assert rows("&status=met") == []
    assert rows("&row=3") == [3]
    assert rows("&row=11&responsible=departments") == []


def test_own_steps_and_contracts_are_those_of_the_customers_that_one_manages(world: World) -> None:
    world.clock(2026)
    world.clock(2026, world.other_customer)
    world.draft(2026)
    manager = actor("account_manager", customer_ids=[world.customer])
    other = actor("account_manager", customer_ids=[world.other_customer])

    def customers(who: Actor, path: str, of: Callable[[Json], str]) -> set[str]:
        return {of(each) for each in world.ask(who, "GET", path)["items"]}

    for path, of in (
        ("/clock?year=2026&limit=200&own=true", lambda each: each["customer_id"]),
        ("/contracts?year=2026&limit=200&own=true", lambda each: each["customer"]["id"]),
    ):
        assert customers(manager, path, of) == {str(world.customer)}
        assert str(world.customer) not in customers(other, path, of)
    assert world.ask(world.contact, "GET", "/clock")["year"] == 2026
    world.ask(world.contact, "GET", "/clock?responsible=nobody", expect=422)


@pytest.mark.parametrize("query", ["row=0", "row=12", "row=third", "overdue=perhaps"])
def test_a_row_or_lateness_that_cannot_be_is_refused(world: World, query: str) -> None:
    world.ask(world.contact, "GET", f"/clock?{query}", expect=422)


def test_the_clock_is_read_by_lateness_on_the_given_day(world: World, at: Callable[[datetime], None]) -> None:
    first, *_ = world.clock()
    at(datetime(2026, 4, 10, 12, tzinfo=UTC))

    def rows(more: str) -> list[int]:
        clock = world.ask(world.contact, "GET", f"/clock?year=2026&{more}")
        assert clock["summary"]["total"] == len(clock["items"])
        return [each["row"] for each in clock["items"]]

    assert rows("overdue=true") == [1, 2]
    world.ask(world.contact, "POST", f"/milestones/{first['id']}/actual", MET)
    assert rows("overdue=true") == [2]
    assert rows("overdue=false") == [1, *range(3, 12)]
    assert rows("status=scheduled&overdue=false") == list(range(3, 12))
    assert rows("overdue=true&row=1") == []


def test_the_clock_speaks_the_readers_language(world: World) -> None:
    world.clock()
    topics = {
        language: world.ask(world.contact, "GET", "/clock?limit=1", accept_language=language)["items"][0]
        for language in ("fi", "sv", "en")
    }
    assert topics["fi"]["responsible_name"] == "Asiakkuusryhmä (hallintokunnat tuottavat)"
    assert topics["sv"]["topic"] == "Budget 2027: avtalsberedning 1"
    assert topics["en"]["topic"] == "Budget 2027: contract preparation 1"


def test_overdue_counts_days_from_the_given_day(world: World, at: Callable[[datetime], None]) -> None:
    world.clock()
    before = world.ask(world.contact, "GET", "/clock")
    at(datetime(2026, 4, 10, 12, tzinfo=UTC))
    after = world.ask(world.contact, "GET", "/clock")
    assert [each["overdue"] for each in before["items"]] == [False] * 11
    assert [(each["overdue"], each["overdue_days"]) for each in after["items"][:3]] == [
        (True, 10),
        (True, 10),
        (False, 0),
    ]
    assert (after["summary"]["scheduled"], after["summary"]["overdue"], after["summary"]["total"]) == (
        11,
        2,
        11,
    )


def test_the_day_turns_at_midnight_in_helsinki(world: World, at: Callable[[datetime], None]) -> None:
    world.clock()
    at(datetime(2026, 3, 31, 20, 59, tzinfo=UTC))
    assert world.ask(world.contact, "GET", "/clock")["summary"]["overdue"] == 0
    at(datetime(2026, 3, 31, 21, 0, tzinfo=UTC))
    assert world.ask(world.contact, "GET", "/clock")["summary"]["overdue"] == 2


def test_what_happened_is_recorded_and_corrected_with_a_history(world: World) -> None:
    path = f"/milestones/{world.clock()[0]['id']}"
    recorded = world.ask(world.contact, "POST", f"{path}/actual", MET)
    assert (recorded["status"], recorded["actual_on"], recorded["overdue"]) == ("met", "2026-03-09", False)
    corrected = {"actual_on": "2026-03-10", "status": "partially_met", "note": "Puolet jäi kesken."}
    world.ask(world.account_manager, "POST", f"{path}/actual", corrected)
    newest, first, generated = world.ask(world.contact, "GET", path)["history"]
    assert (newest["by"], first["by"]) == ("Maija Virtanen", "Antti Koski")
    assert newest["before"] == {"actual_on": "2026-03-09", "actual_note": MET["note"], "status": "met"}
    assert newest["after"]["status"] == "partially_met"
    assert generated["what"] == "generated"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"actual_on": "2026-03-11"}, "#/actual_on"),
        ({"actual_on": None}, "#"),
        ({"actual_on": "10.3.2026"}, "#/actual_on"),
        ({"status": "scheduled"}, "#/status"),
    ],
)
def test_an_impossible_entry_is_refused(world: World, change: Json, pointer: str) -> None:
    path = f"/milestones/{world.clock()[0]['id']}/actual"
    problem = world.ask(world.contact, "POST", path, {**MET, **change}, expect=422)
    assert problem["errors"][0]["pointer"] == pointer


def test_what_did_not_happen_needs_no_day(world: World) -> None:
    path = f"/milestones/{world.clock()[5]['id']}/actual"
    assert world.ask(world.contact, "POST", path, {"status": "not_met"})["status"] == "not_met"


def test_a_stale_entry_is_refused_and_a_repeated_one_is_one(world: World) -> None:
    path = f"/milestones/{world.clock()[0]['id']}/actual"
    first = world.ask(world.contact, "POST", path, MET, if_match='"1"', idempotency_key="once")
    again = world.ask(world.contact, "POST", path, MET, if_match='"1"', idempotency_key="once")
    assert again == first
    world.ask(world.contact, "POST", path, MET, expect=412, if_match='"1"')


def test_a_milestone_is_moved_within_its_year(world: World) -> None:
    path = f"/milestones/{world.clock()[2]['id']}/move"
    moved = world.ask(world.account_manager, "POST", path, {"due": "2026-04-15", "reason": "Kokous 15.4."})
    assert (moved["due"], moved["month"]) == ("2026-04-15", 4)
    assert moved["history"][0]["after"] == {"due": "2026-04-15", "reason": "Kokous 15.4."}
    body = {"due": "2027-01-01", "reason": "Kokous siirtyi."}
    assert (
        world.ask(world.account_manager, "POST", path, body, expect=422)["errors"][0]["code"]
        == "outside_year"
    )


def test_a_cancelled_milestone_takes_no_entry_until_it_is_restored(world: World) -> None:
    path = f"/milestones/{world.clock()[5]['id']}"
    why = {"reason": "Toista kierrosta ei tarvittu."}
    cancelled = world.ask(world.account_manager, "POST", f"{path}/cancel", why)
    assert (cancelled["status"], cancelled["allowed"]) == ("cancelled", ["restore"])
    problem = world.ask(world.contact, "POST", f"{path}/actual", MET, expect=409)
    assert problem["code"] == "milestone_cancelled"
    assert world.ask(world.account_manager, "POST", f"{path}/restore", why)["status"] == "scheduled"
    world.ask(world.account_manager, "POST", f"{path}/restore", why, expect=409)


def test_a_recorded_milestone_is_not_moved_before_it_is_restored(world: World) -> None:
    path = f"/milestones/{world.clock()[0]['id']}"
    world.ask(world.contact, "POST", f"{path}/actual", MET)
    body = {"due": "2026-03-20", "reason": "Siirto."}
    world.ask(world.account_manager, "POST", f"{path}/move", body, expect=409)
    restored = world.ask(world.account_manager, "POST", f"{path}/restore", {"reason": "Väärä rivi."})
    assert (restored["actual_on"], restored["actual_note"]) == (None, None)


def test_a_milestone_shows_what_became_of_its_row_last_year(world: World) -> None:
    old, new = world.clock(2025)[0], world.clock(2026)[0]
    entry = {"actual_on": "2025-03-28", "status": "partially_met", "note": "Yksi asiakas puuttui."}
    world.ask(world.contact, "POST", f"/milestones/{old['id']}/actual", entry)
    last = world.ask(world.contact, "GET", f"/milestones/{new['id']}")["last_year"]
    assert (last["year"], last["status"], last["actual_note"]) == (2025, "partially_met", entry["note"])


def test_the_clock_is_for_the_customers_people_and_the_producer_only(world: World) -> None:
    milestone = world.clock()[0]
    path = f"/milestones/{milestone['id']}"
    for who in (world.stranger, world.outside_producer):
        world.ask(who, "GET", path, expect=404)
        world.ask(who, "GET", f"{path}/history", expect=404)
        world.ask(who, "POST", f"{path}/actual", MET, expect=404)
        world.ask(who, "POST", f"{path}/cancel", {"reason": "x"}, expect=404)
        clock = world.ask(who, "GET", f"/clock?customer_id={world.customer}")
        assert (clock["items"], clock["summary"]["total"]) == ([], 0)
        assert world.ask(who, "GET", "/search?q=sopimusvalmistelu")["items"] == []
    assert world.ask(world.head, "GET", path)["allowed"] == []
    world.ask(world.head, "POST", f"{path}/actual", MET, expect=403)
    world.ask(world.contact, "POST", f"{path}/cancel", {"reason": "x"}, expect=403)
    for who in (world.contact, world.head, world.supervisor):
        world.ask(
            who, "POST", "/clock/generate", {"year": 2028, "customer_id": str(world.customer)}, expect=403
        )


def test_the_clock_is_paged_by_day_and_the_summary_counts_all(world: World) -> None:
    world.clock()
    first = world.ask(world.contact, "GET", "/clock?limit=8")
    second = world.ask(world.contact, "GET", f"/clock?limit=8&cursor={first['next']}")
    assert [each["row"] for each in first["items"] + second["items"]] == list(range(1, 12))
    assert first["summary"]["total"] == 11
    assert second["next"] is None


def test_topics_are_found_in_any_of_the_three_languages(world: World) -> None:
    world.clock()
    for words in ("Asiakaskyselyn", "kundenkätens", "SURVEY"):
        hits = world.ask(world.contact, "GET", f"/search?q={words}")["items"]
        assert [(hit["kind"], hit["title"]) for hit in hits] == [
            ("milestone", "Asiakaskyselyn tulokset ja laatumittaukset")
        ]


@pytest.mark.parametrize("words", ["fi", "sv", "en", '"', '":', "\\u", "%", "_"])
def test_topics_are_searched_by_what_they_say_alone(world: World, words: str) -> None:
    topics = [
        world.ask(world.contact, "GET", f"/milestones/{each['id']}", accept_language=language)["topic"]
        for each in world.clock()
        for language in ("fi", "sv", "en")
    ]
    found = world.client.get(
        "/v1/search", params={"q": words, "limit": 50}, headers=bearer(world.contact, "contracts")
    ).json()["items"]
    said = {at // 3 for at, topic in enumerate(topics) if words in topic.lower()}
    assert len(found) == len(said)
