"""Examples of the answers that the gateway makes itself; those of passed-on operations are the services'."""

from typing import Any

Json = dict[str, Any]  # Any: JSON
_PERSON = "0197f5a0-0000-7000-8000-000000000101"
_SITE = "0197f5a0-0000-7000-8000-000000000031"
_CASE = "0197f5a0-0000-7000-8000-0000000000a1"
MISSING: Json = {
    "part": "agreed",
    "reason": "unavailable",
    "detail": "Osa ei vastaa juuri nyt.",
}
SEARCH: Json = {
    "items": [
        {
            "kind": "site",
            "id": _SITE,
            "title": "Kaakkurin koulu",
            "subtitle": "Opetuspalvelut",
            "score": 0.9,
            "exact": False,
            "state": None,
            "day": None,
        }
    ],
    "more": False,
    "degraded": [],
}
EVENTS: Json = {
    "items": [
        {
            "specversion": "1.0",
            "id": "0197f5a0-0000-7000-8000-000000000011",
            "source": "/services/feedback",
            "type": "kumppani.feedback.case.reported",
            "subject": _CASE,
            "time": "2026-03-10T10:00:00Z",
            "datacontenttype": "application/json",
            "data": {"id": _CASE, "reference": "P-2026-000123", "state": "received"},
        }
    ],
    "next": "eyJmZWVkYmFjayI6IjEuMSJ9",
    "degraded": [],
}
ME: Json = {
    "person_id": _PERSON,
    "name": "Raija Rehtori",
    "title": "rehtori",
    "language": "fi",
    "roles": ["site_head"],
    "everything": False,
    "customers": [],
    "sites": [{"id": _SITE, "name": "Kaakkurin koulu", "services": [{"service": "meals"}]}],
    "allowed": {"report_case": True, "handle_cases": False},
    "degraded": [],
}
DEMO_PEOPLE: Json = {
    "items": [
        {
            "username": "school-head",
            "name": "Raija Rehtori",
            "title": "rehtori",
            "roles": ["site_head"],
        }
    ]
}
SIGN_IN: Json = {"username": "school-head"}
SESSION: Json = {
    "token": "eyJhbGciOiJFZERTQSIsInR5cCI6InNlc3Npb24rand0In0.e30.c2lnbmF0dXJl",
    "expires_at": "2026-03-10T18:00:00Z",
    "person": {**DEMO_PEOPLE["items"][0], "person_id": _PERSON},
}
