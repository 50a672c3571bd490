"""Who may see and do what with a case, in one place.

**Seeing** is decided by `visible_to` alone: lists, counts, search, the single case and its clock start from
it. What is not visible is answered with 404.

- the producer's own staff, and integration clients with ``cases:read``, see every case;
- a contract contact sees the cases of its customers, people of a site those of the site;
- an outside producer's supervisor sees cases about its own work, and reports such only: what is accepted of a
  sender can be read by it;
- how each handler keeps promises is told to the management and administrators alone;
- internal messages, and who was told of a delay, are seen by the producer's side only.

**Doing** is decided by `may`: a visible case that is not the actor's to change is answered with 403.
The customer's side writes, closes and reopens; the producer's side does the work; only own staff assigns
and judges the severity.
"""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import FieldError, Forbidden, InvalidInput, NotFound
from services.feedback.cases.model import Case
from services.feedback.cases.rules import actions_in
from services.feedback.cases.vocabulary import Action
from services.feedback.read_model import Site

READ = "cases:read"
WRITE = "cases:write"
_STAFF_ONLY = frozenset({Action.ASSIGN, Action.SEVERITY})
_EITHER_SIDE = frozenset({Action.MESSAGE, Action.CLOSE, Action.REOPEN})

_EVERYBODY = Actor(subject="everybody", everything=True)


def visible_to(actor: Actor) -> sa.Select[Case]:
    """Return the statement that selects the cases which the actor may see; the only way to read cases."""
    statement = sa.select(Case)
    if sees_all(actor):
        return statement
    scopes = [
        col(column).in_(sorted(ids)) if len(ids) > 1 else col(column) == next(iter(ids))
        for column, ids in (
            (Case.customer_id, actor.customer_ids),
            (Case.site_id, actor.site_ids),
            (Case.producer_id, actor.producer_ids),
        )
        if ids
    ]
    return statement.where(sa.or_(*scopes) if scopes else sa.false())


def sees_all(actor: Actor) -> bool:
    """Tell whether every case is the actor's to see."""
    return actor.everything or READ in actor.scopes


def audience(actor: Actor) -> Actor:
    """Return whose statements are the actor's too: all who see every case ask by the same ones."""
    return _EVERYBODY if sees_all(actor) else actor


def demand_results(actor: Actor) -> None:
    """Refuse what tells how well people by name keep their promises: it is for those who lead them.

    Raises:
        Forbidden: the actor is not of the management.
    """
    if not actor.has_role("management", "administrator"):
        raise Forbidden


def of_own_staff(actor: Actor) -> bool:
    """Tell whether the actor is of the producer's own staff; a client, who has scopes, sees as much."""
    return actor.everything and not actor.scopes


def on_producers_side(actor: Actor, producer_id: UUID | None) -> bool:
    """Tell whether the actor speaks for those who do the work."""
    return of_own_staff(actor) or (producer_id is not None and producer_id in actor.producer_ids)


def may(actor: Actor, action: Action, case: Case) -> bool:
    """Tell whether the action on this visible case is the actor's, whatever the case's state."""
    if of_own_staff(actor):
        return True
    if action in _STAFF_ONLY:
        return False
    if on_producers_side(actor, case.producer_id):
        return action not in (Action.CLOSE, Action.REOPEN)
    if READ in actor.scopes and WRITE not in actor.scopes:
        return False
    return action in _EITHER_SIDE


def demand(actor: Actor, action: Action, case: Case) -> None:
    """Refuse an action that is not the actor's.

    Raises:
        Forbidden: the actor sees the case but does not do this.
    """
    if not may(actor, action, case):
        raise Forbidden


def allowed(actor: Actor, case: Case) -> list[Action]:
    """Return what the actor can do with the case now."""
    return [action for action in actions_in(case.state) if may(actor, action, case)]


def demand_report(actor: Actor, site: Site | None, service: str | None) -> Site:
    """Return the site when the actor may report about the service there; None: one is yet to be told.

    Raises:
        NotFound: there is no such site, or the actor may not know that there is.
        Forbidden: the actor reads every case but writes none.
        InvalidInput: the site does not use the service, or it is another producer's work.
    """
    if site is None:
        raise NotFound
    own = _of_the_place(actor, site)
    if not own and actor.producer_ids.isdisjoint(site.producers.values()):
        raise Forbidden if READ in actor.scopes else NotFound
    if service is None:
        return site
    # Nothing is known of a site whose services are yet to be told: the word is taken (duty of care).
    if site.producers and service not in site.producers:
        raise InvalidInput([FieldError("#/service", "not_used_there")])
    if not own and site.producers.get(service) not in actor.producer_ids:
        raise InvalidInput([FieldError("#/service", "of_another_producer")])
    return site


def services_for(actor: Actor, site: Site) -> list[str]:
    """Return the services of a site that the actor may report about: an outside producer its own only."""
    own = _of_the_place(actor, site)
    return [each for each, producer_id in site.producers.items() if own or producer_id in actor.producer_ids]


def _of_the_place(actor: Actor, site: Site) -> bool:
    return (
        actor.everything
        or site.id in actor.site_ids
        or site.customer_id in actor.customer_ids
        or WRITE in actor.scopes
    )
