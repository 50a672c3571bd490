"""Which departments, customers, sites and producers somebody sees: the only way to read them."""

import sqlalchemy as sa
from sqlalchemy import Select, select
from sqlmodel import col

from services.customers.asking import Who, among
from services.customers.registry.model import Customer, Department, Producer, Site, SiteService


def visible_customers(who: Who) -> Select[Customer]:
    """Return the customers of contract contacts, and those of a site's people."""
    everything = select(Customer)
    if who.everything:
        return everything
    customer_id = col(Customer.id)
    return everything.where(
        sa.or_(among(customer_id, who.customer_ids), among(customer_id, who.site_customer_ids))
    )


def visible_departments(who: Who) -> Select[Department]:
    """Return the departments of visible customers."""
    everything = select(Department)
    if who.everything:
        return everything
    own = visible_customers(who).with_only_columns(col(Customer.department_id))
    return everything.where(col(Department.id).in_(own))


def visible_sites(who: Who) -> Select[Site]:
    """Return sites of own customers, own sites, and sites where an own producer produces."""
    everything = select(Site)
    if who.everything:
        return everything
    served = select(col(SiteService.site_id)).where(among(col(SiteService.producer_id), who.producer_ids))
    return everything.where(
        sa.or_(
            among(col(Site.customer_id), who.customer_ids),
            among(col(Site.id), who.site_ids),
            col(Site.id).in_(served),
        )
    )


def visible_producers(who: Who) -> Select[Producer]:
    """Return the own enterprise, own producers, and those at visible sites of customers' people."""
    everything = select(Producer)
    if who.everything:
        return everything
    at_customers = (
        select(col(SiteService.producer_id))
        .join(Site, col(Site.id) == col(SiteService.site_id))
        .where(sa.or_(among(col(Site.customer_id), who.customer_ids), among(col(Site.id), who.site_ids)))
    )
    return everything.where(
        sa.or_(
            col(Producer.own).is_(sa.true()),
            among(col(Producer.id), who.producer_ids),
            col(Producer.id).in_(at_customers),
        )
    )
