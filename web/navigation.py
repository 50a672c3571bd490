"""The ways between the rooms, fitted to who looks."""

from dataclasses import dataclass

from web.texts import mark
from web.viewer import Viewer


@dataclass(frozen=True)
class NavLink:
    """A link of the navigation: Finnish label, address, icon, further addresses it stands for."""

    label: str
    href: str
    icon: str
    belongs: tuple[str, ...] = ()

    def is_current(self, path: str) -> bool:
        """Say whether the page at a path belongs to this room."""
        if self.href == "/":
            return path == "/"
        return any(path == start or path.startswith(f"{start}/") for start in (self.href, *self.belongs))


HOME = NavLink(mark("Etusivu"), "/", "house")
CASES = NavLink(mark("Palautteet"), "/cases", "message-square-text", ("/feedback",))
CUSTOMERS = NavLink(mark("Asiakkaat"), "/customers", "users-round")
SITES = NavLink(mark("Kohteet"), "/sites", "map-pin")
CONTRACTS = NavLink(mark("Sopimukset"), "/contracts", "file-signature")
CLOCK = NavLink(mark("Vuosikello"), "/clock", "calendar-days", ("/milestones",))
PEOPLE = NavLink(mark("Ihmiset"), "/people", "users-round")
CONTACT = NavLink(mark("Ota yhteyttä"), "/contact", "phone")
GLOSSARY = NavLink(mark("Sanasto"), "/glossary", "book-open")

# What they are called by who has one site and its matters.
MY_FEEDBACK = NavLink(mark("Palautteeni"), CASES.href, CASES.icon, CASES.belongs)
MY_SITE = NavLink(mark("Kohteeni"), SITES.href, SITES.icon)
WHOM_TO_CALL = NavLink(mark("Kenelle soitan?"), CONTACT.href, CONTACT.icon)

GIVE_FEEDBACK = NavLink(mark("Anna palautetta"), "/feedback/new", "message-square-plus")
LOG_QUICKLY = NavLink(mark("Kirjaa nopeasti"), "/feedback/quick", "pencil-line")


def ways_of(viewer: Viewer) -> list[NavLink]:
    """Return the main navigation for a person: only rooms that hold something for them."""
    if viewer.is_outside_producer:
        return [HOME, CASES, SITES, CONTACT, GLOSSARY]
    if viewer.is_site_person and not viewer.has_role("contract_contact"):
        return [HOME, MY_FEEDBACK, MY_SITE, WHOM_TO_CALL]
    if viewer.is_staff or viewer.has_role("contract_contact"):
        return [HOME, CASES, CUSTOMERS, SITES, CONTRACTS, CLOCK, CONTACT, GLOSSARY]
    return [HOME, GLOSSARY]


def main_action_of(viewer: Viewer) -> NavLink | None:
    """Return the one thing a person most often comes to do: tell something, or log what they were told."""
    if viewer.may("log_case"):
        return LOG_QUICKLY
    return GIVE_FEEDBACK if viewer.may("report_case") else None
