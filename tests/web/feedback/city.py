"""Answers of the gateway for the feedback rooms: valid by default, changed where a test cares."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import httpx2

from tests.web.house import HANDLER, NOW, SITE, Gateway

CASE_ID = "0190a000-0000-7000-8000-0000000000c1"
OTHER_ID = "0190a000-0000-7000-8000-0000000000c2"
SITE_ID = str(SITE["id"])
STAFF = HANDLER | {"allowed": {"log_case": True, "report_case": True}}
HEAD = HANDLER | {
    "person_id": "0190a000-0000-7000-8000-0000000000b1",
    "name": "Raija Rehtori",
    "roles": ["site_head"],
    "everything": False,
    "sites": [SITE],
    "allowed": {"report_case": True},
}
THE_SITE = SITE | {
    "number": "K-0012",
    "customer_name": "Opetuspalvelut",
    "services": [
        {"service": "meals", "producer_name": "Oulun Serviisi", "own": True},
        {"service": "cleaning", "producer_name": "Oulun Serviisi", "own": True},
    ],
}
URGENT = {
    "person": {"person_id": None, "name": "Leena Päivystäjä", "phone": "044 700 1112", "email": None},
    "stand_in": None,
    "away": False,
}


def at(hours: float) -> str:
    """Return an instant some hours from the tests' now (9.00 in Helsinki, a Tuesday)."""
    return (NOW + timedelta(hours=hours)).isoformat()


def a_case(**changes: Any) -> dict[str, Any]:  # Any: JSON
    """Return a case as its own page gets it."""
    case = {
        "id": CASE_ID,
        "reference": "P-2026-000123",
        "kind": "complaint",
        "service": "meals",
        "severity": "normal",
        "state": "received",
        "subject": "Lounas loppui kesken",
        "description": "Kolme luokkaa jäi ilman pääruokaa.",
        "site": SITE,
        "customer": {"id": "0190a000-0000-7000-8000-0000000000d1", "name": "Opetuspalvelut"},
        "producer": {"id": "0190a000-0000-7000-8000-0000000000e1", "name": "Oulun Serviisi", "own": True},
        "channel": "web",
        "wish": "call",
        "reporter": {
            "person_id": HEAD["person_id"],
            "name": "Raija Rehtori",
            "phone": "040 111",
            "email": None,
        },
        "handler": {
            "person_id": HANDLER["person_id"],
            "name": "Päivi Käsittelijä",
            "phone": "044 700 3003",
            "email": "paivi@serviisi.example",
            "role": "complaint_handler",
        },
        "stand_in": None,
        "occurred_at": None,
        "received_at": at(-2),
        "logged_at": at(-2),
        "acknowledged_at": None,
        "first_response_at": None,
        "resolved_at": None,
        "closed_at": None,
        "response_due_at": at(2),
        "resolution_due_at": at(26),
        "next_due_at": at(2),
        "response_breached": False,
        "resolution_breached": False,
        "waiting_for": None,
        "time_left": {"due_at": at(2), "share_used": 0.5, "state": "ok"},
        "cycle": 1,
        "allowed": ["acknowledge", "messages", "wait", "resolve", "assign", "severity"],
        "version": 3,
        "messages": [
            {
                "id": f"{CASE_ID}-0",
                "author": {"person_id": None, "name": "Kumppani"},
                "body": "Kiitos, palautteesi on vastaanotettu.",
                "public": True,
                "at": at(-2),
                "kind": "receipt",
                "side": "service",
            }
        ],
        "history": [{"at": at(-2), "what": "received", "by": "Raija Rehtori", "before": None, "after": None}],
        "escalations": [],
    }
    return case | changes


def a_message(body: str, **changes: Any) -> dict[str, Any]:  # Any: JSON
    """Return a public message of the handler."""
    message = {
        "id": f"{CASE_ID}-2",
        "author": {"person_id": HANDLER["person_id"], "name": "Päivi Käsittelijä"},
        "body": body,
        "public": True,
        "at": at(-1),
        "kind": "message",
        "side": "producer",
    }
    return message | changes


def entry(start: float, end: float, kind: str, code: str, text: str) -> dict[str, Any]:  # Any: JSON
    """Return an interval of the ledger, in hours from now."""
    return {
        "from": at(start),
        "to": at(end),
        "kind": kind,
        "reason": {"code": code, "text": text},
        "seconds": int((end - start) * 3600),
    }


def a_clock(**changes: Any) -> dict[str, Any]:  # Any: JSON
    """Return the clock of a case: two hours gone, a night ahead."""
    clock = {
        "case_id": CASE_ID,
        "reference": "P-2026-000123",
        "policy": {
            "source": "contract_year",
            "contract_reference": "S-2026-012",
            "year": 2026,
            "response": {"basis": "business", "duration": "PT4H", "source": "contract_year"},
            "resolution": {"basis": "business", "duration": "PT16H", "source": "contract_year"},
        },
        "calendar": {
            "name": "school",
            "version": 1,
            "time_zone": "Europe/Helsinki",
            "description": "Ma–pe 7.00–15.00, ei pyhäpäivinä",
            "working_day": "PT8H",
        },
        "clocks": {
            "response": {"due_at": at(2), "met_at": None, "breached": False, "ledger": []},
            "resolution": {"due_at": at(26), "met_at": None, "breached": False, "ledger": []},
        },
        "ledger": [
            entry(-2, 6, "counted", "open_hours", "Työaika, aika kuluu"),
            entry(6, 22, "closed", "outside_hours", "Palvelu on kiinni"),
            entry(22, 26, "counted", "open_hours", "Työaika, aika kuluu"),
        ],
        "now": NOW.isoformat(),
    }
    return clock | changes


def judged(request: httpx2.Request) -> httpx2.Response:
    """Answer what words give away, for the few words that these tests type."""
    typed = json.loads(request.content)["description"]
    danger = {"word": "oksensi", "severity": "critical"} if "oksensi" in typed else None
    service = "cleaning" if "siivo" in typed else None
    return httpx2.Response(200, json={"danger": danger, "service": service})


def city(me: object = STAFF, **answers: Any) -> Gateway:  # Any: as Gateway takes them
    """Return a gateway that knows one site, one case and its clock."""
    gateway = Gateway(me)
    gateway["GET /sites"] = {"items": [THE_SITE], "next": None}
    gateway[f"GET /sites/{SITE_ID}"] = THE_SITE
    gateway["GET /whom-to-contact"] = URGENT
    gateway["GET /cases"] = {"items": [a_case()], "next": None}
    gateway["GET /cases/counts"] = {"waiting": 1, "late": 2, "due_today": 3, "open": 1000, "more": ["open"]}
    gateway["GET /people"] = {
        "items": [{"id": OTHER_ID, "name": "Olli Ohjaaja", "title": "Palveluesimies"}],
        "next": None,
    }
    gateway[f"GET /cases/{CASE_ID}"] = a_case(clock=a_clock())
    gateway[f"GET /cases/{CASE_ID}/clock"] = a_clock()
    gateway["POST /cases"] = a_case()
    gateway["POST /cases/triage"] = judged
    for call, answer in answers.items():
        gateway[call] = answer
    return gateway


def form_of(html: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form with that action, as a browser would send them."""

    form = html.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    found = re.findall(r'<input type="hidden"[^>]*? name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}
