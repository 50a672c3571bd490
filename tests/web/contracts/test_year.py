"""Sopimusvuosi: what the page tells, and the steps towards the signatures."""

import re

import pytest

from tests.web.contracts.city import (
    CONTRACT_ID,
    HEAD,
    MANAGER,
    NO_COMMUNICATION,
    YEAR,
    a_contract,
    a_line,
    a_signed_year,
    a_target,
    a_year,
    city,
    form_of,
)
from tests.web.house import SITE, browser, problem

INCOMPLETE = "Sopimusta ei voi allekirjoittaa. Puuttuu: viestinnän työnjako."
CONTACT = MANAGER | {"name": "Heidi Leinonen", "roles": ["contract_contact"], "everything": False}


def test_what_is_missing_is_told_first_and_leads_to_its_point():
    with browser(city()) as client:
        page = client.get(YEAR)
    assert '<a class="ds-link" href="#point-communication">viestinnän työnjako</a>' in page.text
    assert page.text.index("viestinnän työnjako") < page.text.index("Kuusi sovittavaa kohtaa")


def test_the_state_is_told_as_a_way_with_the_present_step_marked():
    with browser(city()) as client:
        page = client.get(YEAR)
    way = page.text.split('class="way"')[1].split("</ol>")[0]
    assert re.findall(r'<li aria-current="step">.*?<span>(.*?)</span>', way) == ["Luonnos"]


def test_all_of_the_year_is_on_the_page():
    with browser(city()) as client:
        page = client.get(YEAR)
    for words in (
        "Opetuspalvelut, sopimusvuosi 2027",
        "Vastaa: Oiva Vuori, palveluntuottaja",
        "Tätä ei ole vielä kirjoitettu.",
        "044 700 1001",
        "Koululounas, kaksi vaihtoehtoa",
        "4,72\xa0€",
        "+0,13\xa0€",
        "Raaka-aineiden hinnat nousivat.",
        "16 t, kun palvelu on auki",
        "Laskutusliite",
    ):
        assert words in page.text
    assert page.text.count('class="point"') == 6
    assert 'style="' not in page.text


def test_only_what_is_allowed_is_offered():
    with browser(city(**{f"GET {YEAR}": a_year(allowed=[])})) as client:
        page = client.get(YEAR)
    for path in (
        "submit",
        "propose",
        "approve",
        "sign",
        "return",
        "reject",
        "terminate",
        "persons",
        "targets",
    ):
        assert f"{YEAR}/{path}" not in page.text
    assert f"{YEAR}/points/" not in page.text
    assert "Nyt on toisten vuoro" in page.text


def test_a_signed_year_shows_its_signatures_and_its_hash():
    with browser(city(**{f"GET {YEAR}": a_signed_year()})) as client:
        page = client.get(YEAR)
    for words in ("Allekirjoittanut Heidi Leinonen", "Allekirjoittanut Oiva Vuori", "2b9114f02ba573c7"):
        assert words in page.text
    assert f"{YEAR}/points/" not in page.text
    assert "Aloita vuoden 2028 luonnos" in page.text


def test_a_newer_year_is_not_drafted_from_an_older_page():
    newer = a_contract(years=[{"year": 2027, "state": "signed"}, {"year": 2028, "state": "draft"}])
    gateway = city(**{f"GET {YEAR}": a_signed_year(), f"GET /contracts/{CONTRACT_ID}": newer})
    with browser(gateway) as client:
        assert "Aloita vuoden" not in client.get(YEAR).text


def test_promises_are_told_gravest_first():
    targets = [a_target(severity=each) for each in ("low", "critical", "normal", "high")]
    with browser(city(**{f"GET {YEAR}": a_year(targets=targets)})) as client:
        table = client.get(YEAR).text.split('id="targets"')[1].split("</table>")[0]
    told = re.findall(r'<td role="cell">(\w+)</td>', table)
    assert told == ["Kriittinen", "Vakava", "Tavallinen", "Lievä"]


def test_prices_narrow_to_what_changed_and_to_a_site():
    lines = [
        a_line(),
        a_line(id="2", site_id="s2", site_name="Alppilan koulu", previous_price={"amount": "4.85"}),
        a_line(id="3", site_id="s3", site_name="Alppilan lukio", previous_price=None),
    ]
    with browser(city(**{f"GET {YEAR}": a_year(lines=lines)})) as client:
        changed = client.get(f"{YEAR}?prices=changed").text
        narrowed = client.get(f"{YEAR}?site=alppilan").text
    assert "Alppilan koulu" not in changed
    assert "Alppilan lukio" in changed
    assert "Rajakylän koulu" not in narrowed
    assert "2 hintaa näkyvissä" in narrowed


