"""What composed answers read of the feedback service."""

from uuid import UUID

from gateway.answers import Case, Hits, Listing
from gateway.clients.service_client import ServiceClient


class FeedbackClient:
    """Reads cases."""

    def __init__(self, line: ServiceClient) -> None:
        self._line = line

    async def open_cases(
        self, *, most: int, site_id: UUID | None = None, customer_id: UUID | None = None
    ) -> list[Case]:
        """Return open cases of a site or a customer, first due first."""
        params = {"site_id": site_id, "customer_id": customer_id, "sort": "next_due", "limit": most}
        return (await self._line.read(Listing[Case], "/cases", params)).items

    async def search(self, q: str, limit: int) -> Hits:
        """Return cases that match."""
        return await self._line.read(Hits, "/search", {"q": q, "limit": limit})
