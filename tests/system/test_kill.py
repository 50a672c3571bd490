"""Whatever is killed in the middle of a burst, an acknowledged word is there: once, told once, acted on once.

The job that runs for each case is the climbing of its ladder: it tells four people in turn, and telling one
of them twice is what a careless retry would do. Indexing may run twice without harm, so it proves nothing.
"""

from collections import Counter

from tests.system.burst import Burst, burst
from tests.system.lone_feedback import LoneFeedback

WORDS = 500


def check_nothing_is_lost_or_doubled(house: LoneFeedback, told: Burst) -> None:
    by_reference = {each.reference: each.id for each in told.acknowledged}
    assert len(told.acknowledged) == len(by_reference) == WORDS

    mine = [case for case in house.cases() if case["subject"].startswith(told.name)]
    assert Counter(case["reference"] for case in mine) == Counter(by_reference.keys())
    assert {case["reference"]: case["id"] for case in mine} == by_reference
    assert Counter(case["subject"] for case in mine) == Counter(each.subject for each in told.acknowledged)

    told.check_everything_is_told_once()


def test_kill_9_of_the_service_in_a_burst(house: LoneFeedback) -> None:
    def killed() -> None:
        house.service.kill()
        house.service.start()

    told = burst(house, WORDS, killed, after=WORDS // 3)

    assert any(each.tries > 1 for each in told.acknowledged)
    check_nothing_is_lost_or_doubled(house, told)


def test_a_crash_of_the_database_in_a_burst(house: LoneFeedback) -> None:
    def crashed() -> None:
        house.tick()
        before = house.registered_workers()
        house.postgres.stop("immediate")
        house.postgres.start()
        house.a_minute_passes_for(before)

    told = burst(house, WORDS, crashed, after=WORDS // 3)

    assert told.before_the_disaster < WORDS
    check_nothing_is_lost_or_doubled(house, told)
    for process in house.processes:
        assert house.password not in process.said.read_text()
