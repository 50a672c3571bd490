"""People from a file, by their e-mail address or username."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.schemas import EMAIL as ADDRESS
from services.customers.imports.outcome import Once, Outcome
from services.customers.imports.sheet import Row, Sheet
from services.customers.people.model import Person
from services.customers.people.usecases import publish_people
from services.customers.storing import touch
from services.customers.vocabulary import PersonLanguage

COLUMNS = ("username", "name", "title", "email", "phone", "language")
EMAIL = (ADDRESS, "etunimi.sukunimi@example.com")
PHONE = (r"\+?[0-9(][0-9 ()-]{2,39}", "+358 44 703 0101")


def bring(session: Session, sheet: Sheet, now: datetime) -> Outcome:
    """Add and update people. A known e-mail address finds a person first, then a known username."""
    outcome = Outcome()
    once = Once()
    people = session.scalars(select(Person)).all()
    by_email = {each.email: each for each in people}
    by_username = {each.username: each for each in people if each.username}
    changed: list[Person] = []
    for row in sheet.rows:
        username = row.text("username")
        if username:
            row.formed("username", r"[A-Za-z0-9][A-Za-z0-9_.-]*", "etunimi.sukunimi", limit=40)
            once.first(row, ("username", username), "username")
        name = row.needed("name")
        title = row.needed("title")
        email = row.formed("email", *EMAIL).lower()
        once.first(row, ("email", email), "email")
        phone = row.formed("phone", *PHONE, limit=40)
        language = row.chosen("language", PersonLanguage)
        person = _found(row, by_email.get(email), by_username.get(username or ""))
        if row.faults:
            continue
        new = person is None
        person = person or Person.blank(now)
        person.describe(
            username=username, name=name, title=title, email=email, phone=phone, language=language
        )
        if outcome.count(session, person, new=new):
            touch(person, now)
            changed.append(person)
    session.add_all(changed)
    publish_people(session, changed)
    return outcome


def _found(row: Row, by_email: Person | None, by_username: Person | None) -> Person | None:
    """Return the person a row is about; e-mail and username of two different people are a fault."""
    if by_email is not None and by_username is not None and by_email is not by_username:
        row.fault("username", "taken", value=by_username.username)
    return by_email or by_username
