"""What stand-ins answer: the examples of the document."""

from typing import Any

from gateway.shapes.examples import cases, contracts, registry
from gateway.shapes.examples.ids import CONTRACT_ID, listing

Answers = dict[tuple[str, str], Any]
"""By service and path."""
CASES = listing(cases.CASE)
NONE: dict[str, Any] = {"items": [], "next": None}
FEED = {"items": [], "next": "1.1"}


def card_parts(site_id: str) -> Answers:
    """Every part of a site's card, of a search and of the feeds."""
    return {
        ("customers", f"/v1/sites/{site_id}"): registry.SITE,
        ("customers", "/v1/contacts"): listing(registry.CONTACT),
        ("contracts", f"/v1/sites/{site_id}/agreed"): contracts.AGREED,
        ("feedback", "/v1/cases"): CASES,
        ("customers", "/v1/search"): NONE,
        ("contracts", "/v1/search"): NONE,
        ("feedback", "/v1/search"): NONE,
        ("customers", "/v1/events"): FEED,
        ("contracts", "/v1/events"): FEED,
        ("feedback", "/v1/events"): FEED,
    }


def overview_parts(customer_id: str, year: int) -> Answers:
    """Every part of a customer's overview."""
    return {
        ("customers", f"/v1/customers/{customer_id}"): registry.CUSTOMER,
        ("customers", "/v1/contacts"): listing(registry.CONTACT),
        ("customers", "/v1/sites"): listing(registry.SITE),
        ("contracts", "/v1/contracts"): listing(contracts.CONTRACT),
        ("contracts", f"/v1/contracts/{CONTRACT_ID}/years/{year}"): contracts.YEAR,
        ("contracts", "/v1/clock"): contracts.CLOCK,
        ("feedback", "/v1/cases"): CASES,
    }
