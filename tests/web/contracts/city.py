"""Answers of the gateway for the contract rooms: valid by default, changed where a test cares."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import httpx2

from tests.web.house import HANDLER, SITE, Gateway

CONTRACT_ID = "0190a000-0000-7000-8000-0000000000f1"
CUSTOMER = {"id": "0190a000-0000-7000-8000-0000000000d1", "name": "Opetuspalvelut"}
OTHER_CUSTOMER = {"id": "0190a000-0000-7000-8000-0000000000d2", "name": "Varhaiskasvatus"}
MILESTONE_ID = "0190a000-0000-7000-8000-000000000020"
LINE_ID = "0190a000-0000-7000-8000-000000000031"
FEED_ID = "0190a000-0000-7000-8000-000000000041"
MANAGER_ID = "0190a000-0000-7000-8000-000000000002"
YEAR = f"/contracts/{CONTRACT_ID}/years/2027"
MILESTONE = f"/milestones/{MILESTONE_ID}"
ALLOWED = {"read_contracts": True, "read_clock": True, "edit_contracts": True, "enter_actuals": True}
MANAGER = HANDLER | {
    "person_id": MANAGER_ID,
    "name": "Oiva Vuori",
    "roles": ["account_manager"],
    "allowed": ALLOWED,
}
HEAD = HANDLER | {
    "name": "Raija Rehtori",
    "roles": ["site_head"],
    "everything": False,
    "sites": [SITE],
    "allowed": {"read_contracts": True, "read_clock": True, "report_case": True},
}
TITLES = {
    "responsible_persons": "Vastuuhenkilöt",
    "annual_clock": "Valmistelun vuosikello",
    "communication": "Viestinnän työnjako",
    "tendering": "Kilpailutusten valmistelun työnjako",
    "joint_development": "Yhteinen kehittäminen",
    "changes": "Sopimuskauden muutosten käsittely",
}
NO_COMMUNICATION = {"code": "communication", "text": "puuttuu: viestinnän työnjako"}
Json = dict[str, Any]  # Any: JSON


def a_contract(**changes: Any) -> Json:  # Any: JSON
    """Return a contract with this year in force and the next one as a draft."""
    contract = {
        "id": CONTRACT_ID,
        "reference": "S-2026-012",
        "customer": CUSTOMER,
        "producer_name": "Oulun Serviisi",
        "kind": "partnership",
        "services": ["meals", "cleaning"],
        "years": [
            {"year": 2026, "state": "in_force", "blockers": []},
            {"year": 2027, "state": "draft", "blockers": [NO_COMMUNICATION]},
        ],
        "version": 1,
    }
    return contract | changes


def a_point(point: str, **changes: Any) -> Json:  # Any: JSON
    """Return a written point."""
    written = {
        "point": point,
        "title": TITLES[point],
        "owner": {"party": "producer", "name": "Oiva Vuori", "person_id": MANAGER_ID},
        "text": f"Sovittu: {TITLES[point].lower()}.",
        "complete": True,
    }
    return written | changes


def a_line(**changes: Any) -> Json:  # Any: JSON
    """Return a line whose price rose."""
    line = {
        "id": LINE_ID,
        "site_id": SITE["id"],
        "site_name": SITE["name"],
        "service": "meals",
        "standard": "Koululounas, kaksi vaihtoehtoa",
        "price": {"amount": "4.85", "currency": "EUR"},
        "unit": "meal",
        "quantity": "41200",
        "previous_price": {"amount": "4.72", "currency": "EUR"},
        "previous_quantity": "41200",
        "change_reason": "Raaka-aineiden hinnat nousivat.",
        "yearly": {"amount": "199820.00", "currency": "EUR"},
        "previous_yearly": {"amount": "194464.00", "currency": "EUR"},
    }
    return line | changes


def a_cost(**changes: str) -> Json:
    """Return what the line of ``a_line`` costs, or other amounts."""
    amounts = {
        "total": "199820.00",
        "previous_total": "194464.00",
        "price_effect": "5356.00",
        "quantity_effect": "0.00",
        "added": "0.00",
        "ended": "0.00",
    }
    return {name: {"amount": amount, "currency": "EUR"} for name, amount in (amounts | changes).items()}


def a_target(**changes: Any) -> Json:  # Any: JSON
    """Return promised times of ordinary feedback about meals."""
    target = {
        "service": "meals",
        "severity": "normal",
        "response": {"basis": "business", "duration": "PT4H"},
        "resolution": {"basis": "business", "duration": "PT16H"},
    }
    return target | changes


def a_year(**changes: Any) -> Json:  # Any: JSON
    """Return a draft of the coming year that lacks the division of communication work."""
    lacking: Json = {"owner": None, "text": "", "complete": False}
    year = {
        "id": "0190a000-0000-7000-8000-0000000000f2",
        "contract_id": CONTRACT_ID,
        "reference": "S-2026-012",
        "customer": CUSTOMER,
        "year": 2027,
        "state": "draft",
        "valid_from": "2027-01-01",
        "valid_until": "2027-12-31",
        "signed_at": None,
        "signed_by": [],
        "approved_by": [],
        "content_hash": None,
        "blockers": [NO_COMMUNICATION],
        "points": [a_point(each, **(lacking if each == "communication" else {})) for each in TITLES],
        "persons": [
            {
                "party": "producer",
                "role": "Asiakkuusvastaava",
                "person_id": MANAGER_ID,
                "name": "Oiva Vuori",
                "phone": "044 700 1001",
                "email": "oiva@serviisi.example",
            }
        ],
        "lines": [a_line()],
        "cost": {**a_cost(), "services": [{**a_cost(), "service": "meals"}]},
        "targets": [a_target()],
        "annexes": [{"kind": "billing", "title": "Laskutusliite"}],
        "allowed": ["submit", "edit_points", "edit_terms"],
        "acts_for": "producer",
        "version": 4,
    }
    return year | changes


def a_signed_year(**changes: Any) -> Json:  # Any: JSON
    """Return a year that both parties have signed."""
    consents = [
        {"party": party, "name": name, "at": "2026-11-20T08:00:00Z"}
        for party, name in (("customer", "Heidi Leinonen"), ("producer", "Oiva Vuori"))
    ]
    signed = {
        "state": "signed",
        "signed_at": "2026-11-20T08:00:00Z",
        "signed_by": consents,
        "approved_by": consents,
        "content_hash": "2b9114f02ba573c7",
        "blockers": [],
        "points": [a_point(each) for each in TITLES],
        "allowed": ["terminate"],
    }
    return a_year(**{**signed, **changes})


def a_milestone(**changes: Any) -> Json:  # Any: JSON
    """Return a step of April that is late."""
    milestone = {
        "id": MILESTONE_ID,
        "year": 2026,
        "customer_id": CUSTOMER["id"],
        "customer_name": CUSTOMER["name"],
        "row": 3,
        "topic": "Hintaneuvottelu",
        "content": "Esitys hinnoittelun muutoksista.",
        "responsible": "customer_relations_group",
        "responsible_name": "Asiakkuusryhmä",
        "month": 4,
        "due": "2026-04-30",
        "status": "scheduled",
        "overdue": True,
        "overdue_days": 208,
        "actual_on": None,
        "actual_note": None,
        "version": 2,
    }
    return milestone | changes


def a_met_milestone(**changes: Any) -> Json:  # Any: JSON
    """Return a step that was met."""
    met = {
        "status": "met",
        "overdue": False,
        "overdue_days": 0,
        "actual_on": "2026-04-24",
        "actual_note": "Käsitelty kokouksessa.",
    }
    return a_milestone(**{**met, **changes})


def a_whole_milestone(**changes: Any) -> Json:  # Any: JSON
    """Return the late step as its own page gets it."""
    whole = {
        "history": [
            {
                "at": "2025-12-01T07:00:00Z",
                "what": "generated",
                "by": "Oiva Vuori",
                "before": None,
                "after": {"due": "2026-04-30"},
            }
        ],
        "last_year": None,
        "allowed": ["actual", "move", "cancel"],
    }
    return a_milestone(**{**whole, **changes})


def a_clock(*milestones: Json, **changes: Any) -> Json:  # Any: JSON
    """Return a year's clock with its summary."""
    items = list(milestones)
    summary = {"total": len(items), "overdue": sum(each["overdue"] for each in items)}
    for status in ("scheduled", "met", "partially_met", "not_met", "cancelled"):
        summary[status] = sum(each["status"] == status for each in items)
    return {"year": 2026, "items": items, "summary": summary, "next": None} | changes


