"""Many prices changed by one percentage: chosen, looked at before saving, and never lost."""

from decimal import Decimal

import pytest

from tests.web.contracts.city import LINE_ID, YEAR, Json, a_line, a_year, city, form_of
from tests.web.house import Gateway, browser, problem
from web.pages.contracts.adjusting import percent_of

PATH = f"{YEAR}/lines/adjust"
DRY = f"POST {PATH}?dry_run=true"
TYPED = {"service": "meals", "percent": "+2,5", "reason": "Palkkojen yleiskorotus."}
BODY = {"services": ["meals"], "site_ids": [], "percent": "2.5", "reason": "Palkkojen yleiskorotus."}


def raised(**changes: object) -> Json:
    return a_year(
        lines=[a_line(id=LINE_ID, price={"amount": "4.97", "currency": "EUR"}, **_yearly("204764.00"))],
        **changes,
    )


def _yearly(amount: str) -> Json:
    return {"yearly": {"amount": amount, "currency": "EUR"}}


def there() -> Json:
    return a_year(lines=[a_line(id=LINE_ID, **_yearly("199820.00"))])


def send(gateway: Gateway, typed: dict[str, str], *, meanwhile: Json | None = None):
    with browser(gateway) as client:
        hidden = form_of(client.get(PATH).text, PATH)
        if meanwhile:
            gateway[f"GET {YEAR}"] = meanwhile
        return client.post(PATH, data={**hidden, **typed})


@pytest.mark.parametrize(
    ("typed", "percent"),
    [
        ("2", "2"),
        ("+2,5 %", "2.5"),
        ("-1", "-1"),
        ("\N{MINUS SIGN}1,25%", "-1.25"),
        ("- 1", "-1"),
        ("999", "999"),
    ],
)
def test_a_percentage_is_read_as_people_type_it(typed: str, percent: str):
    assert percent_of(typed) == Decimal(percent)


@pytest.mark.parametrize("typed", ["", "0", "-100", "1000", "2,555", "--1", "kaksi", "NaN", "1e2000"])
def test_what_is_no_change_of_a_price_is_not_read(typed: str):
    assert percent_of(typed) is None


def test_what_would_change_is_shown_before_anything_is_saved():
    gateway = city(**{f"GET {YEAR}": there(), f"POST {PATH}": raised()})
    answer = send(gateway, TYPED)
    assert answer.status_code == 200
    assert "1 hinta muuttuu" in answer.text
    assert "4,97" in answer.text
    assert "+4\xa0944,00\xa0€" in answer.text.replace("&nbsp;", "\xa0")
    assert gateway.sent("POST", PATH) == [BODY]
    assert gateway.asked[-1].url.query == b"dry_run=true"


def test_saving_sends_the_version_that_was_looked_at_and_goes_back_to_what_changed():
    gateway = city(**{f"GET {YEAR}": there(), f"POST {PATH}": raised(version=5)})
    answer = send(gateway, {**TYPED, "save": "yes"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{YEAR}?prices=changed#prices"
    assert gateway.asked[-1].url.query == b""
    assert gateway.asked[-1].headers["if-match"] == '"4"'
    assert gateway.asked[-1].headers["idempotency-key"]


def test_a_year_that_changed_meanwhile_saves_nothing_and_keeps_the_choice():
    gateway = city(**{f"GET {YEAR}": there(), f"POST {PATH}": problem(412, "stale")})
    answer = send(gateway, {**TYPED, "save": "yes"})
    assert answer.status_code == 412
    assert "Mitään ei tallennettu" in answer.text
    assert 'value="+2,5"' in answer.text
    assert 'name="save"' not in answer.text


@pytest.mark.parametrize(("field", "typed"), [("percent", "paljon"), ("reason", "")])
def test_what_is_missing_is_told_at_its_field_and_nothing_is_asked(field: str, typed: str):
    gateway = city(**{f"GET {YEAR}": there()})
    answer = send(gateway, {**TYPED, field: typed})
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert gateway.sent("POST", PATH) == []


def test_sites_are_chosen_by_the_filter_that_led_here():
    with browser(city(**{f"GET {YEAR}": there()})) as client:
        name = str(there()["lines"][0]["site_name"])
        assert "1 kohde valittu" in client.get(PATH, params={"site": name[:4].upper()}).text
        assert "Kaikki kohteet" in client.get(PATH).text
