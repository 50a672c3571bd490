"""A line to one service on behalf of one caller."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlencode

import structlog
from pydantic import BaseModel, ValidationError

from chassis.outbound import Neighbour
from gateway.proxy.upstream import UpstreamAnswer, request_upstream

log = structlog.get_logger()
Read = TypeVar("Read", bound=BaseModel)
Params = Mapping[str, object]


class Refused(Exception):
    """The service answered with a problem; ``answer`` is that answer."""

    def __init__(self, service: str, answer: UpstreamAnswer) -> None:
        super().__init__(f"{service}: {answer.status_code}")
        self.service = service
        self.answer = answer


class Unreadable(Exception):
    """The service answered something else than its client reads."""


class ServiceClient:
    """Reads from one service with the caller's actor token and language; patience in seconds."""

    def __init__(
        self, neighbour: Neighbour, token: str, language: str, *, patience: float, busy_patience: float
    ) -> None:
        self._neighbour = neighbour
        self._token = token
        self._language = language
        self._patience = patience
        self._busy_patience = busy_patience

    async def read(self, shape: type[Read], path: str, params: Params | None = None) -> Read:
        """Return what the service answers at ``/v1`` + path; parameters that are None are left out.

        Raises:
            Refused: it answered with a problem.
            Unavailable: it does not answer.
            Unreadable: the answer is not of the shape.
        """
        chosen = {name: value for name, value in (params or {}).items() if value is not None}
        query = f"?{urlencode(chosen)}" if chosen else ""
        answer = await request_upstream(
            self._neighbour,
            "GET",
            f"/v1{path}{query}",
            token=self._token,
            headers={"accept-language": self._language},
            patience=self._patience,
            busy_patience=self._busy_patience,
        )
        if answer.status_code != 200:
            raise Refused(self._neighbour.name, answer)
        try:
            return shape.model_validate_json(answer.content)
        except ValidationError as error:
            log.error("client.unreadable", service=self._neighbour.name, path=path, error=str(error))
            raise Unreadable(f"{self._neighbour.name}{path}") from error
