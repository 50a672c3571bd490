"""What a reader sees of the annual clock, in the reader's language and on a given day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.languages import Language
from services.contracts.clock import repository, usecases
from services.contracts.clock.model import Milestone
from services.contracts.clock.repository import Wanted
from services.contracts.clock.schemas import ClockView, LastYear, MilestoneDetail, MilestoneView
from services.contracts.clock.template import shipped_template
from services.contracts.copies.repository import customer_names
from services.contracts.history import HistoryView

NEWEST = 20
"""History entries in a milestone's own view; the rest by its history route."""


def milestone_views(
    session: Session, milestones: Sequence[Milestone], today: date, language: Language
) -> list[MilestoneView]:
    """Return milestones with their customers' names."""
    names = customer_names(session, {each.customer_id for each in milestones})
    template = shipped_template()
    views = []
    for each in milestones:
        topic, content = each.words(language)
        late = each.overdue_days(today)
        views.append(
            MilestoneView(
                id=each.id,
                year=each.year,
                customer_id=each.customer_id,
                customer_name=names.get(each.customer_id, ""),
                row=each.row,
                topic=topic,
                content=content,
                responsible=each.responsible,
                producing=each.producing,
                responsible_name=template.responsible_name(each.responsible, each.producing, language),
                month=each.due.month,
                due=each.due,
                status=each.status,
                overdue=late > 0,
                overdue_days=late,
                actual_on=each.actual_on,
                actual_note=each.actual_note,
                version=each.version,
            )
        )
    return views


def milestone_detail(
    session: Session, actor: Actor, milestone: Milestone, today: date, language: Language
) -> MilestoneDetail:
    """Return a milestone with its newest history and what became of its row last year."""
    view = milestone_views(session, [milestone], today, language)[0]
    entries, _ = history_views(session, milestone, limit=NEWEST, cursor=None)
    last = repository.same_row_of(session, milestone, milestone.year - 1)
    return MilestoneDetail(
        **dict(view),
        history=entries,
        last_year=LastYear.model_validate(last) if last else None,
        allowed=usecases.allowed(actor, milestone),
    )


def history_views(
    session: Session, milestone: Milestone, *, limit: int, cursor: str | None
) -> tuple[list[HistoryView], str | None]:
    """Return a page of a milestone's history, newest first."""
    rows, following = repository.history_of(session, milestone.id, limit=limit, cursor=cursor)
    return [
        HistoryView(at=each.at, what=each.what, by=each.by_name, before=each.before, after=each.after)
        for each in rows
    ], following


def clock_view(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    year: int,
    today: date,
    language: Language,
    *,
    limit: int,
    cursor: str | None,
) -> ClockView:
    """Return a page of the year's milestones and the summary of all that the filters meet."""
    rows, following = repository.list_milestones(session, actor, wanted, limit=limit, cursor=cursor)
    return ClockView(
        year=year,
        items=milestone_views(session, rows, today, language),
        summary=repository.summary(session, actor, wanted, today),
        next=following,
    )
