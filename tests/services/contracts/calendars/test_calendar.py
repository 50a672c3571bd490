"""The annual clock as iCalendar: what stands in the file, who opens it, and when it has changed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import sqlalchemy as sa
from httpx2 import Response

from chassis.database import Database
from tests.actors import bearer
from tests.services.contracts.world import Json, World

MET = {"actual_on": "2026-03-09", "status": "met", "note": "Käsiteltiin; ks. muistio, kohta 4\nJatketaan."}


def link(world: World, **filters: object) -> str:
    """Make a calendar link of the contract contact and return its path at the service."""
    made = world.ask(world.contact, "POST", "/calendar-feeds", filters, expect=201)
    assert made["path"] == f"/api/v1/clock.ics?token={made['token']}"
    return str(made["path"]).removeprefix("/api")


def get(world: World, path: str, expect: int = 200, **headers: str) -> Response:
    """Read a calendar without any actor token."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = world.client.get(path, headers=named)
    assert response.status_code == expect, response.text
    return response


def events(response: Response) -> dict[str, icalendar.Event]:
    """Return the events by UID."""
    return {str(each["UID"]): each for each in icalendar.Calendar.from_ical(response.content).events}


def test_milestones_are_all_day_events_with_an_exclusive_end(world: World) -> None:
    milestone = world.clock()[10]
    response = get(world, link(world))
    event = events(response)[f"{milestone['id']}@kumppani"]
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert event.decoded("DTSTART") == date(2026, 12, 31)
    assert event.decoded("DTEND") == date(2027, 1, 1)
    assert b"DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in response.content
    assert event["SUMMARY"] == "Palvelusopimukset 2027 allekirjoitettu"
    assert str(event["URL"]) == f"https://kumppani.example/milestones/{milestone['id']}"
    assert event.categories == ["Vuosikello", "Molemmat osapuolet"]
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CONFIRMED", "TRANSPARENT", 0)


def test_the_calendar_names_itself_and_asks_for_refreshing(world: World) -> None:
    world.clock()
    text = get(world, link(world)).text
    for line in (
        "VERSION:2.0",
        "PRODID:-//Kumppani//Vuosikello//FI",
        "NAME;LANGUAGE=fi:Kumppani: vuosikello",
        "X-WR-CALNAME:Kumppani: vuosikello",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ):
        assert f"\r\n{line}\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_nothing_in_the_file_depends_on_when_it_is_read(world: World, at: Callable[[datetime], None]) -> None:
    world.clock()
    path = link(world)
    first = get(world, path)
    at(datetime(2026, 4, 9, 8, tzinfo=UTC))
    later = get(world, path)
    assert later.content == first.content
    assert later.headers["etag"] == first.headers["etag"]


def test_an_unchanged_calendar_answers_304(world: World) -> None:
    path = link(world)
    milestone = world.clock()[0]
    tag = get(world, path).headers["etag"]
    for header in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        unchanged = get(world, path, 304, if_none_match=header)
        assert unchanged.content == b""
        assert unchanged.headers["etag"] == tag
    assert get(world, path, 200, if_none_match='"other"')
    world.ask(world.contact, "POST", f"/milestones/{milestone['id']}/actual", MET)
    assert get(world, path, 200, if_none_match=tag).headers["etag"] != tag


def test_a_change_raises_the_sequence_and_keeps_the_uid(world: World, at: Callable[[datetime], None]) -> None:
    milestone = world.clock()[0]
    path, uid = link(world), f"{milestone['id']}@kumppani"
    before = events(get(world, path))[uid]
    at(datetime(2026, 3, 12, 9, 30, tzinfo=UTC))
    body = {"due": "2026-03-25", "reason": "Kokous 25.3."}
    world.ask(world.account_manager, "POST", f"/milestones/{milestone['id']}/move", body)
    after = events(get(world, path))[uid]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.decoded("DTSTART") == date(2026, 3, 25)
    assert after.decoded("DTEND") - after.decoded("DTSTART") == timedelta(days=1)
    assert (
        after.decoded("DTSTAMP") == after.decoded("LAST-MODIFIED") == datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
    )
    assert after.decoded("CREATED") == before.decoded("CREATED")


