"""Lists, counts and search of cases."""

import base64
import sys
from uuid import UUID

import pytest

from chassis.actors import Actor
from services.feedback.finding import search
from services.feedback.finding.analyser import Analyser, Silent
from services.feedback.finding.index import index_news
from services.feedback.finding.readings import Readings
from tests.actors import actor
from tests.services.feedback.city import Service
from tests.support.statements import statements


def index(service: Service, readings: Readings) -> int:
    with service.database.session() as session:
        return index_news(session, readings)


def references(running: Service, **params: object) -> list[str]:
    answer = running.get("/cases", running.city.staff(), **params)
    assert answer.status_code == 200, answer.text
    return [case["reference"] for case in answer.json()["items"]]


def test_the_most_urgent_comes_first(service: Service) -> None:
    slow = service.report(severity="low")
    quick = service.report(severity="critical")
    service.act(service.report(), "resolve", body="Tehty.")

    assert references(service, sort="next_due") == [quick["reference"], slow["reference"]]


def test_pages_follow_one_another_without_gap_or_repeat(service: Service) -> None:
    reported = [service.report()["reference"] for _ in range(5)]

    for sort, expected in (("newest", reported[::-1]), ("next_due", reported)):
        seen: list[str] = []
        cursor = None
        while True:
            params = {"sort": sort, "limit": 2} | ({"cursor": cursor} if cursor else {})
            answer = service.get("/cases", service.city.staff(), **params).json()
            seen += [case["reference"] for case in answer["items"]]
            cursor = answer["next"]
            if cursor is None:
                break
        assert seen == expected


@pytest.mark.parametrize(
    "key", ["x", '["0001-01-01T00:00:00+14:00", "0197f5a0-0000-7000-8000-000000000001"]']
)
def test_a_malformed_cursor_is_refused(service: Service, key: str) -> None:
    cursor = base64.urlsafe_b64encode(key.encode()).decode()

    assert service.get("/cases", service.city.staff(), cursor=cursor).status_code == 422


def test_filters_narrow_the_list(service: Service) -> None:
    meal = service.report(severity="high")["reference"]
    clean = service.act(service.report(service="cleaning", kind="question"), "acknowledge")["reference"]
    city = service.city

    assert references(service, service="cleaning") == [clean]
    assert references(service, kind="question") == [clean]
    assert references(service, severity="high") == [meal]
    assert references(service, state="acknowledged") == [clean]
    assert references(service, state=["received", "acknowledged"]) == [clean, meal]
    assert references(service, producer_id=str(city.outside)) == [clean]
    assert references(service, customer_id=str(city.early_years)) == []
    assert references(service, site_id=str(city.school)) == [clean, meal]
    assert references(service, handler="me") == [clean, meal]
    assert references(service, handler=str(city.supervisor)) == []


def test_what_is_critical_and_not_answered_is_urgent(service: Service) -> None:
    urgent = service.report(severity="critical")
    answered = service.report(severity="critical")
    service.act(answered, "messages", body="Soitin jo.")
    ordinary = service.report(severity="high")["reference"]

    assert references(service, urgent=True) == [urgent["reference"]]
    assert references(service, urgent=False) == [ordinary, answered["reference"]]
    counted = service.get("/cases/counts", service.city.staff(), figures=["urgent"]).json()
    assert (counted["urgent"], counted["open"]) == (1, None)


def test_late_and_due_today_are_told_apart(service: Service) -> None:
    late = service.report(severity="critical")["reference"]
    today = service.report(severity="high")["reference"]
    service.report(severity="low")
    service.later(hours=1, minutes=30)

    assert references(service, due="late") == [late]
    assert references(service, due="today") == [today]


