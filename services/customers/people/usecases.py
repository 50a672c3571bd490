"""What can be done with people: read, add, edit, record absences."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.keyset import page
from chassis.paging import Page
from chassis.preconditions import check
from services.customers.access import Right, demand, is_self, may
from services.customers.editing import Editor
from services.customers.events import publish, publish_all
from services.customers.listing import by_name, one_of
from services.customers.people import repository
from services.customers.people.model import Absence, Assignment, Person
from services.customers.people.rules import PLACES, Scope, flaws_of
from services.customers.people.schemas import (
    AbsencesInput,
    AbsenceView,
    AssignmentInput,
    AssignmentView,
    PersonInput,
    PersonState,
    PersonView,
    StandIn,
)
from services.customers.storing import by_hundreds, store, touch
from services.customers.vocabulary import Topic
from trade.days import day_of
from trade.vocabulary import Role

TAKEN = {
    "person_username_key": "#/username",
    "person_email_key": "#/email",
    "assignment_once": "#/assignments",
}


def list_people(
    session: Session,
    actor: Actor,
    *,
    q: str | None,
    roles: Collection[Role],
    now: datetime,
    limit: int,
    cursor: str | None,
) -> Page[PersonView]:
    """Return people by name; for the own staff only.

    Raises:
        Forbidden: the actor is not of the own staff.
    """
    demand(actor, Right.READ_PEOPLE)
    statement = repository.matching(repository.visible_to(actor), q, roles, day_of(now))
    rows, following = page(session, statement, keys=by_name(Person), limit=limit, cursor=cursor)
    return Page(items=views(session, rows), next=following)


def read_person(session: Session, actor: Actor, person_id: UUID) -> PersonView:
    """Return one person.

    Raises:
        NotFound: there is none, or the actor may not see this one.
    """
    return view(session, _visible(session, actor, person_id))


def add_person(by: Editor, given: PersonInput) -> PersonView:
    """Add a person with assignments; tells it by an event.

    Raises:
        Forbidden: the actor may not.
        InvalidInput: an assignment does not fit its role, or names something unknown.
    """
    demand(by.actor, Right.EDIT_PEOPLE)
    return _take(by.session, Person.blank(by.now), given, by.now)


def edit_person(by: Editor, person_id: UUID, given: PersonInput) -> PersonView:
    """Change a person and replace the assignments; tells it by an event.

    Raises:
        NotFound: not there, or not visible.
        Forbidden: visible, but not the actor's to change.
        Stale: somebody else changed the person meanwhile.
        InvalidInput: as `add_person`.
    """
    person = _visible(by.session, by.actor, person_id)
    by.demand(Right.EDIT_PEOPLE, person)
    return _take(by.session, person, given, by.now)


def record_absences(by: Editor, person_id: UUID, given: AbsencesInput) -> PersonView:
    """Replace a person's absences. Everybody records their own; some record those of others.

    Raises:
        NotFound, Forbidden, Stale: as `edit_person`.
    """
    person = _visible(by.session, by.actor, person_id)
    if not (is_self(by.actor, person_id) or may(by.actor, Right.RECORD_ABSENCES)):
        raise Forbidden
    check(person.version, by.version)
    touch(person, by.now)
    by.session.execute(delete(Absence).where(col(Absence.person_id) == person_id))
    by.session.add_all(
        Absence(person_id=person_id, first_day=each.first_day, last_day=each.last_day)
        for each in given.absences
    )
    return publish_person(by.session, person)


def publish_person(session: Session, person: Person) -> PersonView:
    """Store what changed of a person, tell it by an event and return the new state."""
    store(session, TAKEN)
    state = view(session, person)
    publish(session, PersonState.model_validate(state))
    return state


def publish_people(session: Session, people: Sequence[Person]) -> None:
    """Store what changed of many people and tell it by their events."""
    store(session, TAKEN)
    for some in by_hundreds(people):
        publish_all(session, [PersonState.model_validate(each) for each in views(session, some)])


def view(session: Session, person: Person) -> PersonView:
    """Return one person as shown."""
    return views(session, [person])[0]


def views(session: Session, people: Sequence[Person]) -> list[PersonView]:
    """Return people as shown, with three queries however many they are."""
    ids = [person.id for person in people]
    assignments = repository.assignments_of(session, ids)
    absences = repository.absences_of(session, ids)
    stand_ins = repository.people_by_id(
        session, {each.stand_in_id for own in assignments.values() for each in own if each.stand_in_id}
    )
    return [
        PersonView(
            id=person.id,
            username=person.username,
            name=person.name,
            title=person.title,
            email=person.email,
            phone=person.phone,
            language=person.language,
            assignments=[assignment_view(each, stand_ins) for each in assignments.get(person.id, [])],
            absences=[AbsenceView.model_validate(each) for each in absences.get(person.id, [])],
            version=person.version,
        )
        for person in people
    ]


def assignment_view(assignment: Assignment, people: dict[UUID, Person]) -> AssignmentView:
    """Return one assignment as shown; ``people`` holds its stand-in."""
    stand_in = people.get(assignment.stand_in_id) if assignment.stand_in_id else None
    return AssignmentView(
        id=assignment.id,
        role=assignment.role,
        department_id=assignment.department_id,
        customer_id=assignment.customer_id,
        site_id=assignment.site_id,
        producer_id=assignment.producer_id,
        service=assignment.service,
        topics=[Topic(each) for each in assignment.topics],
        stand_in=StandIn(person_id=stand_in.id, name=stand_in.name) if stand_in else None,
        valid_from=assignment.valid_from,
        valid_until=assignment.valid_until,
    )


def check_assignments(session: Session, person_id: UUID, given: Sequence[AssignmentInput]) -> None:
    """Refuse assignments that do not fit their role, name something unknown, or are there twice.

    Raises:
        InvalidInput: naming every faulty field.
    """
    errors: list[FieldError] = []
    unknown = {place: _unknown(session, place, given) for place in (*PLACES, "stand_in_id")}
    times = Counter(scope_of(each) for each in given)
    for index, each in enumerate(given):
        at = f"#/assignments/{index}"
        errors += [FieldError(f"{at}/{flaw.field}", flaw.code) for flaw in flaws_of(scope_of(each))]
        errors += [
            FieldError(f"{at}/{place}", "unknown_reference")
            for place, missing in unknown.items()
            if getattr(each, place) in missing
        ]
        if each.valid_until is not None and each.valid_until < each.valid_from:
            errors.append(FieldError(f"{at}/valid_until", "days_in_order"))
        if each.stand_in_id == person_id:
            errors.append(FieldError(f"{at}/stand_in_id", "own_stand_in"))
        if times[scope_of(each)] > 1:
            errors.append(FieldError(at, "scope_twice"))
    if errors:
        raise InvalidInput(errors)


def scope_of(given: AssignmentInput) -> Scope:
    """Return the scope that an assignment is told apart by."""
    return Scope(
        given.role, given.department_id, given.customer_id, given.site_id, given.producer_id, given.service
    )


def _unknown(session: Session, place: str, given: Iterable[AssignmentInput]) -> set[UUID]:
    table = "person" if place == "stand_in_id" else place.removesuffix("_id")
    ids = {getattr(each, place) for each in given} - {None}
    return repository.unknown_places(session, table, ids)


def _visible(session: Session, actor: Actor, person_id: UUID) -> Person:
    return one_of(session, repository.visible_to(actor), person_id)


def _take(session: Session, person: Person, given: PersonInput, now: datetime) -> PersonView:
    check_assignments(session, person.id, given.assignments)
    person.describe(
        username=given.username,
        name=given.name,
        title=given.title,
        email=given.email,
        phone=given.phone,
        language=given.language,
    )
    touch(person, now)
    session.add(person)
    store(session, TAKEN)
    known = {each.scope: each for each in repository.assignments_of(session, [person.id]).get(person.id, [])}
    for each in given.assignments:
        scope = scope_of(each)
        assignment = known.pop(scope, None) or Assignment.of(person.id, scope, each.valid_from)
        assignment.topics = [topic.value for topic in dict.fromkeys(each.topics)]
        assignment.stand_in_id = each.stand_in_id
        assignment.valid_from = each.valid_from
        assignment.valid_until = each.valid_until
        session.add(assignment)
    for gone in known.values():
        session.delete(gone)
    return publish_person(session, person)
