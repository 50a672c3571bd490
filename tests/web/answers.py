"""Spec-shaped answers of the gateway for the rooms' tests, valid by default."""

from typing import Any

Json = dict[str, Any]
SITE_ID = "0190a000-0000-7000-8000-00000000000a"
CUSTOMER_ID = "0190a000-0000-7000-8000-00000000000b"
CONTRACT_ID = "0190a000-0000-7000-8000-00000000000c"
CASE_ID = "0190a000-0000-7000-8000-00000000000d"
PERSON: Json = {
    "person_id": "0190a000-0000-7000-8000-000000000002",
    "name": "Sari Lehto",
    "title": "palveluesimies",
    "phone": "044 700 3003",
    "email": "sari.lehto@serviisi.example",
}


def a_page(*items: Json, next: str | None = None) -> Json:
    """Return one page of a list."""
    return {"items": list(items), "next": next}


def a_site(**changes: object) -> Json:
    """Return a school with meals of its own producer and cleaning of an outside one."""
    return {
        "id": SITE_ID,
        "number": "K-0012",
        "name": "Rajakylän koulu",
        "kind": "comprehensive_school",
        "customer_id": CUSTOMER_ID,
        "customer_name": "Opetuspalvelut",
        "address": {"street": "Koulukatu 1", "postal_code": "90100", "city": "Oulu"},
        "services": [
            {"service": "meals", "producer_name": "Oulun Serviisi", "own": True, "standard": "Kaksi ruokaa"},
            {"service": "cleaning", "producer_name": "SOL", "own": False, "standard": None},
        ],
        "heads": [{**PERSON, "name": "Raija Rehtori"}],
        "version": 1,
        **changes,
    }


def a_customer(**changes: object) -> Json:
    """Return an internal customer."""
    return {
        "id": CUSTOMER_ID,
        "number": "A-007",
        "name": "Opetuspalvelut",
        "kind": "internal",
        "department": {"id": "d", "name": "Sivistys- ja kulttuuripalvelut"},
        "customer_group": {"id": "g", "name": "Opetuspalvelut"},
        "account_manager": {**PERSON, "name": "Leena Mäkinen"},
        "site_count": 69,
        "version": 1,
        **changes,
    }


def a_contact(**changes: object) -> Json:
    """Return a service supervisor of the site's meals."""
    return {**PERSON, "role": "service_supervisor", "side": "producer", "service": "meals", **changes}


def a_case(**changes: object) -> Json:
    """Return an open complaint."""
    return {
        "id": CASE_ID,
        "reference": "P-2026-000123",
        "kind": "complaint",
        "state": "in_progress",
        "subject": "Lounas loppui kesken",
        "site": {"id": SITE_ID, "name": "Rajakylän koulu"},
        "handler": {"name": "Sari Lehto"},
        "received_at": "2026-11-23T09:12:00Z",
        "next_due_at": "2026-11-24T10:00:00Z",
        "time_left": {"due_at": "2026-11-24T10:00:00Z", "share_used": 0.8, "state": "soon"},
        **changes,
    }


def an_agreement(**changes: object) -> Json:
    """Return what the year in force agrees for the site."""
    promise = {"basis": "business", "duration": "PT16H"}
    return {
        "site_id": SITE_ID,
        "year": 2026,
        "contract_id": CONTRACT_ID,
        "reference": "S-2026-012",
        "lines": [{"service": "meals", "standard": "Kolme ruokaa", "price": None, "unit": "meal"}],
        "targets": [{"service": "meals", "severity": "normal", "response": promise, "resolution": None}],
        "persons": [],
        **changes,
    }


def a_milestone(**changes: object) -> Json:
    """Return November's survey, not yet done."""
    return {
        "id": "0190a000-0000-7000-8000-00000000000e",
        "customer_name": "Opetuspalvelut",
        "row": 9,
        "topic": "Asiakaskysely ja laatumittaukset",
        "responsible": "customer_relations_group",
        "responsible_name": "Asiakkuusryhmä",
        "month": 11,
        "due": "2026-11-30",
        "status": "scheduled",
        "overdue": False,
        "overdue_days": 0,
        **changes,
    }


def a_year(**changes: object) -> Json:
    """Return next year's draft that lacks one point."""
    return {
        "contract_id": CONTRACT_ID,
        "reference": "S-2026-012",
        "customer": {"id": CUSTOMER_ID, "name": "Opetuspalvelut"},
        "year": 2027,
        "state": "draft",
        "blockers": [{"code": "communication", "text": "puuttuu: viestinnän työnjako"}],
        **changes,
    }


def lacking(part: str, reason: str = "unavailable") -> list[Json]:
    """Return the note of a composed answer that a part is missing."""
    return [{"part": part, "reason": reason, "detail": ""}]
