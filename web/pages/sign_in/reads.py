"""What signing in reads of the gateway."""

from chassis.languages import Language
from web.gateway import Read


class DemoPerson(Read):
    """A person of the demo city whom anyone may be."""

    username: str
    name: str = ""
    title: str | None = None
    roles: tuple[str, ...] = ()


class DemoPeople(Read):
    """All people of the demo city to choose from."""

    items: tuple[DemoPerson, ...] = ()


class SignedInPerson(Read):
    """Who signed in."""

    name: str = ""
    language: Language = "fi"


class Session(Read):
    """A new session of the gateway."""

    token: str
    person: SignedInPerson = SignedInPerson()
