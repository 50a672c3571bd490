"""Brings the words of newly received cases into the search index, after the event and off the hot path.

Words are prepared by a job some seconds after a case was received, not at intake: reading them costs more
than storing the case does. The job reads the service's own feed from where it was, so nothing marks a case
as "to be indexed" and no case is missed; a case that is indexed twice is the same case.
"""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.events import news
from services.feedback.cases.model import Case
from services.feedback.events import PREFIX
from services.feedback.finding.readings import Readings, kept, words_of

BATCH = 200
ANALYSER_SECONDS = 20.0
_SOURCE = "own:words"
_LOCK = sa.text("select pg_try_advisory_xact_lock(hashtextextended(:source, 0))")
_CURSOR = sa.text("select position from feed_cursor where source = :source")
_ADVANCE = sa.text(
    "insert into feed_cursor (source, position) values (:source, :position)"
    " on conflict (source) do update set position = excluded.position"
)
_STORE = sa.text(
    "insert into case_words (case_id, reference, received_at, document)"
    " values (:id, :reference, :received_at, array_to_tsvector(cast(:words as text[])))"
    " on conflict (case_id) do update set document = excluded.document"
)


def index_news(session: Session, readings: Readings) -> int:
    """Index the cases of the next events; return how many events were read, 0 when there is no news.

    Raises:
        Silent: the analyser does not answer; nothing was indexed, the same events are read again.
    """
    if not session.execute(_LOCK, {"source": _SOURCE}).scalar():
        return 0
    after = session.execute(_CURSOR, {"source": _SOURCE}).scalar() or ""
    rows, following = news(session, after, BATCH)
    if not rows:
        return 0
    reported = [UUID(row.subject) for row in rows if row.type == f"{PREFIX}reported"]
    wanted = sa.select(
        col(Case.id),
        col(Case.reference),
        col(Case.received_at),
        col(Case.subject),
        col(Case.description),
        col(Case.site_id),
        col(Case.customer_id),
        col(Case.producer_id),
    ).where(col(Case.id).in_(reported))
    documents = [
        {
            "id": case.id,
            "reference": case.reference,
            "received_at": case.received_at,
            "words": sorted(
                kept(
                    readings.learn(
                        session, words_of(f"{case.subject}\n{case.description}"), within=ANALYSER_SECONDS
                    )
                )
                | audience(case.site_id, case.customer_id, case.producer_id)
            ),
        }
        for case in session.execute(wanted)
    ]
    if documents:
        session.execute(_STORE, documents)
    session.execute(_ADVANCE, {"source": _SOURCE, "position": following})
    return len(rows)


def audience(site_id: UUID, customer_id: UUID, producer_id: UUID | None) -> set[str]:
    """Return the lexemes of whom a case may be visible to, so that one index narrows by words and by reader.

    They only make a search quick; what is visible is decided by `access.visible_to`.
    """
    return {
        f"{kind}/{each}"
        for kind, each in (("site", site_id), ("customer", customer_id), ("producer", producer_id))
        if each
    }
