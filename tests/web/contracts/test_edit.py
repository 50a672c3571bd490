"""Writing a contract year: points, persons, promises, annexes, prices – and two writers at once."""

import pytest

from tests.web.contracts.city import (
    LINE_ID,
    MANAGER_ID,
    YEAR,
    Json,
    a_line,
    a_point,
    a_signed_year,
    a_target,
    a_year,
    city,
    form_of,
)
from tests.web.house import SITE, Gateway, browser, problem

POINT = f"{YEAR}/points/communication"
TEXT = {"party": "producer", "owner": "Oiva Vuori", "text": "Serviisi tiedottaa ruokalistoista."}
LINE = f"{YEAR}/lines/{LINE_ID}"
A_PRICE = {
    "standard": "Koululounas",
    "price": "4,95",
    "unit": "meal",
    "quantity": "41 200",
    "change_reason": "Palkkaratkaisu.",
}


def send(gateway: Gateway, path: str, typed: dict[str, str], *, meanwhile: Json | None = None):
    """Fetch the form of a path, let the year change meanwhile, and send the form."""
    with browser(gateway) as client:
        hidden = form_of(client.get(path).text, path)
        if meanwhile:
            gateway[f"GET {YEAR}"] = meanwhile
        return client.post(path, data={**hidden, **typed})


def saving(part: str, **answers: object) -> Gateway:
    return city(**{f"PUT {YEAR}/{part}": a_year(version=5), **answers})


def test_a_point_is_written_with_its_owner_by_id_and_the_version_seen():
    gateway = saving("points/communication")
    answer = send(gateway, POINT, TEXT)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{YEAR}#point-communication"
    assert gateway.sent("PUT", POINT) == [
        {
            "owner": {"party": "producer", "name": "Oiva Vuori", "person_id": MANAGER_ID},
            "text": "Serviisi tiedottaa ruokalistoista.",
        }
    ]
    assert gateway.asked[-1].headers["if-match"] == '"4"'


def test_an_owner_who_is_not_known_is_told_by_name_alone():
    gateway = saving("points/communication")
    send(gateway, POINT, {**TEXT, "owner": "Joku Muu"})
    assert gateway.sent("PUT", POINT)[0]["owner"]["person_id"] is None


@pytest.mark.parametrize("field", ["party", "owner", "text"])
def test_what_a_point_lacks_is_told_at_its_field_and_the_rest_is_kept(field):
    gateway = saving("points/communication")
    answer = send(gateway, POINT, {**TEXT, field: ""})
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    kept = "Oiva Vuori" if field == "text" else "Serviisi tiedottaa ruokalistoista."
    assert kept in answer.text
    assert gateway.sent("PUT", POINT) == []


def test_a_stale_edit_shows_both_texts_and_may_be_saved_after_all():
    theirs = a_year(version=5, points=[a_point("communication", text="Toisen kirjoittama.")])
    gateway = saving("points/communication")
    answer = send(gateway, POINT, TEXT, meanwhile=theirs)
    assert answer.status_code == 412
    assert "Toisen kirjoittama." in answer.text
    assert "Serviisi tiedottaa ruokalistoista." in answer.text
    assert gateway.sent("PUT", POINT) == []
    with browser(gateway) as client:
        token = form_of(client.get(POINT).text, POINT)["form_token"]
        again = {**form_of(answer.text, POINT), "form_token": token}
        assert client.post(POINT, data={**again, **TEXT}).status_code == 303


def test_an_edit_that_becomes_stale_on_its_way_shows_both_texts_too():
    gateway = saving("points/communication")
    gateway[f"PUT {POINT}"] = problem(412, "stale")
    answer = send(gateway, POINT, TEXT)
    assert answer.status_code == 412
    assert "Tallessa nyt" in answer.text


def test_the_same_form_sent_twice_is_saved_once_without_a_fuss():
    owner = {"party": "producer", "name": "Oiva Vuori", "person_id": MANAGER_ID}
    saved = a_year(version=5, points=[a_point("communication", owner=owner, text=TEXT["text"])])
    gateway = saving("points/communication")
    answer = send(gateway, POINT, TEXT, meanwhile=saved)
    assert answer.status_code == 303
    assert gateway.sent("PUT", POINT) == []


def test_a_refusal_of_the_gateway_comes_back_in_the_form():
    errors = [{"pointer": "#/text", "code": "too_long", "detail": "Teksti on liian pitkä."}]
    gateway = saving("points/communication")
    gateway[f"PUT {POINT}"] = problem(422, "invalid_input", errors=errors)
    answer = send(gateway, POINT, TEXT)
    assert answer.status_code == 422
    assert "Teksti on liian pitkä." in answer.text


def test_writing_an_approved_year_warns_that_approvals_lapse():
    approved = [{"party": "customer", "name": "Heidi Leinonen", "at": "2026-11-20T08:00:00Z"}]
    with browser(city(**{f"GET {YEAR}": a_year(state="in_approval", approved_by=approved)})) as client:
        assert "annetut hyväksynnät raukeavat" in client.get(POINT).text


@pytest.mark.parametrize("path", ["points/communication", "persons", "targets", "annexes", "lines/new"])
def test_a_frozen_year_is_not_written(path):
    with browser(city(**{f"GET {YEAR}": a_signed_year()})) as client:
        assert client.get(f"{YEAR}/{path}").status_code == 409


@pytest.mark.parametrize("path", ["persons", "targets", "annexes", "lines/new"])
def test_who_may_not_write_is_refused(path):
    with browser(city(**{f"GET {YEAR}": a_year(allowed=["submit"])})) as client:
        assert client.get(f"{YEAR}/{path}").status_code == 403