def test_a_quantity_that_changed_stands_beside_the_one_before_even_when_the_price_stayed():
    lines = [a_line(previous_price={"amount": "4.85"}, previous_quantity="4700")]
    with browser(city(**{f"GET {YEAR}": a_year(lines=lines)})) as client:
        page = client.get(f"{YEAR}?prices=changed").text
    assert "ennen 4\xa0700" in page
    assert "määrä +36\xa0500" in page
    assert "hinta ennallaan" in page
    assert "ei muutosta" not in page


def test_prices_are_a_fragment_too():
    with browser(city()) as client:
        page = client.get(
            f"{YEAR}?prices=changed", headers={"HX-Request": "true", "HX-Request-Type": "partial"}
        )
    assert page.text.lstrip().startswith('<section id="prices"')


def test_the_history_is_told_in_words_with_texts_before_and_after():
    entries = [
        {
            "at": "2026-11-20T08:00:00Z",
            "what": "point_written",
            "by": "Oiva Vuori",
            "before": {"text": "Vanha teksti", "owner": {}},
            "after": {"point": "communication", "text": "Uusi <b>teksti</b>"},
        },
        {"at": "2026-11-19T08:00:00Z", "what": "approved", "by": "Heidi", "after": {"party": "customer"}},
        {
            "at": "2026-11-18T08:00:00Z",
            "what": "returned",
            "by": "Heidi",
            "after": {"reason": "Hinnat auki."},
        },
        {"at": "2026-11-17T08:00:00Z", "what": "lines_set", "by": "Oiva", "after": {"items": [{}, {}]}},
        {
            "at": "2026-11-16T08:00:00Z",
            "what": "something_newer",
            "by": "Kumppani",
            "after": {"items": "odd"},
        },
    ]
    with browser(city(**{f"GET {YEAR}/history": {"items": entries, "next": None}})) as client:
        page = client.get(YEAR)
    for words in (
        "<strong>Kohtaa muutettiin</strong>: Viestinnän työnjako",
        "Vanha teksti",
        "Uusi &lt;b&gt;teksti&lt;/b&gt;",
        "<strong>Hyväksyttiin</strong>: asiakas",
        "Hinnat auki.",
        "(2 riviä)",
        "something newer",
    ):
        assert words in page.text


def test_the_page_stands_without_its_history_and_its_other_years():
    missing = {
        f"GET {YEAR}/history": problem(503, "unavailable"),
        f"GET /contracts/{CONTRACT_ID}": problem(503, "unavailable"),
    }
    with browser(city(**missing)) as client:
        page = client.get(YEAR)
    assert page.status_code == 200
    assert "ei vastaa juuri nyt" in page.text


def test_a_site_head_reads_the_own_sites_part_in_plain_words():
    gateway = city(HEAD, **{f"GET {YEAR}": a_signed_year(state="in_force", allowed=[], acts_for=None)})
    with browser(gateway) as client:
        page = client.get(YEAR)
    for words in ("Mitä meille on sovittu vuodelle 2027", "Rajakylän koulu", "Kun annat palautetta"):
        assert words in page.text
    assert "Vastaus: 4 t, kun palvelu on auki" in page.text
    assert f"{YEAR}/terminate" not in page.text
    assert f"/api/v1{YEAR}/history" not in [request.url.path for request in gateway.asked]


def test_a_site_head_hears_only_of_promises_about_the_own_services():
    targets = [a_target(), a_target(service="coffee", response={"basis": "business", "duration": "PT7H"})]
    with browser(city(HEAD, **{f"GET {YEAR}": a_signed_year(targets=targets)})) as client:
        page = client.get(YEAR)
    assert "7 t" not in page.text


def test_a_site_without_services_is_told_so():
    with browser(city(HEAD, **{f"GET {YEAR}": a_signed_year(lines=[])})) as client:
        page = client.get(YEAR)
    assert "ei ole sinun kohteesi palveluja" in page.text


@pytest.mark.parametrize(
    ("step", "typed", "body"),
    [
        ("submit", {}, {}),
        ("propose", {}, {}),
        ("approve", {}, {}),
        ("sign", {"name": "Oiva Vuori"}, {"name": "Oiva Vuori"}),
        ("return", {"reason_return": "Hinnat auki."}, {"reason": "Hinnat auki."}),
        ("reject", {"reason_reject": "Ei tarvetta."}, {"reason": "Ei tarvetta."}),
        ("terminate", {"reason_terminate": "Palvelu loppuu."}, {"reason": "Palvelu loppuu."}),
    ],
)
def test_each_step_is_a_plain_form_guarded_by_key_and_version(step, typed, body):
    gateway = city(**{f"GET {YEAR}": a_year(allowed=[step]), f"POST {YEAR}/{step}": a_year()})
    with browser(gateway) as client:
        hidden = form_of(client.get(YEAR).text, f"{YEAR}/{step}")
        answer = client.post(f"{YEAR}/{step}", data={**hidden, **typed})
    assert answer.status_code == 303
    assert answer.headers["location"] == YEAR
    assert gateway.sent("POST", f"{YEAR}/{step}") == [body]
    sent = gateway.asked[-1].headers
    assert sent["if-match"] == '"4"'
    assert sent["idempotency-key"] == hidden["form_key"]


