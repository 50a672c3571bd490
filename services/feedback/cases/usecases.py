"""What people do to a case: one function a verb, each in the request's transaction."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.preconditions import check
from services.feedback import access
from services.feedback.cases import repository, rules
from services.feedback.cases.answers import CaseDetail
from services.feedback.cases.change import CaseChange, by_of
from services.feedback.cases.model import Case
from services.feedback.cases.promise import Promise, promise_for
from services.feedback.cases.views import CaseViews
from services.feedback.cases.vocabulary import Action, What
from services.feedback.read_model import ReadModel
from trade.days import day_of
from trade.vocabulary import STAFF_ROLES, Severity

Change = Callable[[CaseChange], None]


def act(
    session: Session, reader: CaseViews, case_id: UUID, action: Action, if_match: int | None, change: Change
) -> CaseDetail:
    """Let the change happen to a locked case, and return what the actor then sees.

    Raises:
        NotFound: the actor does not see the case.
        Forbidden: the actor sees it but does not do this.
        Stale: the case is not the version that was read.
        WrongState: its state does not allow the action.
    """
    case = repository.find(session, reader.actor, case_id, lock=True)
    access.demand(reader.actor, action, case)
    check(case.version, if_match)
    rules.check(action, case.state)
    record = CaseChange.open(
        session,
        case,
        reader.read_model,
        by_of(reader.actor, reader.read_model),
        reader.now,
    )
    change(record)
    return reader.detail(case, record.log, repository.cycles_of(session, case.id))


def acknowledge(record: CaseChange) -> None:
    """Take the case up. This is not an answer: the response clock goes on."""
    record.case.acknowledge(record.now)
    record.finish(What.ACKNOWLEDGED)


def write(body: str, *, public: bool, reader: CaseViews) -> Change:
    """Write a message; the side decides what it does to the clock."""

    def change(record: CaseChange) -> None:
        case = record.case
        if not access.on_producers_side(reader.actor, case.producer_id):
            if not public:
                raise Forbidden
            waiting = case.hear()
            if not waiting:
                record.finish(What.WROTE, body=body)
                return
            entries = [record.add(What.WROTE, body=body, facts={"answers": True}), record.add(What.RESUMED)]
            record.project()
            for entry in entries:
                record.publish(entry)
        elif public:
            case.answer(record.now)
            record.finish(What.ANSWERED, body=body)
        else:
            record.finish(What.NOTED, body=body, public=False)

    return change


def wait(question: str) -> Change:
    """Ask the customer; the resolution clock rests until the answer."""

    def change(record: CaseChange) -> None:
        record.case.wait(question, record.now)
        record.finish(What.WAITING, body=question)

    return change


def resume(record: CaseChange) -> None:
    """Go on."""
    record.case.resume()
    record.finish(What.RESUMED)


def resolve(body: str) -> Change:
    """Say what was done."""

    def change(record: CaseChange) -> None:
        record.case.resolve(record.now)
        record.finish(What.RESOLVED, body=body)

    return change


def close(record: CaseChange) -> None:
    """Agree that it is settled."""
    record.case.close(record.now)
    record.finish(What.CLOSED)


def reopen(reason: str) -> Change:
    """Begin a new cycle by the targets that hold now."""

    def change(record: CaseChange) -> None:
        record.session.add(record.case.reopen(record.now))
        entry = record.add(What.REOPENED, body=reason, facts={"cycle": record.case.cycle})
        renew_targets(record)
        record.project()
        record.publish(entry)

    return change


def assign(person_id: UUID, reason: str | None) -> Change:
    """Give the case to another person of the producer's own staff."""

    def change(record: CaseChange) -> None:
        case, people = record.case, record.read_model.people
        person = people.by_id.get(person_id)
        day = day_of(record.now)
        held = [each.role for each in person.assignments if each.holds(day)] if person else []
        roles = [role for role in held if role in STAFF_ROLES]
        if person is None or not roles:
            raise InvalidInput([FieldError("#/person_id", "person_unknown")])
        if case.handler_id == person_id:
            raise rules.SameHandler
        before = case.handler_id
        names = {"before": record.read_model.person(before).name, "after": person.name}
        case.handler_id, case.handler_role, case.stand_in_id = person_id, roles[0], None
        facts = {"handler_before": str(before) if before else None, "handler_after": str(person_id)}
        record.finish(What.ASSIGNED, body=reason, public=True, facts=facts, personal=names)

    return change


def change_severity(severity: Severity, reason: str) -> Change:
    """Judge the severity anew; what has been counted stays counted."""

    def change(record: CaseChange) -> None:
        case = record.case
        if case.severity is severity:
            raise rules.SameSeverity
        before, case.severity = case.severity, severity
        promise = promised_now(record.read_model, record.case)
        facts = {
            "before": before.value,
            "after": severity.value,
            "targets_before": case.targets,
            "targets_after": promise.as_json(),
        }
        case.targets = promise.as_json()
        record.finish(What.SEVERITY_CHANGED, body=reason, facts=facts)

    return change


def promised_now(read_model: ReadModel, case: Case) -> Promise:
    """Return what the contracts and calendars of today say for the case's present cycle."""
    return promise_for(
        read_model,
        customer_id=case.customer_id,
        site_id=case.site_id,
        service=case.service,
        severity=case.severity,
        kind=case.kind,
        at=case.opened_at,
    )


def renew_targets(record: CaseChange) -> bool:
    """Note in the log that the targets are others now; return whether they are."""
    promise = promised_now(record.read_model, record.case).as_json()
    if promise == record.case.targets:
        return False
    record.add(What.TARGETS_CHANGED, facts={"before": record.case.targets, "after": promise})
    record.case.targets = promise
    return True
