"""Which departments, customers, sites and producers an actor sees: the only way to read them."""

import sqlalchemy as sa
from sqlalchemy import Select, select
from sqlmodel import col

from chassis.actors import Actor
from services.customers.registry.model import Customer, Department, Producer, Site, SiteService


def visible_customers(actor: Actor) -> Select[Customer]:
    """Return the customers of contract contacts, and those of a site's people."""
    everything = select(Customer)
    if actor.everything:
        return everything
    return everything.where(col(Customer.id).in_(actor.customer_ids | actor.site_customer_ids))


def visible_departments(actor: Actor) -> Select[Department]:
    """Return the departments of visible customers."""
    everything = select(Department)
    if actor.everything:
        return everything
    own = visible_customers(actor).with_only_columns(col(Customer.department_id))
    return everything.where(col(Department.id).in_(own))


def visible_sites(actor: Actor) -> Select[Site]:
    """Return sites of own customers, own sites, and sites where an own producer produces."""
    everything = select(Site)
    if actor.everything:
        return everything
    served = select(col(SiteService.site_id)).where(col(SiteService.producer_id).in_(actor.producer_ids))
    return everything.where(
        sa.or_(
            col(Site.customer_id).in_(actor.customer_ids),
            col(Site.id).in_(actor.site_ids),
            col(Site.id).in_(served),
        )
    )


def visible_producers(actor: Actor) -> Select[Producer]:
    """Return the own enterprise, own producers, and those at visible sites of customers' people."""
    everything = select(Producer)
    if actor.everything:
        return everything
    at_customers = (
        select(col(SiteService.producer_id))
        .join(Site, col(Site.id) == col(SiteService.site_id))
        .where(sa.or_(col(Site.customer_id).in_(actor.customer_ids), col(Site.id).in_(actor.site_ids)))
    )
    return everything.where(
        sa.or_(
            col(Producer.own).is_(sa.true()),
            col(Producer.id).in_(actor.producer_ids),
            col(Producer.id).in_(at_customers),
        )
    )