def test_a_customer_writes_points_and_persons_but_not_prices():
    with browser(city(**{f"GET {YEAR}": a_year(allowed=["edit_points"])})) as client:
        assert client.get(POINT).status_code == 200
        assert client.get(f"{YEAR}/persons").status_code == 200
        assert client.get(LINE).status_code == 403


@pytest.mark.parametrize("path", ["points/nonsense", "lines/nonsense"])
def test_what_the_year_does_not_have_does_not_exist(path):
    with browser(city()) as client:
        assert client.get(f"{YEAR}/{path}").status_code == 404


def test_promises_are_typed_in_plain_words_and_saved_as_durations():
    gateway = saving("targets")
    typed = {
        "response_meals_normal": "4 t",
        "response_basis_meals_normal": "business",
        "resolution_meals_normal": "2 pv",
        "resolution_basis_meals_normal": "business",
        "response_meals_critical": "30 min",
        "response_basis_meals_critical": "calendar",
    }
    assert send(gateway, f"{YEAR}/targets", typed).status_code == 303
    assert gateway.sent("PUT", f"{YEAR}/targets")[0]["items"] == [
        {
            "service": "meals",
            "severity": "normal",
            "response": {"basis": "business", "duration": "PT4H"},
            "resolution": {"basis": "business", "duration": "P2D"},
        },
        {
            "service": "meals",
            "severity": "critical",
            "response": {"basis": "calendar", "duration": "PT30M"},
            "resolution": None,
        },
    ]


def test_promises_are_shown_as_they_are_typed():
    with browser(city(**{f"GET {YEAR}": a_year(targets=[a_target()])})) as client:
        page = client.get(f"{YEAR}/targets")
    assert 'name="response_meals_normal"' in page.text
    assert 'value="16 t"' in page.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"response_meals_normal": "pian"}, "response_meals_normal"),
        ({"resolution_meals_normal": "2 pv"}, "response_meals_normal"),
    ],
)
def test_a_promise_that_is_not_understood_is_told(typed, field):
    answer = send(saving("targets"), f"{YEAR}/targets", typed)
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text


def test_annexes_are_those_that_have_a_name():
    gateway = saving("annexes")
    typed = {"kind_0": "billing", "title_0": "", "kind_1": "price_list", "title_1": "Hinnasto 2027"}
    assert send(gateway, f"{YEAR}/annexes", typed).status_code == 303
    assert gateway.sent("PUT", f"{YEAR}/annexes") == [
        {"items": [{"kind": "price_list", "title": "Hinnasto 2027"}]}
    ]


def test_an_annex_without_a_kind_is_told():
    answer = send(saving("annexes"), f"{YEAR}/annexes", {"kind_0": "", "title_0": "Jotain"})
    assert answer.status_code == 422


def test_a_changed_price_goes_with_the_other_lines_untouched():
    other = a_line(id="other", site_id="s2", site_name="Alppilan koulu", change_reason=None)
    gateway = saving("lines", **{f"GET {YEAR}": a_year(lines=[a_line(), other])})
    assert send(gateway, LINE, A_PRICE).status_code == 303
    first, second = gateway.sent("PUT", f"{YEAR}/lines")[0]["items"]
    assert first["id"] == LINE_ID
    assert first["price"] == {"amount": "4.95", "currency": "EUR"}
    assert first["quantity"] == "41200"
    assert first["previous_price"] == {"amount": "4.72", "currency": "EUR"}
    assert (second["id"], second["price"]["amount"]) == ("other", "4.85")


def test_a_price_that_changes_needs_its_reason():
    """N1: what changed since last year, and why."""
    answer = send(saving("lines"), LINE, {**A_PRICE, "change_reason": ""})
    assert answer.status_code == 422
    assert 'href="#field-change_reason"' in answer.text


def test_a_price_that_stays_needs_no_reason():
    assert send(saving("lines"), LINE, {**A_PRICE, "price": "4,72", "change_reason": ""}).status_code == 303


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("price", "halpa"),
        ("price", "4,85012"),
        ("price", "100000000"),
        ("quantity", "-1"),
        ("quantity", "1000000000000"),
        ("unit", "litre"),
        ("standard", ""),
    ],
)
def test_a_faulty_line_is_told_at_its_field(field, typed):
    gateway = saving("lines")
    answer = send(gateway, LINE, {**A_PRICE, field: typed})
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert gateway.sent("PUT", f"{YEAR}/lines") == []


def test_a_line_is_removed_with_its_own_button():
    gateway = saving("lines")
    assert send(gateway, LINE, {"remove": "yes"}).status_code == 303
    assert gateway.sent("PUT", f"{YEAR}/lines") == [{"items": []}]


def test_a_service_is_added_to_a_site_of_the_customer():
    gateway = saving("lines")
    typed = {**A_PRICE, "site_id": str(SITE["id"]), "service": "cleaning", "unit": "m2_month"}
    assert send(gateway, f"{YEAR}/lines/new", typed).status_code == 303
    added = gateway.sent("PUT", f"{YEAR}/lines")[0]["items"][-1]
    assert (added["id"], added["service"], added["previous_price"]) == (None, "cleaning", None)


def test_a_service_is_not_added_twice_to_a_site():
    typed = {**A_PRICE, "site_id": str(SITE["id"]), "service": "meals"}
    answer = send(saving("lines"), f"{YEAR}/lines/new", typed)
    assert answer.status_code == 422
    assert "Tällä kohteella on jo tämä palvelu." in answer.text


def test_a_stale_price_shows_what_is_saved_now():
    meanwhile = a_year(version=9, lines=[a_line(price={"amount": "5.05", "currency": "EUR"})])
    answer = send(saving("lines"), LINE, A_PRICE, meanwhile=meanwhile)
    assert answer.status_code == 412
    assert "5,05\xa0€" in answer.text
    assert 'value="4,95"' in answer.text
