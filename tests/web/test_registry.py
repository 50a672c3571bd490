"""Customers, sites, whom to contact, search: what each page shows and says when a part is missing."""

import httpx2

from tests.web.answers import (
    CUSTOMER_ID,
    PERSON,
    SITE_ID,
    a_case,
    a_contact,
    a_customer,
    a_milestone,
    a_page,
    a_site,
    a_year,
    an_agreement,
    lacking,
)
from tests.web.house import HANDLER, SCHOOL_HEAD, Gateway, browser, problem
from web.pages.registry.reads import Agreed

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
STAFF = HANDLER | {"allowed": {"read_contracts": True, "report_case": True, "log_case": True}}


def a_gateway(me: object = STAFF) -> Gateway:
    gateway = Gateway(me)
    gateway["GET /customers"] = a_page(a_customer(), next="more")
    gateway["GET /departments"] = a_page({"id": "d", "name": "Sivistys"}, {"id": "e", "name": "Hyvinvointi"})
    gateway["GET /sites"] = a_page(a_site())
    gateway[f"GET /sites/{SITE_ID}"] = a_site()
    gateway[f"GET /sites/{SITE_ID}/card"] = {
        "site": a_site(),
        "agreed": an_agreement(),
        "contacts": [a_contact()],
        "open_cases": [a_case()],
        "degraded": [],
    }
    gateway[f"GET /customers/{CUSTOMER_ID}/overview"] = {
        "customer": a_customer(),
        "contacts": [a_contact(), a_contact(name="Kaarina", side="customer", role="contract_contact")],
        "sites": [a_site()],
        "contract_year": a_year(),
        "open_cases": [],
        "milestones": [a_milestone(overdue=True, overdue_days=3)],
        "degraded": [],
    }
    gateway["GET /whom-to-contact"] = {
        "site_id": SITE_ID,
        "topic": "meals",
        "person": PERSON,
        "stand_in": {**PERSON, "name": "Pekka Rantala"},
        "instead_of": None,
        "away": False,
        "reason": {"code": "supervisor", "text": "Kohteen aterioiden palveluesimies."},
        "alternatives": [
            {"person": {**PERSON, "name": "Ilkka Johtaja"}, "reason": {"code": "x", "text": "Johto."}}
        ],
    }
    gateway["POST /sla/preview"] = {"ledger": [], "calendar": {"working_day": "PT8H"}}
    return gateway


def test_customers_are_listed_with_department_sites_and_account_manager():
    with browser(a_gateway()) as client:
        html = client.get("/customers").text
    assert f'href="/customers/{CUSTOMER_ID}"' in html
    assert "69 kohdetta" in html
    assert "asiakkuusvastaava Leena Mäkinen" in html


def test_names_of_the_registry_say_that_they_are_finnish_on_pages_of_another_language():
    with browser(a_gateway(), language="sv") as client:
        customers, customer, site = (
            client.get(path).text for path in ("/customers", f"/customers/{CUSTOMER_ID}", f"/sites/{SITE_ID}")
        )
    assert 'lang="fi">Opetuspalvelut</a>' in customers
    assert 'lang="fi">Opetuspalvelut</h1>' in customer
    assert 'lang="fi">Rajakylän koulu</a>' in customer
    assert 'lang="fi">Rajakylän koulu</h1>' in site


def test_a_fragment_holds_the_list_alone_and_its_links_lead_to_pages():
    gateway = a_gateway()
    with browser(gateway) as client:
        answer = client.get("/customers?q=opetus", headers=PARTIAL)
    assert "<html" not in answer.text
    assert answer.text.count('id="customers"') == 1
    assert "/customers?q=opetus&amp;cursor=more" in answer.text
    assert "q=opetus" in [each.url.query.decode() for each in gateway.asked]
    assert "HX-Request" in answer.headers["vary"]


def test_going_back_in_history_gets_the_whole_page():
    headers = {**PARTIAL, "HX-History-Restore-Request": "true"}
    with browser(a_gateway()) as client:
        assert "<html" in client.get("/customers", headers=headers).text


def test_the_list_stands_without_its_filters():
    gateway = a_gateway()
    gateway["GET /departments"] = problem(503, "unavailable")
    with browser(gateway) as client:
        answer = client.get("/customers")
    assert answer.status_code == 200
    assert "Opetuspalvelut" in answer.text


def test_no_match_offers_a_way_on():
    gateway = a_gateway()
    gateway["GET /customers"] = a_page()
    with browser(gateway) as client:
        html = client.get("/customers?q=xyz").text
    assert "Asiakasta ei löytynyt" in html
    assert 'href="/customers"' in html


def test_a_customer_shows_both_sides_and_what_the_year_lacks():
    with browser(a_gateway()) as client:
        html = client.get(f"/customers/{CUSTOMER_ID}").text
    assert "Palveluntuottaja" in html
    assert "Kaarina" in html
    assert "viestinnän työnjako" in html
    assert "Myöhässä 3 pv" in html


def test_a_customer_stands_without_contracts_and_says_so():
    gateway = a_gateway()
    gateway[f"GET /customers/{CUSTOMER_ID}/overview"] = {
        "customer": a_customer(),
        "degraded": lacking("contract_year") + lacking("milestones", "timed_out"),
    }
    with browser(gateway) as client:
        answer = client.get(f"/customers/{CUSTOMER_ID}")
    assert answer.status_code == 200
    assert answer.text.count("Sopimukset ja vuosikello ei vastaa juuri nyt") == 2


