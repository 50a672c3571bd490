"""Composed answers, events, sessions."""

from gateway.shapes.examples.cases import CASE
from gateway.shapes.examples.contracts import MILESTONE, YEAR
from gateway.shapes.examples.ids import CASE_ID, EVENT_ID, HEAD_ID, SITE_ID, Json
from gateway.shapes.examples.registry import CONTACT, CUSTOMER, SITE

MISSING: Json = {
    "part": "agreed",
    "reason": "unavailable",
    "detail": "Sopimukset eivät vastaa juuri nyt.",
}
SITE_CARD: Json = {
    "site": SITE,
    "agreed": None,
    "contacts": [CONTACT],
    "open_cases": [CASE],
    "degraded": [MISSING],
}
OVERVIEW: Json = {
    "customer": CUSTOMER,
    "contacts": [CONTACT],
    "sites": [SITE],
    "contract_year": {**YEAR, "year": 2026, "state": "in_force"},
    "open_cases": [CASE],
    "milestones": [MILESTONE],
    "degraded": [],
}
SEARCH: Json = {
    "items": [
        {
            "kind": "site",
            "id": SITE_ID,
            "title": "Myllytullin koulu",
            "subtitle": "Opetuspalvelut",
            "score": 0.9,
        }
    ],
    "degraded": [],
}
EVENTS: Json = {
    "items": [
        {
            "specversion": "1.0",
            "id": EVENT_ID,
            "source": "/services/feedback",
            "type": "kumppani.feedback.case.reported",
            "subject": CASE_ID,
            "time": "2026-03-10T10:00:00Z",
            "datacontenttype": "application/json",
            "data": {"id": CASE_ID, "reference": "P-2026-000123", "state": "received"},
        }
    ],
    "next": "eyJmZWVkYmFjayI6IjEuMSJ9",
    "degraded": [],
}
ME: Json = {
    "person_id": HEAD_ID,
    "name": "Antti Koski",
    "title": "rehtori",
    "language": "fi",
    "roles": ["site_head"],
    "everything": False,
    "customers": [],
    "sites": [{"id": SITE_ID, "name": "Myllytullin koulu"}],
    "allowed": {"report_case": True, "handle_cases": False},
    "degraded": [],
}
DEMO_PEOPLE: Json = {
    "items": [
        {
            "username": "school-head",
            "person_id": HEAD_ID,
            "name": "Antti Koski",
            "title": "rehtori",
            "roles": ["site_head"],
        }
    ]
}
SIGN_IN: Json = {"username": "school-head"}
SESSION: Json = {
    "token": "eyJhbGciOiJFZERTQSIsInR5cCI6InNlc3Npb24rand0In0.e30.c2lnbmF0dXJl",
    "expires_at": "2026-03-10T18:00:00Z",
    "person": DEMO_PEOPLE["items"][0],
}
