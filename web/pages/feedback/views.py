"""The saved views of the queue and its filters: from the address to the question asked of the gateway."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from web.texts import mark
from web.viewer import Viewer

PAGE_SIZE = 25
LISTED = "/cases?"
"""How the address of a list begins, as a case remembers it."""


@dataclass(frozen=True)
class View:
    """A saved view: its name in the address, its word, what it asks, and which count stands beside it."""

    name: str
    word: str
    asks: Mapping[str, str] = field(default_factory=dict)
    count: str | None = None


OPEN = View("open", mark("Kaikki avoimet"), {}, "open")
MINE = View("mine", mark("Minun"), {"handler": "me"}, "mine")
TODAY = View("today", mark("Määräaika tänään"), {"due": "today"}, "due_today")
LATE = View("late", mark("Myöhässä"), {"due": "late"}, "late")
WAITING = View("waiting", mark("Odottaa asiakasta"), {"state": "waiting"}, "waiting")
OLDEST = View("oldest", mark("Vanhimmat avoimet"), {"sort": "oldest"})
PRAISE = View("praise", mark("Kiitokset"), {"kind": "praise", "sort": "newest"})
CLOSED = View("closed", mark("Suljetut"), {"state": "closed", "sort": "newest"})
# What the customer's side calls them.
UNDER_WAY = View("open", mark("Kesken"), {}, "open")
ASKED = View("waiting", mark("Sinulta kysytään"), {"state": "waiting"}, "waiting")
RESOLVED = View("resolved", mark("Ratkaistut"), {"state": "resolved", "sort": "newest"})

STAFF_VIEWS = (MINE, TODAY, LATE, WAITING, OPEN, OLDEST, PRAISE, CLOSED)
CUSTOMER_VIEWS = (UNDER_WAY, ASKED, LATE, RESOLVED, PRAISE, CLOSED)

# Filters have the API's names; those of the first row also stand in the filter form.
CHOSEN = ("site_id", "handler", "producer_id")
TYPED = ("q", "service", "kind", "severity", "received_from", "received_to", *CHOSEN)
LINKED = ("customer_id", "due", "state", "urgent", "own", "received")
FILTERS = TYPED + LINKED
# What views are about goes when another view is chosen; by place, people, days and words it stays narrowed.
KEPT = (*TYPED, "customer_id", "own")


@dataclass(frozen=True)
class Question:
    """What a reader of the queue asks: a view, filters, and the place of the page."""

    view: View
    filters: Mapping[str, str]
    onward: str = ""

    @property
    def api(self) -> dict[str, str | int | None]:
        """Return the gateway's query of a page of the list."""
        return {**self.listed, "limit": PAGE_SIZE, "cursor": self.onward or None}

    @property
    def listed(self) -> dict[str, str]:
        """Return the gateway's query of the whole list; a chosen filter wins over what the view asks."""
        given = {name: value for name, value in self.filters.items() if value}
        # What came today is closed in part: only the newest first are all of it.
        sort = "newest" if self.filters["received"] else "next_due"
        return {"sort": sort, **self.view.asks, **given}

    @property
    def address(self) -> dict[str, str]:
        """Return the address's query without the place of the page."""
        return {"view": self.view.name, **{name: value for name, value in self.filters.items() if value}}

    def without(self, *names: str) -> "Question":
        """Return the same question with some filters taken away, from the first page."""
        return replace(self, filters={**self.filters, **dict.fromkeys(names, "")}, onward="")

    def address_of(self, view: View) -> dict[str, str]:
        """Return the address's query of another view of the same matters; what the view asks is its own."""
        kept = {name: self.filters[name] for name in KEPT if self.filters[name] and name not in view.asks}
        return {"view": view.name, **kept}

    @property
    def counted(self) -> dict[str, str] | None:
        """Return what the numbers beside the views count; None when words narrow: these are not counted."""
        if self.filters["q"]:
            return None
        return {name: self.filters[name] for name in KEPT if self.filters[name]}

    @property
    def linked(self) -> dict[str, str]:
        """Return the filters that came by a link and stand in no field of the form."""
        return {name: self.filters[name] for name in LINKED if self.filters[name]}

    @property
    def filtered(self) -> bool:
        """Say whether a filter narrows the view."""
        return any(self.filters.values())


def list_address(back: str) -> str:
    """Return the list that a case was opened from, as its address tells; the usual one when it tells none."""
    return back if back.startswith(LISTED) else "/cases"


def views_of(viewer: Viewer) -> tuple[View, ...]:
    """Return the saved views for a person: the producer's side has a queue, the customer its own matters."""
    return STAFF_VIEWS if works_on_cases(viewer) else CUSTOMER_VIEWS


def works_on_cases(viewer: Viewer) -> bool:
    """Say whether the person is on the side that answers."""
    return viewer.is_staff or viewer.is_outside_producer


def question_of(viewer: Viewer, query: Mapping[str, str]) -> Question:
    """Read the address; an unknown view is the person's usual one, an unknown filter is let be.

    A link that names filters but no view gets the view that asks just that, else all open ones narrowed.
    """
    views = views_of(viewer)
    by_name = {view.name: view for view in views}
    filters = {name: query.get(name, "").strip() for name in FILTERS}
    view = by_name.get(query.get("view", ""))
    if view is None:
        given = {name: value for name, value in filters.items() if value}
        same = next((view for view in views if given and _asked(view) == given), None)
        if same is not None:
            view, filters = same, dict.fromkeys(FILTERS, "")
        elif not given and viewer.has_role("complaint_handler", "service_supervisor"):
            view = MINE
        else:
            view = by_name[OPEN.name]
    if any(filters.get(name) not in (None, "", value) for name, value in view.asks.items()):
        view = by_name[OPEN.name]  # a filter says otherwise than the view: it is not that view any more
    return Question(view, filters, query.get("cursor", ""))


def _asked(view: View) -> dict[str, str]:
    return {name: value for name, value in view.asks.items() if name != "sort"}
