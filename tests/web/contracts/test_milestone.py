"""A step of the clock: what happened to it, and changes of the plan."""

import pytest

from tests.web.contracts.city import (
    MILESTONE,
    a_met_milestone,
    a_whole_milestone,
    city,
    form_of,
)
from tests.web.house import Gateway, browser, problem

MET = {"outcome": "met", "actual_on": "2026-11-20", "note": "Käsitelty kokouksessa."}


def send(gateway: Gateway, act: str, typed: dict[str, str], view: str = ""):
    path = f"{MILESTONE}/{act}"
    page = f"{path}?view={view}" if view else MILESTONE
    with browser(gateway) as client:
        hidden = form_of(client.get(page).text, path)
        return client.post(path, data={**hidden, **typed})


def knowing(act: str, **answers: object) -> Gateway:
    return city(**{f"POST {MILESTONE}/{act}": a_whole_milestone(), **answers})


def test_the_page_tells_the_step_and_what_became_of_it_last_year():
    last = {
        "id": "0190a000-0000-7000-8000-000000000099",
        "year": 2025,
        "due": "2025-04-30",
        "status": "partially_met",
        "actual_on": "2025-05-02",
        "actual_note": "Hinnat puuttuivat kahdesta kohteesta.",
    }
    with browser(city(**{f"GET {MILESTONE}": a_whole_milestone(last_year=last)})) as client:
        html = client.get(MILESTONE).text
    for words in (
        "Hintaneuvottelu",
        "Esitys hinnoittelun muutoksista.",
        "Myöhässä 208 pv",
        "Asiakkuusryhmä",
        "Vuonna 2025",
        "Hinnat puuttuivat kahdesta kohteesta.",
        "Vaihe lisättiin vuosikelloon",
    ):
        assert words in html


def test_only_what_is_allowed_is_offered():
    with browser(city(**{f"GET {MILESTONE}": a_whole_milestone(allowed=[])})) as client:
        html = client.get(MILESTONE).text
    assert "<form" not in html.split("<main")[1]


@pytest.mark.parametrize(
    ("act", "typed", "body"),
    [
        ("actual", MET, {"actual_on": "2026-11-20", "status": "met", "note": "Käsitelty kokouksessa."}),
        (
            "actual",
            {"outcome": "not_met", "actual_on": "", "note": ""},
            {"actual_on": None, "status": "not_met", "note": None},
        ),
        (
            "move",
            {"due": "2026-05-04", "move_reason": "Kokous siirtyi."},
            {"due": "2026-05-04", "reason": "Kokous siirtyi."},
        ),
        ("cancel", {"cancel_reason": "Ei tarvita."}, {"reason": "Ei tarvita."}),
        ("restore", {"restore_reason": "Kirjattu väärin."}, {"reason": "Kirjattu väärin."}),
    ],
)
def test_each_act_is_a_plain_form_guarded_by_key_and_version(act, typed, body):
    whole = a_whole_milestone(allowed=["actual", "move", "cancel", "restore"])
    gateway = knowing(act, **{f"GET {MILESTONE}": whole})
    answer = send(gateway, act, typed)
    assert answer.status_code == 303
    assert answer.headers["location"] == MILESTONE
    assert gateway.sent("POST", f"{MILESTONE}/{act}") == [body]
    sent = gateway.asked[-1].headers
    assert sent["if-match"] == '"2"'
    assert sent["idempotency-key"]


def test_from_the_clock_one_comes_back_to_the_same_view_at_the_same_row():
    gateway = knowing("actual")
    answer = send(gateway, "actual", MET, view="year%3D2026%26status%3Dlate")
    assert answer.headers["location"].startswith("/clock?year=2026&status=late#milestone-")


@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [
        ("actual", {"outcome": "", "actual_on": "2026-11-20"}, "outcome"),
        ("actual", {"outcome": "met", "actual_on": ""}, "actual_on"),
        ("actual", {"outcome": "met", "actual_on": "eilen"}, "actual_on"),
        ("move", {"due": "", "move_reason": "Kokous siirtyi."}, "due"),
        ("move", {"due": "2026-05-04", "move_reason": ""}, "move_reason"),
        ("cancel", {"cancel_reason": ""}, "cancel_reason"),
    ],
)
def test_what_is_missing_is_told_at_its_field(act, typed, field):
    gateway = knowing(act)
    answer = send(gateway, act, typed)
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert gateway.sent("POST", f"{MILESTONE}/{act}") == []


