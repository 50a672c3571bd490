"""Examples of calendars and previews, for the document."""

from typing import Any

Json = dict[str, Any]  # Any: JSON
_DAY = [["08:00", "16:00"]]
CALENDAR_INPUT: Json = {
    "time_zone": "Europe/Helsinki",
    "frames": {"mon": _DAY, "tue": _DAY, "wed": _DAY, "thu": _DAY, "fri": _DAY, "sat": [], "sun": []},
    "holidays": "FI",
    "half_days": [{"date": "2026-12-31", "frames": [["08:00", "12:00"]]}],
    "closures": [{"from": "2026-07-01", "to": "2026-07-31"}],
}
CALENDAR: Json = {
    "name": "school",
    "title": "Koulu",
    "description": "Ma–pe 8.00–16.00, ei pyhäpäivinä",
    **CALENDAR_INPUT,
    "version": 1,
}
PREVIEW: Json = {
    "response_due_at": "2026-03-10T10:00:00Z",
    "resolution_due_at": None,
    "ledger": [
        {
            "from": "2026-03-10T06:00:00Z",
            "to": "2026-03-10T10:00:00Z",
            "kind": "counted",
            "reason": {"code": "open_hours", "text": "Työaika, aika kuluu"},
            "seconds": 14400,
        }
    ],
    "policy": {
        "source": "request",
        "contract_reference": None,
        "year": None,
        "response": {"basis": "business", "duration": "PT4H", "source": "request"},
        "resolution": None,
    },
    "calendar": {
        "name": "school",
        "version": 1,
        "time_zone": "Europe/Helsinki",
        "description": "Ma–pe 8.00–16.00, ei pyhäpäivinä",
        "working_day": "PT8H",
    },
}
