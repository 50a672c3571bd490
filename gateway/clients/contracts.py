"""What composed answers read of the contracts service."""

from uuid import UUID

from gateway.answers import Agreed, Contract, Hits, Listing, Milestone, Year
from gateway.clients.service_client import ServiceClient


class ContractsClient:
    """Reads contract years and milestones."""

    def __init__(self, line: ServiceClient) -> None:
        self._line = line

    async def agreed(self, site_id: UUID) -> Agreed:
        """Return what the year in force agrees for a site."""
        return await self._line.read(Agreed, f"/sites/{site_id}/agreed")

    async def year_of(self, customer_id: UUID, year: int) -> Year | None:
        """Return the customer's contract year; None when there is no contract for it."""
        params = {"customer_id": customer_id, "year": year}
        contracts = await self._line.read(Listing[Contract], "/contracts", params)
        for contract in contracts.items:
            if any(each.year == year for each in contract.years):
                return await self._line.read(Year, f"/contracts/{contract.id}/years/{year}")
        return None

    async def next_milestones(self, customer_id: UUID, year: int, most: int) -> list[Milestone]:
        """Return the first milestones of a year that still wait, the overdue ones among them."""
        params = {"year": year, "customer_id": customer_id, "status": "scheduled"}
        clock = await self._line.read(Listing[Milestone], "/clock", params)
        return sorted(clock.items, key=lambda milestone: milestone.due)[:most]

    async def search(self, q: str, limit: int) -> Hits:
        """Return contracts and milestones that match."""
        return await self._line.read(Hits, "/search", {"q": q, "limit": limit})
