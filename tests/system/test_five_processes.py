"""Five deployables and three workers as real processes: the main job, and parts that fall away."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import holidays
import httpx2
import psycopg
import pytest

from kumppani.postgres import PrivatePostgres
from tests.support.waiting import until
from tests.system.crush import LINE, PLACES, WORDS, crush
from tests.system.running import Part, ended, free_ports
from tests.system.rush import rush
from tests.system.town import DAY_CARE, HELSINKI, RESOLUTION, RESPONSE, SCHOOL, Json, Town, a_town
from tests.system.visitor import Visitor

SHORT_WAIT = 2
"""Seconds: the shortest wait that is longer than the gateway's patience with a part of a card."""
NEW_NAME = "Tuulikellon uusi päiväkoti"
ANSWER = "Tilasimme lisää, ja huomenna ruokaa riittää."


@pytest.fixture(scope="module")
def town(postgres: PrivatePostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(postgres, tmp_path_factory.mktemp("town")) as running:
        yield running


def school_hours(day: date) -> tuple[datetime, datetime] | None:
    """The working hours of a school on a day, written down here from the calendar as people read it."""
    closed = day.month == 7 or (day.month == 12 and day.day >= 23)
    if closed or day.weekday() >= 5 or day in holidays.country_holidays("FI", years=day.year):
        return None
    return (
        datetime.combine(day, time(7), HELSINKI).astimezone(UTC),
        datetime.combine(day, time(15), HELSINKI).astimezone(UTC),
    )


def after_school_hours(start: datetime, hours: int) -> datetime:
    """The instant at which so many hours of school have passed since the start."""
    left, day = timedelta(hours=hours), start.astimezone(HELSINKI).date()
    while True:
        frame = school_hours(day)
        if frame is not None and frame[1] > start:
            begin = max(start, frame[0])
            if begin + left <= frame[1]:
                return begin + left
            left -= frame[1] - begin
        day += timedelta(days=1)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_the_main_job_through_pages_gateway_and_services(town: Town) -> None:
    web = town.parts["web"].url
    with Visitor(web) as head, Visitor(web) as handler, Visitor(web) as contact, Visitor(web) as stranger:
        # The head of the school tells what went wrong at lunch.
        form = head.follow(head.sign_in("school-head"), "Anna palautetta")
        told = head.press(
            form,
            "Lähetä palaute",
            kind="Jokin on pielessä",
            what="Mitä tapahtui?: Lounas loppui kesken, kolme luokkaa jäi ilman ruokaa.",
            wish="Soittakaa minulle",
        )
        assert told.status == 200
        assert "palaute on perillä" in told.text
        assert "Hanna Käsittelijä" in told.text
        page = head.follow(told, "Seuraa palautetta")
        case = town.get("school-head", f"/cases/{page.path.rpartition('/')[2]}")

        # The right named person has it, and the times follow from the signed year and the calendar.
        assert case["handler"]["name"] == "Hanna Käsittelijä"
        assert case["handler"]["phone"] == "+358 40 000 0003"
        received = instant(case["received_at"])
        assert instant(case["response_due_at"]) == after_school_hours(received, 3)
        assert instant(case["resolution_due_at"]) == after_school_hours(received, 13)
        promise = town.get("school-head", f"/cases/{case['id']}/clock")["policy"]
        assert (promise["source"], promise["contract_reference"], promise["year"]) == (
            "contract_year",
            town.reference,
            town.year,
        )
        assert (promise["response"]["duration"], promise["resolution"]["duration"]) == (RESPONSE, RESOLUTION)

        # The handler acknowledges, answers and resolves.
        handler.sign_in("handler")
        work = handler.press(handler.open(page.path), "Otan hoitaakseni, vastaan myöhemmin")
        assert "Palaute on nyt käsittelyssä" in work.text
        work = handler.press(
            work, "Lähetä vastaus", text="Viesti asiakkaalle: Selvitämme asiaa keittiön kanssa."
        )
        assert "Selvitämme asiaa keittiön kanssa." in work.text
        work = handler.press(work, "Vastaa ja merkitse ratkaistuksi", text=f"Viesti asiakkaalle: {ANSWER}")
        assert "ratkaistu" in work.text.lower()

        # The head sees it, the contract contact sees it, the stranger sees nothing.
        for person, username in ((head, None), (contact, "contract-contact")):
            if username:
                person.sign_in(username)
            seen = person.open(page.path)
            assert seen.status == 200
            assert ANSWER in seen.text
        stranger.sign_in("daycare-head")
        assert stranger.open(page.path).status == 404
        assert town.ask("daycare-head", "GET", f"/cases/{case['id']}").status_code == 404
        assert case["id"] not in [each["id"] for each in town.get("daycare-head", "/cases")["items"]]
        assert case["id"] in [each["id"] for each in town.get("contract-contact", "/cases")["items"]]
        assert town.get("school-head", f"/cases/{case['id']}")["state"] == "resolved"


def test_each_role_enters_its_own_database_only(town: Town, postgres: PrivatePostgres) -> None:
    for role, password in town.passwords.items():
        for database in town.passwords:
            url = postgres.url(database, role, password)
            if database == role:
                psycopg.connect(url).close()
            else:
                with pytest.raises(psycopg.OperationalError, match="permission denied"):
                    psycopg.connect(url)


def a_word(town: Town) -> Json:
    return {
        "site_id": town.school["id"],
        "kind": "complaint",
        "service": "meals",
        "subject": "Keitto oli kylmää",
        "description": "Keitto oli kylmää.",
        "channel": "web",
    }


def test_sixty_reads_at_once_beside_words_and_other_reads_are_all_answered(town: Town) -> None:
    word = a_word(town)
    counted = rush(town.parts["gateway"].url, reader="handler", reporter="school-head", word=word)

    assert set(counted) == {("read", 200), ("word", 201), ("other", 200)}


def test_a_process_with_ten_times_too_much_to_do_takes_every_word_and_refuses_others(town: Town) -> None:
    few = {"KUMPPANI_GATEWAY_PLACES": str(PLACES), "KUMPPANI_GATEWAY_LINE": str(LINE)}
    [port] = free_ports(1)
    small = Part("gateway", port, {**town.settings, **few, "KUMPPANI_PROCESSES": "1"}, town.folder / "small")
    small.said.parent.mkdir()
    with ended(small):
        small.start()
        small.wait()
        counted = crush(small.url, reader="handler", reporter="school-head", word=a_word(town))
        reader = {"Authorization": f"Bearer {town.token('handler')}"}
        afterwards = httpx2.get(f"{small.url}/api/v1/cases", headers=reader, trust_env=False, timeout=30)
        assert afterwards.status_code == 200

    assert counted.pop(("word", 201)) == WORDS
    assert min(counted.pop((what, 503)) for what in ("read", "program")) > 0
    assert set(counted) <= {("read", 200), ("program", 200)}


def card_in_time(town: Town) -> Json:
    """The card of the school, which came before a short wait for news of customers had ended.

    It has to once of three times: others share this machine.
    """
    end = town.news("customers", after="now")["next"]
    with ThreadPoolExecutor(max_workers=1) as beside:
        for _ in range(3):
            wait = beside.submit(town.news, "customers", after=end, wait=SHORT_WAIT)
            answer = town.ask("handler", "GET", f"/sites/{town.school['id']}/card")
            in_time = not wait.done()
            assert wait.result()["items"] == []
            if in_time:
                break
    assert in_time
    assert answer.status_code == 200, answer.text
    card: Json = answer.json()
    return card


def whole_again(town: Town) -> bool:
    return town.get("handler", f"/sites/{town.school['id']}/card")["degraded"] == []


@pytest.mark.parametrize(("service", "part"), [("contracts", "agreed"), ("feedback", "open_cases")])
def test_a_hanging_neighbour_is_missing_in_time_and_found_again(town: Town, service: str, part: str) -> None:
    until(lambda: whole_again(town), "a whole card")

    town.parts[service].hang()
    try:
        card = card_in_time(town)
    finally:
        town.parts[service].go_on()

    assert [each["part"] for each in card["degraded"]] == [part]
    assert card[part] is None
    assert card["site"]["name"] == SCHOOL
    until(lambda: whole_again(town), f"{service} to be asked again")


def test_without_customers_and_contracts_pages_say_so_words_come_in_and_news_follow(town: Town) -> None:
    until(lambda: whole_again(town), "a whole card")
    word = {
        "site_id": town.day_care["id"],
        "kind": "complaint",
        "service": "meals",
        "subject": "Puuro oli kylmää",
        "description": "Puuro oli aamulla kylmää.",
        "channel": "web",
    }
    with Visitor(town.parts["web"].url) as visitor:
        visitor.sign_in("handler")
        town.get("daycare-head", "/me")  # the gateway knows this head from now on

        try:
            town.parts["contracts"].kill()
            card = card_in_time(town)
            page = visitor.open(f"/sites/{town.school['id']}")
            town.parts["customers"].kill()
            case = town.do("daycare-head", "POST", "/cases", word)
        finally:
            for name in ("contracts", "customers"):
                town.parts[name].start()

    assert [(each["part"], each["reason"]) for each in card["degraded"]] == [("agreed", "unavailable")]
    assert page.status == 200
    assert SCHOOL in page.text
    assert "ei vastaa juuri nyt" in page.text
    assert case["site"]["name"] == DAY_CARE
    assert case["handler"]["name"]
    assert case["response_due_at"] is not None

    for name in ("contracts", "customers"):
        town.parts[name].wait()
    until(lambda: whole_again(town), "contracts to be asked again")
    town.rename(town.day_care, NEW_NAME)
    until(
        lambda: town.get("daycare-head", f"/cases/{case['id']}")["site"]["name"] == NEW_NAME,
        "the new name to reach feedback",
    )


def test_no_process_says_its_secrets(town: Town) -> None:
    for process in town.processes:
        said = process.said.read_text()
        assert said
        assert not [password for password in town.passwords.values() if password in said]
        process.check_alive()
