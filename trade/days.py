"""The day it is in the city: years, absences and milestones turn at midnight in Helsinki, not in UTC."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def day_of(moment: datetime) -> date:
    """Return the calendar day of an instant in Helsinki."""
    return moment.astimezone(HELSINKI).date()