def test_counts_follow_the_filters_and_stop_at_a_limit(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.feedback.finding.repository.COUNTED", 2)
    service.act(service.report(), "acknowledge")
    for _ in range(3):
        service.report()
    service.act(service.report(service="cleaning"), "resolve", body="Tehty.")

    counts = service.get("/cases/counts", service.city.staff()).json()
    cleaning = service.get("/cases/counts", service.city.staff(), service="cleaning").json()

    assert (counts["received"], counts["acknowledged"], counts["open"]) == (2, 1, 2)
    assert set(counts["more"]) == {"received", "open"}
    assert cleaning["open"] == 0


def test_only_the_figures_that_are_asked_for_are_counted(service: Service) -> None:
    service.act(service.report(), "acknowledge")
    service.report()
    staff = service.city.staff()
    usual = service.get("/cases/counts", staff).json()

    with statements(service.database) as sent:
        asked = service.get("/cases/counts", staff, figures=["open", "mine"]).json()

    assert (usual["open"], usual["received"], usual["mine"]) == (2, 1, None)
    assert {name: figure for name, figure in asked.items() if figure is not None} == {
        "open": 2,
        "mine": service.get("/cases/counts", staff, handler="me").json()["open"],
        "more": [],
    }
    assert [statement.count("count(*)") for statement in sent if "count(*)" in statement] == [2]
    assert service.get("/cases/counts", staff, figures="closed").status_code == 422


def test_words_are_found_in_any_form(service: Service, readings: Readings) -> None:
    case = service.report(subject="Lounaat myöhässä", description="Päiväkodeissa odotettiin.")
    service.report(subject="Muu asia", description="Ei mitään.")
    assert index(service, readings) == 2

    for words in ("lounas", "lounasta myöhässä", "LOUNAAT", "myöh", "päiväkoti"):
        assert references(service, q=words) == [case["reference"]]
    assert references(service, q="lounas puuro") == []
    assert references(service, q="!?") == []


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("who", ["staff", "school_head"])
def test_a_word_of_many_and_a_word_of_few_are_paged_alike(
    service: Service, readings: Readings, monkeypatch: pytest.MonkeyPatch, few: int, who: str
) -> None:
    monkeypatch.setattr(search, "FEW", few)
    reported = [service.report(subject="Puuro paloi")["reference"] for _ in range(3)]
    index(service, readings)
    actor = getattr(service.city, who)()

    first = service.get("/cases", actor, q="puuro", limit=2).json()
    rest = service.get("/cases", actor, q="puuro", limit=2, cursor=first["next"]).json()

    assert [case["reference"] for case in first["items"] + rest["items"]] == reported[::-1]
    assert rest["next"] is None


def test_words_of_others_cases_are_not_found(service: Service, readings: Readings) -> None:
    service.report(subject="Lounaat myöhässä")
    index(service, readings)

    assert service.get("/cases", service.city.daycare_head(), q="lounas").json()["items"] == []
    assert service.get("/search", service.city.daycare_head(), q="lounas").json()["items"] == []


def test_a_reference_is_found_at_once_and_a_piece_of_it_when_indexed(
    service: Service, readings: Readings
) -> None:
    reference = service.report()["reference"]

    assert references(service, q=reference.lower()) == [reference]
    index(service, readings)
    assert references(service, q="000001") == [reference]


def test_search_tells_what_and_where(service: Service, readings: Readings) -> None:
    case = service.report()

    [hit] = service.get("/search", service.city.staff(), q=case["reference"]).json()["items"]

    assert hit == {
        "kind": "case",
        "id": case["id"],
        "title": f"{case['reference']} Lounas loppui kesken",
        "subtitle": "Kaakkurin koulu",
        "score": 1.0,
        "exact": True,
        "state": "received",
        "day": "2026-03-10",
    }


def test_each_case_is_indexed_once(service: Service, readings: Readings) -> None:
    service.report()

    assert [index(service, readings), index(service, readings)] == [1, 0]


def test_quotes_and_operators_are_words_like_others(service: Service, readings: Readings) -> None:
    service.report(subject="x y z")
    index(service, readings)

    assert len(references(service, q="x' | !y:* (z)")) == 1
    assert references(service, q="' & !") == []


def test_a_word_that_stands_in_a_case_needs_no_analyser_any_more(
    service: Service, readings: Readings
) -> None:
    case = service.report(subject="Lounaat myöhässä")
    index(service, readings)
    service.app.state.readings = Readings(Analyser(command=["/nonexistent"]))

    assert references(service, q="lounaat") == [case["reference"]]
    assert references(service, q="lounas") == [case["reference"]]


def test_without_an_analyser_words_are_found_as_written_and_by_stems(service: Service) -> None:
    case = service.report(subject="Keitosta jäi nälkä", description="Ei riittänyt.")
    nobody = Readings(Analyser(command=["/nonexistent"]))
    service.app.state.readings = nobody
    assert index(service, nobody) == 1

    assert references(service, q="keitosta") == [case["reference"]]
    assert references(service, q="keitto") == [case["reference"]]
    assert references(service, q="kastike") == []


def test_a_late_analyser_leaves_the_events_for_the_next_run(
    service: Service, readings: Readings, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.report(subject="Lounaat myöhässä")
    dumb = Readings(Analyser(command=[sys.executable, "-c", "import sys; sys.stdin.read()"]))
    monkeypatch.setattr("services.feedback.finding.index.ANALYSER_SECONDS", 0.05)
    with pytest.raises(Silent):
        index(service, dumb)
    dumb.close()

    assert index(service, readings) == 1


@pytest.mark.parametrize("words", ["P-2026-1", "p2026-1", "P-2026-000001", "p-2026-000001"])
def test_a_reference_is_found_with_and_without_zeros(
    service: Service, readings: Readings, words: str
) -> None:
    reference = service.report()["reference"]
    for _ in range(10):
        service.report()
    index(service, readings)

    assert references(service, q=words) == [reference]
    [hit] = service.get("/search", service.city.staff(), q=words).json()["items"]
    assert hit["score"] == 1.0


def test_hits_are_the_first_of_what_a_list_finds_and_read_no_more_of_a_case_than_they_tell(
    service: Service, readings: Readings
) -> None:
    for _ in range(3):
        service.report(subject="Lounas loppui", description="Lounas loppui kesken.")
    reference = service.report(subject="Matto puuttuu")["reference"]
    while index(service, readings):
        pass

    for words in ("lounas", "loppuneet", reference, reference[:6], "jäähile"):
        listed = service.get("/cases", service.city.staff(), q=words, limit=2).json()["items"]
        with statements(service.database) as sent:
            hits = service.get("/search", service.city.staff(), q=words, limit=2).json()["items"]
        assert [hit["id"] for hit in hits] == [case["id"] for case in listed]
        assert not [each for each in sent if "description" in each]


def test_a_word_of_others_is_looked_for_among_the_readers_own_only() -> None:
    """How long a search takes follows how common a word is there, not in the whole city."""
    site, customer = UUID(int=1), UUID(int=2)
    head = actor("site_head", site_ids=[site])
    contact = actor("contract_contact", customer_ids=[customer], site_ids=[site])

    assert search._within(head, "'keitto'") == f"('keitto') & ('site/{site}')"
    assert search._within(contact, "'keitto'") == f"('keitto') & ('customer/{customer}' | 'site/{site}')"


def test_own_cases_are_the_handled_ones_and_those_of_the_places_that_one_answers_for(
    service: Service,
) -> None:
    city = service.city
    school = service.report()["reference"]
    daycare = service.report(city.daycare_head(), site_id=city.daycare)["reference"]
    account_manager = actor("account_manager", person_id=city.account_manager)
    management = actor("management", person_id=city.manager)

    def own(reader: Actor) -> list[str]:
        listed = [case["reference"] for case in service.get("/cases", reader, own=True).json()["items"]]
        counted = service.get("/cases/counts", reader, own=True, figures=["open"]).json()["open"]
        assert counted == len(listed)
        return listed

    assert own(account_manager) == [school]
    assert own(city.staff()) == [school]
    assert own(city.staff("service_supervisor")) == [daycare, school]
    assert own(management) == []


def test_what_was_received_today_is_told_from_midnight_on(service: Service) -> None:
    yesterday = service.report()["reference"]
    service.later(hours=14, minutes=1)
    today = service.report()["reference"]

    assert references(service) == [today, yesterday]
    assert references(service, received="today") == [today]


def test_the_oldest_open_case_comes_first(service: Service) -> None:
    waiting = service.report()
    service.act(waiting, "wait", question="Montako annosta puuttui?")
    service.act(service.report(), "resolve", body="Tehty.")
    urgent = service.report(severity="critical")["reference"]

    assert references(service, sort="oldest") == [waiting["reference"], urgent]
