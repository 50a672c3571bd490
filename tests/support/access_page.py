"""`docs/access.md`: the access matrix as tables."""

from collections.abc import Iterable, Iterator, Mapping

from tests.access.cast import CAST
from tests.access.matrix import MATRIX
from tests.access.rows import Row
from tests.city import NOBODY

COLUMNS: Mapping[str, tuple[str, str]] = {
    "nobody": ("nobody", "no session, no token"),
    "contract-contact": (
        "contract contact",
        "contract contact of the school's department, Sivistys- ja kulttuuripalvelut",
    ),
    "school-head": ("school head", "head of the school"),
    "daycare-head": ("day-care head", "head of a day-care centre of another customer: the stranger"),
    "supervisor": ("supervisor", "service supervisor of the producer"),
    "handler": ("handler", "complaint handler of the producer"),
    "account-manager": ("account manager", "account manager of the producer"),
    "management": ("management", "management of the producer"),
    "admin": ("admin", "administrator of the producer"),
    "producer-supervisor": (
        "outside producer",
        "supervisor of an outside producer that does not work at the school",
    ),
    "integration": ("client", "the city's intranet, with the scopes to read everything and to write cases"),
}
"""By username: the column's title, and who that is."""
PART_WORDS = {
    "customers": "Departments, customers, sites, producers, people, contacts. Called by the gateway only.",
    "contracts": "Contracts, contract years, the annual clock and its calendars. Called by the gateway only.",
    "feedback": "Cases, their clock, working calendars. Called by the gateway only.",
    "gateway": "The door for JSON. It knows the session, the services judge what the person may see and do.",
    "web": "The pages. They ask the gateway in the person's name and add no rights of their own.",
}
HEAD = """\
# Who may see and do what

Written by `make docs` from the access matrix in `tests/access`; the test suite sends every request below in
the name of each of the cast and fails when an answer differs, when a route has no row, and when a row has no
route.

## The rules

- **What is not yours to see does not exist**: 404, and it is in no list, count, search, event or calendar.
- **What you see but may not do** is 403.
- **A service believes only an actor token** that the gateway signed for it a minute ago at most: anything
  else is 401 on every route. A deployable's own token opens the event feed and nothing else (403).
- The producer's own staff see the whole city. What each role may change is in the tables.
- A contract contact sees the customers of the department, with their sites, contracts, clocks and cases.
- The head of a site sees the site, its customer's name and contacts, the signed contract year with the lines
  of the own site, the customer's annual clock, and the cases of the site.
- An outside producer's supervisor sees the sites where it produces and the cases about its own work, and
  reports such; not about the work of others. No contracts, no clock.
- A client sees what its scopes name, reports cases and writes to them as the customer's side does.
- What the producer's side notes for itself is not shown to the customer's side: internal messages, and the
  note about a customer. A customer's business id and billing reference are the contract contact's to see, not
  the sites'.

## The cast

Requests are about the things of one school: its site, customer, contract, milestones, cases, head.

{cast}

✓ answered · → led on to another page (after a form: done; before signing in: to the sign-in page) ·
a number is the status of the refusal: 401 who are you, 403 not yours to do, 404 not yours to see,
422 the form comes back.
"""


def mark(status: int) -> str:
    """Return what a cell shows."""
    return "✓" if status < 300 else "→" if status < 400 else str(status)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def cast_table() -> Iterator[str]:
    """Yield the lines of the table of the cast."""
    yield from ("| column | signs in as | who that is |", "|---|---|---|")
    for who, (title, words) in COLUMNS.items():
        yield _line([title, "–" if who == NOBODY else f"`{who}`", words])


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a deployable's table."""
    yield _line(["request", *(COLUMNS[who][0] for who in CAST)])
    yield _line(["---", *([":-:"] * len(CAST))])
    for row in rows:
        request = f"`{row.method} {row.shown_path}`"
        if row.note:
            request += f" – {row.note}"
        yield _line([request, *(mark(row.answers[who]) for who in CAST)])


def page() -> str:
    """Return the whole page."""
    lines = [HEAD.format(cast="\n".join(cast_table()))]
    for part, rows in MATRIX.items():
        lines += [f"## {part}", "", PART_WORDS[part], "", *table(rows), ""]
    return "\n".join(lines)