def filtered_clock(*milestones: Json) -> Callable[[httpx2.Request], httpx2.Response]:
    """Return an answer that filters by status, lateness and row as the gateway does."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked = request.url.params
        return httpx2.Response(
            200,
            json=a_clock(
                *(
                    each
                    for each in milestones
                    if asked.get("status", each["status"]) == each["status"]
                    and asked.get("overdue", str(each["overdue"]).lower()) == str(each["overdue"]).lower()
                    and asked.get("row", str(each["row"])) == str(each["row"])
                )
            ),
        )

    return answer


def city(me: object = MANAGER, **answers: Any) -> Gateway:  # Any: as Gateway takes them
    """Return a gateway that knows two customers, one contract and one late step of the clock."""
    gateway = Gateway(me)
    gateway["GET /customers"] = {"items": [CUSTOMER, OTHER_CUSTOMER], "next": None}
    gateway["GET /sites"] = {"items": [SITE], "next": None}
    gateway["GET /contracts"] = {"items": [a_contract()], "next": None}
    gateway[f"GET /contracts/{CONTRACT_ID}"] = a_contract()
    gateway[f"GET {YEAR}"] = a_year()
    gateway[f"GET {YEAR}/history"] = {"items": [], "next": None}
    gateway["GET /clock"] = a_clock(a_milestone())
    gateway[f"GET {MILESTONE}"] = a_whole_milestone()
    gateway["GET /calendar-feeds"] = {"items": [], "next": None}
    for call, answer in answers.items():
        gateway[call] = answer
    return gateway


def form_of(html: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form with that action, as a browser would send them."""
    form = html.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    found = re.findall(r'<input type="hidden"[^>]*? name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}