def test_a_cancelled_milestone_stays_in_the_calendar_as_cancelled(world: World) -> None:
    milestone = world.clock()[5]
    path = link(world)
    body = {"reason": "Toista kierrosta ei tarvittu."}
    world.ask(world.account_manager, "POST", f"/milestones/{milestone['id']}/cancel", body)
    event = events(get(world, path))[f"{milestone['id']}@kumppani"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_what_happened_is_told_with_its_marks_escaped(world: World) -> None:
    milestone = world.clock()[0]
    world.ask(world.contact, "POST", f"/milestones/{milestone['id']}/actual", MET)
    event = events(get(world, link(world)))[f"{milestone['id']}@kumppani"]
    assert str(event["DESCRIPTION"]).endswith(f"Toteutui 9.3.2026: {MET['note']}")


@pytest.mark.parametrize(
    ("filters", "count"), [({}, 22), ({"year": 2027}, 11), ({"responsible": "both_parties"}, 2)]
)
def test_a_link_shows_what_it_was_made_for(world: World, filters: Json, count: int) -> None:
    world.clock(2026)
    world.clock(2027)
    world.clock(2026, world.other_customer)
    assert len(events(get(world, link(world, **filters)))) == count


def test_a_link_speaks_the_language_of_its_making(world: World) -> None:
    world.clock()
    made = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201, accept_language="sv")
    text = get(world, made["path"].removeprefix("/api"), accept_language="en").text
    assert "X-WR-CALNAME:Kumppani: årsklockan" in text


def test_a_link_shows_no_more_than_its_maker_sees(world: World) -> None:
    world.clock()
    for who, count in ((world.head, 11), (world.stranger, 0), (world.outside_producer, 0)):
        wanted = {"customer_id": str(world.customer)}
        path = world.ask(who, "POST", "/calendar-feeds", wanted, expect=201)["path"]
        assert len(events(get(world, path.removeprefix("/api")))) == count


def test_a_revoked_link_answers_404_like_one_that_never_was(world: World) -> None:
    made = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201)
    world.ask(world.stranger, "DELETE", f"/calendar-feeds/{made['id']}", expect=404)
    assert [each["id"] for each in world.ask(world.contact, "GET", "/calendar-feeds")["items"]] == [
        made["id"]
    ]
    assert world.ask(world.stranger, "GET", "/calendar-feeds")["items"] == []
    world.ask(world.contact, "DELETE", f"/calendar-feeds/{made['id']}", expect=204)
    gone = get(world, made["path"].removeprefix("/api"), 404).json()
    never = get(world, "/v1/clock.ics?token=never", 404).json()
    assert gone == never
    assert world.ask(world.contact, "GET", "/calendar-feeds")["items"] == []
    world.ask(world.contact, "DELETE", f"/calendar-feeds/{made['id']}", expect=404)


def test_the_answer_with_the_secret_is_never_stored(world: World) -> None:
    made = world.client.post("/v1/calendar-feeds", json={}, headers=bearer(world.contact, "contracts"))

    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")


def test_a_note_of_before_breaks_no_line_of_the_file(world: World, database: Database) -> None:
    milestone = world.clock()[0]
    world.ask(world.contact, "POST", f"/milestones/{milestone['id']}/actual", MET)
    with database.session() as session:
        session.execute(
            sa.text("update milestone set actual_note = :note where id = :id"),
            {"note": "a\x0bb\x0cc\x1bd\x85e\u2028f\rSUMMARY:g", "id": milestone["id"]},
        )
        session.commit()

    response = get(world, link(world))

    note = str(events(response)[f"{milestone['id']}@kumppani"]["DESCRIPTION"])
    assert note.endswith("a\nb\ncd\ne\nf\nSUMMARY:g")
    assert not any(character in response.text for character in "\x0b\x0c\x1b\x85\u2028")
    assert response.content.count(b"\r") == response.content.count(b"\r\n")


def test_the_token_is_stored_nowhere(world: World, database: Database) -> None:
    made = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201, idempotency_key="feed")
    again = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201, idempotency_key="feed")
    assert again == made
    with database.session() as session:
        for table in ("calendar_feed", "idempotency_key", "event"):
            rows = session.execute(sa.text(f"select cast({table} as text) from {table}")).scalars()
            assert not any(made["token"] in row for row in rows)


def test_a_person_reads_the_calendar_with_an_actor_token_and_nobody_without(world: World) -> None:
    world.clock()
    path = f"/v1/clock.ics?year=2026&customer_id={world.customer}"
    mine = world.client.get(path, headers=bearer(world.contact, "contracts"))
    theirs = world.client.get(path, headers=bearer(world.stranger, "contracts"))
    assert (len(events(mine)), len(events(theirs))) == (11, 0)
    assert world.client.get(path).status_code == 401