def test_signing_an_incomplete_contract_is_refused_with_the_list():
    gateway = city(
        **{
            f"GET {YEAR}": a_year(state="in_approval", allowed=["sign"]),
            f"POST {YEAR}/sign": problem(409, "contract_incomplete", INCOMPLETE, blockers=[NO_COMMUNICATION]),
        }
    )
    with browser(gateway) as client:
        hidden = form_of(client.get(YEAR).text, f"{YEAR}/sign")
        answer = client.post(f"{YEAR}/sign", data={**hidden, "name": "Oiva Vuori"})
    assert answer.status_code == 409
    assert INCOMPLETE in answer.text
    assert "viestinnän työnjako</a>" in answer.text


def test_a_signature_on_paper_shows_who_recorded_it():
    at = "2025-12-15T10:00:00Z"
    signed = [
        {"party": "customer", "name": "Päivi Laajala", "recorded_by": "Heidi Leinonen", "at": at},
        {"party": "producer", "name": "Oiva Vuori", "recorded_by": None, "at": at},
    ]
    with browser(city(**{f"GET {YEAR}": a_signed_year(signed_by=signed)})) as client:
        page = client.get(YEAR).text
    assert "Allekirjoittanut Päivi Laajala (paperilla, kirjannut Heidi Leinonen)" in page
    assert page.count("paperilla, kirjannut") == 1


def test_each_party_signs_for_itself():
    signing = a_year(state="in_approval", allowed=["approve", "sign"], acts_for="customer", blockers=[])
    with browser(city(CONTACT, **{f"GET {YEAR}": signing})) as client:
        page = client.get(YEAR)
    assert "Hyväksy asiakkaan puolesta" in page.text
    assert "Allekirjoita asiakkaan puolesta" in page.text
    assert 'value="Heidi Leinonen"' in page.text


@pytest.mark.parametrize("step", ["return", "reject", "terminate"])
def test_a_step_that_needs_a_reason_asks_for_it(step):
    gateway = city(**{f"GET {YEAR}": a_year(allowed=[step])})
    with browser(gateway) as client:
        hidden = form_of(client.get(YEAR).text, f"{YEAR}/{step}")
        answer = client.post(f"{YEAR}/{step}", data=hidden)
    assert answer.status_code == 422
    assert f'href="#field-reason_{step}"' in answer.text
    assert gateway.sent("POST", f"{YEAR}/{step}") == []


def test_a_stale_step_keeps_the_reason_and_takes_the_new_version():
    gateway = city(**{f"GET {YEAR}": a_year(allowed=["return"])})
    with browser(gateway) as client:
        hidden = form_of(client.get(YEAR).text, f"{YEAR}/return")
        gateway[f"POST {YEAR}/return"] = problem(412, "stale", "Joku muu ehti.")
        gateway[f"GET {YEAR}"] = a_year(allowed=["return"], version=9)
        answer = client.post(f"{YEAR}/return", data={**hidden, "reason_return": "Hinnat auki."})
    again = form_of(answer.text, f"{YEAR}/return")
    assert answer.status_code == 412
    assert "Sopimusvuosi muuttui sillä välin" in answer.text
    assert "Hinnat auki." in answer.text
    assert again["form_version"] == "9"
    assert again["form_key"] != hidden["form_key"]


def test_a_step_that_is_not_ones_to_take_is_refused():
    gateway = city(**{f"POST {YEAR}/submit": problem(403, "forbidden")})
    with browser(gateway) as client:
        hidden = form_of(client.get(YEAR).text, f"{YEAR}/submit")
        assert client.post(f"{YEAR}/submit", data=hidden).status_code == 403


def test_a_step_that_does_not_exist_is_a_page_that_does_not_exist():
    with browser(city()) as client:
        hidden = form_of(client.get(YEAR).text, f"{YEAR}/submit")
        assert client.post(f"{YEAR}/frame", data=hidden).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Öppna förhandlingen"), ("en", "Open the negotiation")]
)
def test_the_page_speaks_the_chosen_language(language, words):
    with browser(city(), language=language) as client:
        page = client.get(YEAR)
    assert words in page.text
    assert "Avaa neuvottelu" not in page.text


def test_a_site_is_a_link_to_its_card():
    with browser(city()) as client:
        assert f'href="/sites/{SITE["id"]}"' in client.get(YEAR).text
