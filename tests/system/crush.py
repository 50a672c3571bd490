"""Ten times as many requests at once as a process has room for, those that matter least first."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator, Mapping
from typing import Any
from uuid import uuid4

import httpx2

PLACES, LINE = 8, 16
READERS, READS_EACH = 8, 20
PROGRAMS = 60
WORDS = 12
Told = tuple[str, int]


def crush(gateway: str, *, reader: str, reporter: str, word: Mapping[str, object]) -> Counter[Told]:
    """Return how often what was answered how: ``("read", 200)``; a refusal without its time is ``-503``."""
    return asyncio.run(_crush(f"{gateway}/api/v1", reader, reporter, word))


async def _crush(api: str, reader: str, reporter: str, word: Mapping[str, object]) -> Counter[Told]:
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(trust_env=False, timeout=60, limits=limits) as client:

        async def signed_in(username: str) -> dict[str, str]:
            opened = await client.post(f"{api}/sessions", json={"username": username})
            return {"Authorization": f"Bearer {opened.json()['token']}"}

        async def answered(what: str, method: str, path: str, **more: Any) -> Told:
            told = await client.request(method, f"{api}{path}", **more)
            refused_well = told.status_code != 503 or int(told.headers.get("retry-after", "0")) > 0
            return what, told.status_code if refused_well else -503

        readers = [await signed_in(reader) for _ in range(READERS)]
        reporters = [await signed_in(reporter) for _ in range(2)]

        def calls() -> Iterator[Coroutine[Any, Any, Told]]:  # Any: of no concern
            for number in range(PROGRAMS):
                yield answered("program", "GET", "/events", headers=readers[number % READERS])
            for _ in range(READS_EACH):
                for who in readers:
                    yield answered("read", "GET", "/cases?limit=200&sort=next_due", headers=who)
            for number in range(WORDS):
                who = reporters[number % len(reporters)] | {"Idempotency-Key": str(uuid4())}
                yield answered("word", "POST", "/cases", headers=who, json=dict(word))

        return Counter(await asyncio.gather(*calls()))
