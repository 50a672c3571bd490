"""Who gets a place, who waits for one, and who is turned away, in which order."""

import asyncio

import pytest

from chassis.admission import CallerLeft, Rank
from chassis.places import CALM, Places, TurnedAway
from tests.chassis import crowd as people
from tests.chassis.crowd import LONG, settle


class Crowd(people.Crowd):
    """Requests at work and in the line; the clock moves when it is told to."""

    def __init__(
        self, count: int, line: int, *, patience: float = LONG, short_patience: float = LONG
    ) -> None:
        self.now = 0.0
        self.places = Places(
            count, line=line, patience=patience, short_patience=short_patience, clock=lambda: self.now
        )
        super().__init__(self.places.taken, (TurnedAway,))


def test_the_line_goes_by_rank_and_each_rank_in_its_own_order() -> None:
    async def scenario() -> list[str]:
        crowd = Crowd(1, line=10)
        await crowd.come("first")
        for name, rank in (
            ("program", Rank.REST),
            ("person", Rank.PERSON),
            ("word", Rank.WORD),
            ("other person", Rank.PERSON),
            ("other word", Rank.WORD),
        ):
            await crowd.come(name, rank)
        await crowd.end("first", "word", "other word", "person", "other person", "program")
        return crowd.begun

    assert asyncio.run(scenario()) == ["first", "word", "other word", "person", "other person", "program"]


def test_in_a_full_line_a_word_drives_out_the_newest_program_then_the_newest_person() -> None:
    async def scenario() -> list[str]:
        crowd = Crowd(2, line=4)
        for name in ("first", "second"):
            await crowd.come(name)
        for name, rank in (("p1", Rank.PERSON), ("r1", Rank.REST), ("p2", Rank.PERSON), ("r2", Rank.REST)):
            await crowd.come(name, rank)
        for number in range(5):
            await crowd.come(f"w{number}", Rank.WORD)
        await crowd.end("first", "w0", "w1", "w2", "w3", "second")
        assert crowd.begun == ["first", "second", "w0", "w1", "w2", "w3"]
        return crowd.turned_away

    assert asyncio.run(scenario()) == ["r2", "r1", "p2", "p1", "w4"]


def test_a_newcomer_of_no_higher_rank_than_a_full_line_is_turned_away_at_once() -> None:
    async def scenario() -> list[str]:
        crowd = Crowd(1, line=2)
        for name in ("at work", "waits", "waits too", "too many"):
            await crowd.come(name)
        await crowd.come("a program", Rank.REST)
        assert crowd.places.waiting == 2
        await crowd.end("at work", "waits", "waits too")
        return crowd.turned_away

    assert asyncio.run(scenario()) == ["too many", "a program"]


def test_a_burst_that_fits_waits_and_nobody_is_turned_away() -> None:
    async def scenario() -> None:
        crowd = Crowd(4, line=100)
        for number in range(104):
            await crowd.come(f"{number}")
        await crowd.end(*(f"{number}" for number in range(104)))
        assert crowd.begun == [f"{number}" for number in range(104)]
        assert crowd.turned_away == []
        assert not crowd.places.strained

    asyncio.run(scenario())


def test_under_strain_only_a_short_line_is_kept_until_nobody_was_turned_away_for_a_while() -> None:
    async def scenario() -> None:
        crowd = Crowd(8, line=20)
        for number in range(28):
            await crowd.come(f"{number}")
        await crowd.come("too many")
        assert crowd.places.strained
        await crowd.end(*(f"{number}" for number in range(20)))  # the line is empty, all places are taken
        await crowd.come("a program", Rank.REST)
        await crowd.come("a person")
        await crowd.come("another person")
        await crowd.come("a word", Rank.WORD)
        assert crowd.turned_away == ["too many", "a program", "another person"]
        crowd.now += CALM
        await crowd.come("a calm program", Rank.REST)
        await crowd.come("a calm person")
        assert crowd.places.waiting == 4
        await crowd.end(
            *(f"{number}" for number in range(20, 28)),
            "a word",
            "a person",
            "a calm person",
            "a calm program",
        )

    asyncio.run(scenario())


def test_who_waited_in_vain_is_turned_away_and_makes_the_line_short() -> None:
    async def scenario() -> None:
        crowd = Crowd(1, line=10, patience=0.01)
        await crowd.come("first")
        await crowd.come("second")
        await crowd.outcome("second")
        assert crowd.turned_away == ["second"]
        assert crowd.places.strained
        await crowd.end("first")
        await crowd.come("third")
        await crowd.end("third")
        assert crowd.begun == ["first", "third"]

    asyncio.run(scenario())


def test_who_hangs_up_in_the_line_leaves_it() -> None:
    async def scenario() -> None:
        crowd = Crowd(1, line=10)
        gone = asyncio.Event()
        await crowd.come("first")
        await crowd.come("leaves", hung_up=gone)
        await crowd.come("next")
        gone.set()
        assert isinstance(await crowd.outcome("leaves"), CallerLeft)
        assert crowd.places.waiting == 1
        await crowd.end("first", "next")
        assert crowd.begun == ["first", "next"]
        assert crowd.places.at_work == 0
        assert not crowd.places.strained

    asyncio.run(scenario())


def test_a_place_given_to_one_just_cancelled_goes_on_to_the_next() -> None:
    async def scenario() -> None:
        crowd = Crowd(1, line=10)
        await crowd.come("first")
        await crowd.come("unlucky")
        await crowd.come("next")
        crowd.let_go("first")
        await asyncio.sleep(0)
        crowd.cancel("unlucky")
        await settle()
        assert crowd.begun[-1] == "next"
        await crowd.end("next")
        assert crowd.places.at_work == 0

    asyncio.run(scenario())


def test_a_place_given_back_early_is_given_back_once() -> None:
    async def scenario() -> None:
        places = Places(1, line=0)
        async with places.taken(Rank.PERSON) as give_back:
            give_back()
            async with places.taken(Rank.PERSON):
                give_back()
                with pytest.raises(TurnedAway):
                    async with places.taken(Rank.PERSON):
                        raise AssertionError("let in")
        assert places.at_work == 0

    asyncio.run(scenario())
