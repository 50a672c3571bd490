"""One opaque cursor for the places in three feeds."""

import base64
import json
import re
from collections.abc import Iterable, Mapping

from chassis.errors import FieldError, InvalidInput

BEGINNING = ""
NOW = "now"
"""Where a feed ends at the moment of reading."""
_PLACE = re.compile(r"(?:|now|[0-9]{1,19}\.[0-9]{1,19})")


def decode(cursor: str, services: Iterable[str]) -> dict[str, str]:
    """Return the place in each service's feed; a service the cursor does not know is read from its beginning.

    Raises:
        InvalidInput: the cursor is not one of ours.
    """
    if cursor in {BEGINNING, NOW}:
        return dict.fromkeys(services, cursor)
    try:
        places = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(places, dict) or not all(
            isinstance(place, str) and _PLACE.fullmatch(place) for place in places.values()
        ):
            raise ValueError
    except (ValueError, RecursionError) as error:
        raise bad_cursor() from error
    return {service: places.get(service, BEGINNING) for service in services}


def encode(places: Mapping[str, str]) -> str:
    """Return the cursor for the places."""
    text = json.dumps(dict(places), separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def bad_cursor() -> InvalidInput:
    """Return the refusal of a cursor that is not one of ours."""
    return InvalidInput([FieldError("#/query/after", "cursor")])
