"""What composed answers read of the customers service."""

from uuid import UUID

from gateway.answers import Brief, Contact, Customer, Hits, Listing, OwnSite, Site
from gateway.clients.service_client import ServiceClient

ALL = 200


class CustomersClient:
    """Reads customers, sites and contacts."""

    def __init__(self, line: ServiceClient) -> None:
        self._line = line

    async def customer(self, customer_id: UUID) -> Customer:
        """Return a customer."""
        return await self._line.read(Customer, f"/customers/{customer_id}")

    async def site(self, site_id: UUID) -> Site:
        """Return a site."""
        return await self._line.read(Site, f"/sites/{site_id}")

    async def contacts(
        self, *, customer_id: UUID | None = None, site_id: UUID | None = None
    ) -> list[Contact]:
        """Return the contacts of a customer or a site."""
        params = {"customer_id": customer_id, "site_id": site_id}
        return (await self._line.read(Listing[Contact], "/contacts", params)).items

    async def sites_of(self, customer_id: UUID) -> list[Site]:
        """Return up to 200 sites of a customer."""
        params = {"customer_id": customer_id, "limit": ALL}
        return (await self._line.read(Listing[Site], "/sites", params)).items

    async def customer_names(self) -> list[Brief]:
        """Return up to 200 customers the caller sees."""
        return (await self._line.read(Listing[Brief], "/customers", {"limit": ALL})).items

    async def own_sites(self) -> list[OwnSite]:
        """Return up to 200 sites the caller sees."""
        return (await self._line.read(Listing[OwnSite], "/sites", {"limit": ALL})).items

    async def search(self, q: str, limit: int) -> Hits:
        """Return customers, sites and people that match."""
        return await self._line.read(Hits, "/search", {"q": q, "limit": limit})