def test_a_part_that_is_not_ones_to_see_is_not_called_an_outage():
    gateway = a_gateway()
    gateway[f"GET /sites/{SITE_ID}/card"] = {
        "site": a_site(),
        "agreed": None,
        "contacts": [],
        "open_cases": [],
        "degraded": lacking("agreed", "not_found"),
    }
    with browser(gateway) as client:
        html = client.get(f"/sites/{SITE_ID}").text
    assert "ei vastaa juuri nyt" not in html
    assert "Kohteella ei ole voimassa olevaa sopimusvuotta" in html


def test_anothers_site_does_not_exist():
    gateway = a_gateway()
    gateway[f"GET /sites/{SITE_ID}/card"] = problem(404, "not_found", "Tätä ei löydy.")
    with browser(gateway) as client:
        assert client.get(f"/sites/{SITE_ID}").status_code == 404


def test_the_site_card_tells_what_is_agreed_and_by_when_one_is_answered():
    with browser(a_gateway()) as client:
        html = client.get(f"/sites/{SITE_ID}").text
    assert "Kolme ruokaa" in html
    assert "2 työpäivää" in html
    assert f'href="/feedback/new?site_id={SITE_ID}"' in html


def test_equal_promises_of_two_services_are_told_once():
    promise = {"basis": "business", "duration": "PT4H"}
    target = {"severity": "normal", "response": promise, "resolution": None}
    agreed = Agreed.model_validate(
        {
            "year": 2026,
            "contract_id": "c",
            "reference": "S-2026-001",
            "targets": [
                target | {"service": "meals"},
                target | {"service": "cleaning"},
                target | {"service": "meals", "severity": "critical"},
            ],
        }
    )
    told = [(promised.severity, services) for promised, services in agreed.promises_told_once]
    assert told == [("normal", ["cleaning", "meals"]), ("critical", ["meals"])]


def test_the_site_card_tells_the_coming_opening_days():
    gateway = a_gateway()
    reason = {"code": "open", "text": "Avoinna"}
    gateway["POST /sla/preview"] = {
        "ledger": [
            {
                "from": "2026-11-24T07:00:00Z",
                "to": "2026-11-24T13:00:00Z",
                "kind": "counted",
                "reason": reason,
            }
        ]
    }
    with browser(gateway) as client:
        html = client.get(f"/sites/{SITE_ID}").text
    assert "9.00–15.00" in html
    assert gateway.sent("POST", "/sla/preview")[0]["site_id"] == SITE_ID


def test_a_topic_leads_to_a_person_a_number_and_a_stand_in():
    """N10: from site and topic to a person, phone and stand-in, at once."""
    with browser(a_gateway()) as client:
        html = client.get(f"/sites/{SITE_ID}?topic=meals").text
    assert 'href="tel:0447003003"' in html
    assert "Kohteen aterioiden palveluesimies." in html
    assert "Pekka Rantala" in html
    assert "Ilkka Johtaja" in html


def test_somebody_away_is_told_and_the_stand_in_comes_first():
    gateway = a_gateway()
    gateway["GET /whom-to-contact"] = {
        "site_id": SITE_ID,
        "topic": "cleaning",
        "person": {**PERSON, "name": "Pekka Rantala", "phone": "044 1"},
        "stand_in": None,
        "instead_of": PERSON,
        "away": True,
        "reason": {"code": "away", "text": "Sari Lehto on lomalla."},
        "alternatives": [],
    }
    with browser(gateway) as client:
        html = client.get(f"/contact?site_id={SITE_ID}&topic=cleaning", headers=PARTIAL).text
    assert '<p class="who" data-announce>Pekka Rantala</p>' in html
    assert "Sari Lehto on poissa juuri nyt." in html


def test_a_head_of_one_site_is_not_asked_which_site():
    with browser(a_gateway(SCHOOL_HEAD)) as client:
        html = client.get("/contact").text
        straight = client.get("/sites")
    assert "Mikä kohde?" not in html
    assert straight.headers["location"] == f"/sites/{SITE_ID}"


def test_names_are_text_and_never_markup():
    gateway = a_gateway()
    gateway["GET /sites"] = a_page(a_site(name="<script>alert(1)</script>"))
    with browser(gateway) as client:
        html = client.get("/sites").text
    assert "<script>alert" not in html


def test_an_answer_of_another_shape_is_a_missing_part_and_not_a_crash():
    gateway = a_gateway()
    gateway["GET /customers"] = httpx2.Response(200, json={"things": []})
    with browser(gateway) as client:
        assert client.get("/customers").status_code == 503


def test_a_persons_page_says_for_which_site_and_customer_the_person_has_which_role():
    gateway = a_gateway()
    person_id = "0197f5a0-0000-7000-8000-0000000000aa"
    unseen = "0197f5a0-0000-7000-8000-0000000000ab"
    gateway[f"GET /people/{person_id}"] = {
        "name": "Hanna Seppälä",
        "title": "rehtori",
        "assignments": [
            {"role": "site_head", "site_id": SITE_ID},
            {"role": "contract_contact", "customer_id": CUSTOMER_ID},
            {"role": "contract_contact", "customer_id": unseen},
        ],
    }
    gateway[f"GET /customers/{CUSTOMER_ID}"] = a_customer()
    gateway[f"GET /customers/{unseen}"] = problem(404, "not_found")
    with browser(gateway) as client:
        html = client.get(f"/people/{person_id}").text
    assert f'href="/sites/{SITE_ID}">{a_site()["name"]}</a>' in html
    assert f'href="/customers/{CUSTOMER_ID}">{a_customer()["name"]}</a>' in html
    assert unseen not in html
