"""Calendar days of the city: a contract year and a milestone turn at midnight in Helsinki, not in UTC."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Helsinki")


def local_day(moment: datetime) -> date:
    """Return the calendar day of an instant in Helsinki."""
    return moment.astimezone(LOCAL).date()
