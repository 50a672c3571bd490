"""What must be true of customers and their business ids, and how the next number follows."""

import re
from uuid import UUID

from services.customers.vocabulary import CustomerKind

_BUSINESS_ID = re.compile(r"^(\d{7})-(\d)$")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def is_business_id(text: str) -> bool:
    """Tell whether a text is a Finnish business id (Y-tunnus): seven digits and a right check digit."""
    found = _BUSINESS_ID.match(text)
    if not found or not text.isascii():
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(found[1], _WEIGHTS, strict=True)) % 11
    return remainder != 1 and int(found[2]) == (11 - remainder) % 11


def flaws_of_customer(
    kind: CustomerKind, department_id: UUID | None, group_id: UUID | None, group_department_id: UUID | None
) -> list[tuple[str, str]]:
    """Return (field, code) for each part of a customer's place in the city that does not fit.

    An internal customer belongs to a department; an external one to none. A group is one of the department's.
    """
    if kind is CustomerKind.EXTERNAL:
        places = (("department_id", department_id), ("customer_group_id", group_id))
        return [(field, "external_has_none") for field, value in places if value is not None]
    if department_id is None:
        return [("department_id", "internal_needs_department")]
    if group_id is not None and group_department_id != department_id:
        return [("customer_group_id", "group_of_other_department")]
    return []


def number_after(prefix: str, width: int, highest: int | None) -> str:
    """Return the number after the highest one in use, e.g. ``K-0124``; it grows past its width if needed."""
    return f"{prefix}-{(highest or 0) + 1:0{width}d}"