def test_a_day_in_the_future_is_told_in_the_gateways_words():
    errors = [{"pointer": "#/actual_on", "code": "in_future", "detail": "Ei voi olla tulevaisuudessa."}]
    gateway = knowing("actual", **{f"POST {MILESTONE}/actual": problem(422, "invalid_input", errors=errors)})
    answer = send(gateway, "actual", MET | {"actual_on": "2026-12-24"})
    assert answer.status_code == 422
    assert "Ei voi olla tulevaisuudessa." in answer.text
    assert "Käsitelty kokouksessa." in answer.text


def test_a_stale_entry_is_kept_beside_what_is_there_now():
    gateway = knowing("actual", **{f"POST {MILESTONE}/actual": problem(412, "stale")})
    with browser(gateway) as client:
        path = f"{MILESTONE}/actual"
        hidden = form_of(client.get(f"{path}?view=year%3D2026").text, path)
        gateway[f"GET {MILESTONE}"] = a_whole_milestone(
            **a_met_milestone(actual_note="Toisen kirjaama.", version=7), allowed=["actual"]
        )
        answer = client.post(path, data={**hidden, **MET, "outcome": "partially_met", "note": "Minun."})
    assert answer.status_code == 412
    assert "Toisen kirjaama." in answer.text
    assert "Minun." in answer.text
    assert form_of(answer.text, path)["form_version"] == "7"


def test_a_recorded_step_is_corrected_starting_from_what_was_recorded():
    whole = a_whole_milestone(**a_met_milestone(), allowed=["actual", "restore"])
    with browser(city(**{f"GET {MILESTONE}": whole})) as client:
        html = client.get(MILESTONE).text
    assert "Korjaa toteumaa" in html
    assert 'value="2026-04-24"' in html


def test_today_is_offered_as_the_day():
    with browser(city()) as client:
        assert 'value="2026-11-24"' in client.get(MILESTONE).text


@pytest.mark.parametrize(("status", "answer"), [("scheduled", 403), ("cancelled", 409)])
def test_who_may_not_record_is_refused(status, answer):
    whole = a_whole_milestone(status=status, allowed=[])
    with browser(city(**{f"GET {MILESTONE}": whole})) as client:
        assert client.get(f"{MILESTONE}/actual").status_code == answer


def test_a_view_that_means_nothing_leads_to_this_years_clock():
    answer = send(knowing("actual"), "actual", MET, view="https%3A%2F%2Fevil.example")
    assert answer.headers["location"].startswith("/clock?year=2026#milestone-")


def test_a_milestone_that_is_not_ones_to_see_does_not_exist():
    with browser(city(**{f"GET {MILESTONE}": problem(404, "not_found")})) as client:
        assert client.get(MILESTONE).status_code == 404


def test_typed_markup_is_shown_as_text():
    whole = a_whole_milestone(**a_met_milestone(actual_note="<script>alert(1)</script>"))
    with browser(city(**{f"GET {MILESTONE}": whole, "GET /clock": {"year": 2026}})) as client:
        assert "<script>alert" not in client.get(MILESTONE).text


def test_history_tells_the_day_that_was_moved_and_why():
    entry = {
        "at": "2026-03-01T08:00:00Z",
        "what": "moved",
        "by": "Oiva Vuori",
        "before": {"due": "2026-04-30"},
        "after": {"due": "2026-05-04", "reason": "Kokous siirtyi."},
    }
    with browser(city(**{f"GET {MILESTONE}": a_whole_milestone(history=[entry])})) as client:
        html = client.get(MILESTONE).text
    assert "<strong>Päivä muuttui</strong>, määräpäivä" in html
    assert "ma 4.5." in html
    assert "Kokous siirtyi." in html
