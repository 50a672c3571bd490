"""The card of a site: what it is, what was agreed, whom to call, what is open (needs N9, N10, N11)."""

from uuid import UUID

from gateway.compose.parts import Part

OPEN_CASES = 20
PARTS: tuple[Part[UUID], ...] = (
    Part("site", "customers", lambda services, site: services.customers.site(site), required=True),
    Part("agreed", "contracts", lambda services, site: services.contracts.agreed(site)),
    Part("contacts", "customers", lambda services, site: services.customers.contacts(site_id=site)),
    Part(
        "open_cases",
        "feedback",
        lambda services, site: services.feedback.open_cases(site_id=site, most=OPEN_CASES),
    ),
)
