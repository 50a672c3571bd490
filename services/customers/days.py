"""The day it is in Finland."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def day_of(now: datetime) -> date:
    """Return the calendar day of an instant in Europe/Helsinki."""
    return now.astimezone(HELSINKI).date()
