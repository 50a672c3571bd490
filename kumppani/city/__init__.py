"""The demo city: source table 1 and a plausible, synthetic city around it, the same for the same day.

registry.py     departments, customers, producers, sites and people from the shipped files in data/
agreements.py   a contract a customer: this year signed, the next one drafted, a lived-in clock
cases.py        a year of feedback in every state, dated back from today
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date, datetime, timedelta

from chassis.database import Database
from chassis.events import read_feed
from chassis.listeners import Handler, handle
from kumppani.city import agreements, cases, registry
from kumppani.databases import admit_demo_people
from trade.days import day_of

Progress = Callable[[str], None]
Share = Callable[[float], None]
"""Takes how much is done, 0 to 1."""


def last_morning(now: datetime) -> date:
    """Return the newest day in Finland whose morning is over: by night nothing is told that is to come."""
    return day_of(now - timedelta(hours=cases.MORNING.hour, minutes=cases.MORNING.minute))


def fill(
    urls: Mapping[str, str],
    *,
    today: date,
    progress: Progress,
    share: Share = lambda _: None,
    count: int = cases.CASES,
) -> None:
    """Fill the empty, migrated databases, and let its people sign in; ``today`` is the day in Finland.

    ``share`` is told how much of the longest part is done. ``count`` is how many cases the year sees; tests
    are content with fewer.
    """
    from services.contracts.listeners import HANDLERS
    from services.feedback.copies.listeners import CUSTOMERS
    from services.feedback.worker import CONTRACTS

    with ExitStack() as stack:
        databases: dict[str, Database] = {}
        for name in ("customers", "contracts", "feedback"):
            databases[name] = Database(urls[name], pool_size=2)
            stack.callback(databases[name].close)
        progress("customers, sites and people")
        people = registry.fill(databases["customers"], today)
        _copy(databases["customers"], "customers", databases["contracts"], HANDLERS)
        _copy(databases["customers"], "customers", databases["feedback"], CUSTOMERS, personal=True)
        progress("contracts and the annual clock")
        agreements.fill(databases["contracts"], people, today)
        _copy(databases["contracts"], "contracts", databases["feedback"], CONTRACTS)
        progress("a year of feedback")
        cases.fill(databases["feedback"], people, today, count, share)
    admit_demo_people(urls["gateway"])


def _copy(
    source: Database, name: str, target: Database, handlers: Mapping[str, Handler], *, personal: bool = False
) -> None:
    """Bring one service's news into another's copies, as its listener will go on doing from there.

    Every event tells a whole state, so only the newest of each thing is handled: a contract year that was
    written part by part is copied once.
    """
    after = ""
    pages = []
    while (feed := read_feed(source, name, after, 200, personal=personal)).items:
        pages.append((after, feed))
        after = feed.next
    newest = {(event.type, event.subject): event.id for _, feed in pages for event in feed.items}
    for began, feed in pages:
        told = [event for event in feed.items if newest[event.type, event.subject] == event.id]
        handle(target, name, handlers, began, feed.model_copy(update={"items": told}))
