"""Many people at once: sixty reads, words that come in and other reads, sent before any is answered."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator, Mapping
from typing import Any
from uuid import uuid4

import httpx2

READERS, READS_EACH = 10, 6
OTHERS = ("/sites", "/customers", "/contracts", "/clock?year=2026", "/me")
WORDS = 20


def rush(gateway: str, *, reader: str, reporter: str, word: Mapping[str, object]) -> Counter[tuple[str, int]]:
    """Return how often what was answered how: ``("read", 200)``."""
    return asyncio.run(_rush(f"{gateway}/api/v1", reader, reporter, word))


async def _rush(api: str, reader: str, reporter: str, word: Mapping[str, object]) -> Counter[tuple[str, int]]:
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(trust_env=False, timeout=60, limits=limits) as client:

        async def signed_in(username: str) -> dict[str, str]:
            opened = await client.post(f"{api}/sessions", json={"username": username})
            return {"Authorization": f"Bearer {opened.json()['token']}"}

        async def answered(what: str, method: str, path: str, **more: Any) -> tuple[str, int]:
            return what, (await client.request(method, f"{api}{path}", **more)).status_code

        readers = [await signed_in(reader) for _ in range(READERS)]
        reporters = [await signed_in(reporter) for _ in range(WORDS // 5)]

        def calls() -> Iterator[Coroutine[Any, Any, tuple[str, int]]]:  # Any: of no concern
            for _ in range(READS_EACH):
                for who in readers:
                    yield answered("read", "GET", "/cases?limit=200&sort=next_due", headers=who)
            for number in range(WORDS):
                who = reporters[number % len(reporters)] | {"Idempotency-Key": str(uuid4())}
                yield answered("word", "POST", "/cases", headers=who, json=dict(word))
            for path in OTHERS:
                for who in reporters:
                    yield answered("other", "GET", path, headers=who)

        return Counter(await asyncio.gather(*calls()))
