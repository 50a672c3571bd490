"""Every page of the product, with someone of the cast for whom it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.access.things import Ids
from tests.city import NOBODY

Known = Callable[[str], Ids]
"""Gives the ids of a thing, the same ones each time."""
NO_PAGES = frozenset(
    {
        "/cases/news",  # what changed in a list: asked for by a script that puts the parts in place
        "/cases/{case_id}/news",  # the same of a case
        "/cases/choices",  # choices of a filter: asked for when its fold is opened
        "/search/suggestions",  # options below the search box, while one types
        "/language/{code}",  # leads back to the page, in another language
        "/offline",  # in all languages at once: looked at by test_installed
        "/manifest.webmanifest",  # for the device
        "/service-worker.js",  # as above
        "/health/live",  # for the machine
        "/health/ready",  # as above
        "/metrics",  # as above
        "/favicon.ico",  # leads to the icon
        "/robots.txt",  # for crawlers
        "/static/{path:path}",  # style sheets, scripts, fonts
    }
)
"""Addresses that answer a GET with something else than a page."""


@dataclass(frozen=True)
class Room:
    """A page as one person sees it. Names in the braces of its address stand for the thing's ids."""

    name: str
    route: str
    """As the app writes it."""
    who: str
    address: str = ""
    """When it is more than the route: names filled in by hand, a query."""
    thing: str = "school"
    """What it is about: a method of `tests.access.things.Things`."""
    status: int = 200

    def __str__(self) -> str:
        """Return the name of the test."""
        return self.name

    def path(self, known: Known) -> str:
        """Return its address in the running city."""
        return (self.address or self.route).format(**known(self.thing))


YEAR = "/contracts/{contract_id}/years/{year}"
ROOMS = (
    Room("sign-in", "/sign-in", NOBODY),
    Room("home of a school", "/", "school-head"),
    Room("home of a contract contact", "/", "contract-contact"),
    Room("home of a handler", "/", "handler"),
    Room("home of the management", "/", "management"),
    Room("home of an outside producer", "/", "producer-supervisor"),
    Room("glossary", "/glossary", NOBODY),
    # feedback
    Room("give feedback", "/feedback/new", "school-head"),
    Room("pick a site", "/feedback/new", "contract-contact"),
    Room("quick log", "/feedback/quick", "supervisor", "/feedback/quick?site_id={site_id}"),
    Room("sent", "/feedback/sent/{case_id}", "school-head", thing="received_case"),
    Room("queue", "/cases", "handler", "/cases?view=open"),
    Room("queue filtered to nothing", "/cases", "handler", "/cases?view=open&q=olematonta"),
    Room("own feedback", "/cases", "school-head"),
    Room("case of a handler", "/cases/{case_id}", "handler", thing="received_case"),
    Room("earlier words of a case", "/cases/{case_id}/earlier", "handler", thing="received_case"),
    Room("case that waits", "/cases/{case_id}", "school-head", thing="waiting_case"),
    Room("case settled", "/cases/{case_id}", "school-head", thing="resolved_case"),
    # registry
    Room("customers", "/customers", "handler"),
    Room("customer", "/customers/{customer_id}", "contract-contact"),
    Room("sites", "/sites", "supervisor"),
    Room("site", "/sites/{site_id}", "school-head"),
    Room("whom to contact", "/contact", "school-head", "/contact?site_id={site_id}&topic=meals"),
    Room("contact without a site", "/contact", "handler"),
    Room("people", "/people", "handler"),
    Room("person", "/people/{person_id}", "handler"),
    Room("search", "/search", "handler", "/search?q=Alppilan"),
    Room("search with nothing asked", "/search", "school-head"),
    Room("quick menu", "/quick", "handler"),
    # contracts
    Room("contracts", "/contracts", "account-manager"),
    Room("contract", "/contracts/{contract_id}", "contract-contact"),
    Room("signed year", YEAR, "contract-contact"),
    Room("year on a site", YEAR, "school-head"),
    Room("year under the pen", YEAR, "account-manager", thing="draft_year"),
    Room("year in approval", YEAR, "contract-contact", thing="year_in_approval"),
    Room(
        "point", f"{YEAR}/points/{{point}}", "account-manager", f"{YEAR}/points/communication", "draft_year"
    ),
    Room("persons", f"{YEAR}/persons", "account-manager", thing="draft_year"),
    Room("line", f"{YEAR}/lines/{{line_id}}", "account-manager", f"{YEAR}/lines/new", "draft_year"),
    Room("prices by a percentage", f"{YEAR}/lines/adjust", "account-manager", thing="draft_year"),
    Room("targets", f"{YEAR}/targets", "account-manager", thing="draft_year"),
    Room("annexes", f"{YEAR}/annexes", "account-manager", thing="draft_year"),
    Room("clock of all customers", "/clock", "account-manager"),
    Room("clock of a department", "/clock", "contract-contact", "/clock?customer_id={customer_id}"),
    Room("one step of all customers", "/clock", "account-manager", "/clock?year=2026&row=4"),
    Room("calendar links", "/clock/calendars", "contract-contact"),
    Room("milestone", "/milestones/{milestone_id}", "account-manager"),
    Room("outcome", "/milestones/{milestone_id}/actual", "account-manager", thing="planned_milestone"),
    # when it cannot be had
    Room("not found", "/cases/{case_id}", "daycare-head", status=404),
)
