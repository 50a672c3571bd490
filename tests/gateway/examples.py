"""What stand-ins answer: the examples of the services' own documents."""

import json
from functools import cache
from typing import Any

from gateway.lifting import DOCUMENTS

Answers = dict[tuple[str, str], Any]
"""By service and path."""
Json = dict[str, Any]
NONE: Json = {"items": [], "next": None}
FEED: Json = {"items": [], "next": "1.1"}


@cache
def _shapes(service: str) -> Json:
    document: Json = json.loads((DOCUMENTS / f"{service}.json").read_text("utf-8"))
    shapes: Json = document["components"]["schemas"]
    return shapes


def example(service: str, shape: str) -> Json:
    """The example of a shape in its service's document."""
    shown: Json = _shapes(service)[shape]["examples"][0]
    return shown


def listing(*items: Json) -> Json:
    """A page of a list."""
    return {"items": list(items), "next": None}


def card_parts(site_id: str) -> Answers:
    """Every part of a site's card, of a search and of the feeds."""
    return {
        ("customers", f"/v1/sites/{site_id}"): example("customers", "SiteView"),
        ("customers", "/v1/contacts"): listing(example("customers", "ContactView")),
        ("contracts", f"/v1/sites/{site_id}/agreed"): example("contracts", "AgreedView"),
        ("feedback", "/v1/cases"): listing(example("feedback", "CaseView")),
        ("customers", "/v1/search"): NONE,
        ("contracts", "/v1/search"): NONE,
        ("feedback", "/v1/search"): NONE,
        ("customers", "/v1/events"): FEED,
        ("contracts", "/v1/events"): FEED,
        ("feedback", "/v1/events"): FEED,
    }


def overview_parts(customer_id: str, year: int) -> Answers:
    """Every part of a customer's overview."""
    contract = example("contracts", "ContractView")
    return {
        ("customers", f"/v1/customers/{customer_id}"): example("customers", "CustomerView"),
        ("customers", "/v1/contacts"): listing(example("customers", "ContactView")),
        ("customers", "/v1/sites"): listing(example("customers", "SiteView")),
        ("contracts", "/v1/contracts"): listing(contract),
        ("contracts", f"/v1/contracts/{contract['id']}/years/{year}"): example("contracts", "YearView"),
        ("contracts", "/v1/clock"): example("contracts", "ClockView"),
        ("feedback", "/v1/cases"): listing(example("feedback", "CaseView")),
    }
