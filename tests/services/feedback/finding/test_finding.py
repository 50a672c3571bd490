"""Lists, counts and search of cases."""

import base64
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

from services.feedback.finding import search
from services.feedback.finding.index import index_news
from services.feedback.finding.lemmas import Lemmas
from services.feedback.finding.search import query_of
from tests.services.feedback.city import Service


class PlainLemmas(Lemmas):
    """A small dictionary in the place of the big one."""

    FORMS: ClassVar = {"lounaat": "lounas", "lounasta": "lounas", "päiväkodeissa": "päiväkoti"}

    def __init__(self) -> None:
        super().__init__(Path("/nonexistent"))

    def of_word(self, word: str) -> str:
        return self.FORMS.get(word, word)


@pytest.fixture
def lemmas(service: Service) -> Lemmas:
    plain = PlainLemmas()
    service.app.state.lemmas = plain
    return plain


def index(service: Service, lemmas: Lemmas) -> int:
    with service.database.session() as session:
        return index_news(session, lemmas)


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


def test_words_are_found_in_any_form(service: Service, lemmas: Lemmas) -> None:
    case = service.report(subject="Lounaat myöhässä", description="Päiväkodeissa odotettiin.")
    service.report(subject="Muu asia", description="Ei mitään.")
    assert index(service, lemmas) == 2

    for words in ("lounas", "lounasta myöhässä", "LOUNAAT", "myöh", "päiväkoti"):
        assert references(service, q=words) == [case["reference"]]
    assert references(service, q="lounas puuro") == []
    assert references(service, q="!?") == []


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("who", ["staff", "school_head"])
def test_a_word_of_many_and_a_word_of_few_are_paged_alike(
    service: Service, lemmas: Lemmas, monkeypatch: pytest.MonkeyPatch, few: int, who: str
) -> None:
    monkeypatch.setattr(search, "FEW", few)
    reported = [service.report(subject="Puuro paloi")["reference"] for _ in range(3)]
    index(service, lemmas)
    actor = getattr(service.city, who)()

    first = service.get("/cases", actor, q="puuro", limit=2).json()
    rest = service.get("/cases", actor, q="puuro", limit=2, cursor=first["next"]).json()

    assert [case["reference"] for case in first["items"] + rest["items"]] == reported[::-1]
    assert rest["next"] is None


def test_words_of_others_cases_are_not_found(service: Service, lemmas: Lemmas) -> None:
    service.report(subject="Lounaat myöhässä")
    index(service, lemmas)

    assert service.get("/cases", service.city.daycare_head(), q="lounas").json()["items"] == []
    assert service.get("/search", service.city.daycare_head(), q="lounas").json()["items"] == []


def test_a_reference_is_found_at_once_and_a_piece_of_it_when_indexed(
    service: Service, lemmas: Lemmas
) -> None:
    reference = service.report()["reference"]

    assert references(service, q=reference.lower()) == [reference]
    index(service, lemmas)
    assert references(service, q="000001") == [reference]


def test_search_tells_what_and_where(service: Service, lemmas: Lemmas) -> None:
    case = service.report()

    [hit] = service.get("/search", service.city.staff(), q=case["reference"]).json()["items"]

    assert hit == {
        "kind": "case",
        "id": case["id"],
        "title": f"{case['reference']} Lounas loppui kesken",
        "subtitle": "Kaakkurin koulu",
        "score": 1.0,
    }


def test_each_case_is_indexed_once(service: Service, lemmas: Lemmas) -> None:
    service.report()

    assert [index(service, lemmas), index(service, lemmas)] == [1, 0]


def test_quotes_and_operators_are_words_like_others() -> None:
    assert query_of("x' | !y:* (z)", PlainLemmas()) == "('x' | 'x':*) & ('y' | 'y':*) & ('z' | 'z':*)"
    assert query_of("' & !", PlainLemmas()) is None


def test_without_the_dictionary_words_stay_as_written(tmp_path: Path) -> None:
    assert Lemmas(tmp_path).of_text("Lounaat, lounaat!") == {"lounaat"}


def test_no_basic_form_ends_the_quotes_of_a_query(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lemmas, "ready", True)
    monkeypatch.setattr(Lemmas, "_lemmatizer", SimpleNamespace(lemmatize=lambda *_, **__: "i'ille"))

    assert query_of("iille", Lemmas(None)) == "('iille' | 'iille':*)"
