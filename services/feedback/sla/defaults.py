"""The shipped calendars and the producer's default policies, read from defaults.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from services.feedback.sla.calendars import Calendar
from services.feedback.sla.documents import CalendarDocument, calendar_of, policy_of
from services.feedback.sla.targets import Policy

TIME_ZONE = "Europe/Helsinki"
DEFAULT_CALENDAR = "office"
DEFAULT_SEVERITY = "normal"


@lru_cache(maxsize=1)
def default_policies() -> Mapping[str, Policy]:
    """The producer's promise by severity, the same for every service."""
    return {severity: policy_of(document) for severity, document in _data()["policies"].items()}


@lru_cache(maxsize=1)
def shipped_calendars() -> Mapping[str, Calendar]:
    """The calendars of a new installation by name, each as version 1."""
    data = _data()
    return {
        name: calendar_of(_expanded(entry, *data["years"]), name=name, version=1)
        for name, entry in data["calendars"].items()
    }


@lru_cache(maxsize=1)
def calendar_titles() -> Mapping[str, Mapping[str, str]]:
    """Names of the shipped calendars for people: by calendar, by language."""
    return {name: entry["title"] for name, entry in _data()["calendars"].items()}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:  # Any: TOML, whose shape the file shows
    return tomllib.loads(Path(__file__).with_name("defaults.toml").read_text("utf-8"))


def _expanded(entry: dict[str, Any], first: int, last: int) -> CalendarDocument:
    """Write out what holds every year, for the years first…last."""
    years = range(first, last + 1)
    return {
        "time_zone": TIME_ZONE,
        "frames": entry["frames"],
        "holidays": entry.get("holidays"),
        "half_days": [
            {"date": f"{year}-{day}", "frames": frames}
            for year in years
            for day, frames in entry.get("yearly_half_days", {}).items()
        ],
        "closures": [
            {"from": f"{year}-{begin}", "to": f"{year}-{end}"}
            for year in years
            for begin, end in entry.get("yearly_closures", ())
        ],
    }
