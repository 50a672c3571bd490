"""What all examples share."""

from typing import Any

Json = dict[str, Any]
"""A JSON object."""

_ID = "0197f5a0-0000-7000-8000-0000000000{:02d}".format
DEPARTMENT_ID, GROUP_ID, CUSTOMER_ID, SITE_ID, PRODUCER_ID = map(_ID, range(1, 6))
HEAD_ID, HANDLER_ID, MANAGER_ID, CONTRACT_ID, YEAR_ID = map(_ID, range(6, 11))
LINE_ID, MILESTONE_ID, CASE_ID, MESSAGE_ID, FEED_ID, ASSIGNMENT_ID, EVENT_ID = map(_ID, range(11, 18))


def listing(*items: Json) -> Json:
    """Return a page of a list."""
    return {"items": list(items), "next": None}


def without(example: Json, *names: str) -> Json:
    return {name: value for name, value in example.items() if name not in names}
