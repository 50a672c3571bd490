"""Eight people report at once, each word again and again with its key until it is acknowledged."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event
from types import TracebackType
from typing import Any, Self

import httpx2

from chassis.tables import new_id
from tests.actors import bearer
from tests.services.feedback.city import a_word
from tests.support.waiting import until
from tests.system.lone_feedback import LoneFeedback, steps_by_case

AT_ONCE = 8
REPORTED = "kumppani.feedback.case.reported"
AGO = timedelta(hours=2)
LATE = Counter({("response", step): 1 for step in (1, 2, 3, 4)})
"""All four steps of a response within the hour are due after two hours, and none of the resolution."""
Json = dict[str, Any]  # Any: JSON


@dataclass(frozen=True)
class Acknowledged:
    """What the service answered to one word."""

    subject: str
    id: str
    reference: str
    tries: int


class Burst:
    """Words told by phone two hours ago: suspected food poisonings, late by now, the first ones most."""

    def __init__(self, house: LoneFeedback, count: int) -> None:
        self._house = house
        self._words: SimpleQueue[Json] = SimpleQueue()
        self.name = f"Oppilas voi pahoin {new_id()}"
        heard = datetime.now(UTC) - AGO
        for number in range(count):
            self._words.put(
                a_word(
                    house.city,
                    subject=f"{self.name} {number}",
                    severity="critical",
                    channel="phone",
                    received_at=(heard + timedelta(milliseconds=number)).isoformat(),
                )
            )
        self._stop = Event()
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self.beginning = house.end_of_feed()
        self.acknowledged: list[Acknowledged] = []
        self.before_the_disaster = 0

    def __enter__(self) -> Self:
        self._work = [self._pool.submit(self._tell_all) for _ in range(AT_ONCE)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._stop.set()
        self._pool.shutdown()
        if error is None:
            for each in self._work:
                each.result()

    def wait_for(self, count: int) -> None:
        """Wait until that many words were acknowledged."""
        until(lambda: len(self.acknowledged) >= count or self._failed(), f"{count} acknowledged words")

    def check_everything_is_told_once(self) -> None:
        """Check that the feed tells of each acknowledged word once, and once of each step of its ladder."""
        self._house.climb_everything()
        events = self._house.feed(self.beginning)
        ids = Counter(each.id for each in self.acknowledged)
        assert Counter(event["subject"] for event in events if event["type"] == REPORTED) == ids
        steps = steps_by_case(events)
        assert steps.keys() == ids.keys()
        assert {case_id: count for case_id, count in steps.items() if count != LATE} == {}

    def _failed(self) -> bool:
        return any(each.done() and each.exception() for each in self._work)

    def _tell_all(self) -> None:
        with httpx2.Client(base_url=self._house.service.url, trust_env=False, timeout=20) as client:
            while not self._stop.is_set():
                try:
                    word = self._words.get_nowait()
                except Empty:
                    return
                self.acknowledged.append(self._tell(client, word))

    def _tell(self, client: httpx2.Client, word: Json) -> Acknowledged:
        key = str(new_id())
        tries = 0

        def answer() -> httpx2.Response | None:
            nonlocal tries
            assert not self._stop.is_set()
            tries += 1
            who = bearer(self._house.city.staff(), "feedback") | {"Idempotency-Key": key}
            try:
                told = client.post("/v1/cases", json=word, headers=who)
            except httpx2.TransportError:
                return None  # nobody there, or gone in the middle of it: whether it was kept is not known
            return None if told.status_code >= 500 else told

        received = _got(until(answer, "an acknowledgement"))
        assert received.status_code == 201, received.text
        body = received.json()
        return Acknowledged(word["subject"], body["id"], body["reference"], tries)


def _got(answer: httpx2.Response | None) -> httpx2.Response:
    assert answer is not None
    return answer


def burst(house: LoneFeedback, count: int, disaster: Callable[[], None], *, after: int) -> Burst:
    """Tell `count` words, and let the disaster come when `after` of them were acknowledged."""
    with Burst(house, count) as telling:
        telling.wait_for(after)
        disaster()
        telling.before_the_disaster = len(telling.acknowledged)
    return telling
