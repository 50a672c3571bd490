"""The policy of a contract year, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.agreements.rules import (
    PointContent,
    Readiness,
    Step,
    WrongState,
    after,
    blockers,
    canonical_json,
    content_hash,
    effective_state,
    steps_from,
)
from services.contracts.agreements.texts import blocker_text
from services.contracts.agreements.vocabulary import Missing, Point, State
from trade.vocabulary import Party

FULL = [PointContent(point, "Maija Virtanen", "Sovittu.") for point in Point]
BOTH = list(Party)


@pytest.mark.parametrize("point", Point)
def test_each_of_the_six_points_blocks_by_itself(point: Point) -> None:
    rest = [each for each in FULL if each.point is not point]
    assert blockers(Readiness(rest, BOTH, 1, []), State.DRAFT) == [point]


@pytest.mark.parametrize(("owner", "text"), [("", "Sovittu."), ("Maija Virtanen", "  \n ")])
def test_a_point_without_owner_or_text_still_blocks(owner: str, text: str) -> None:
    said = [*FULL[:-1], PointContent(Point.CHANGES, owner, text)]
    assert blockers(Readiness(said, BOTH, 1, []), State.DRAFT) == [Point.CHANGES]


def test_blockers_come_in_the_order_of_the_source() -> None:
    assert blockers(Readiness([], [], 0, [Party.CUSTOMER]), State.IN_APPROVAL) == [
        *Point,
        Missing.LINES,
        Missing.PRODUCER_APPROVAL,
    ]


@pytest.mark.parametrize("state", [State.SIGNED, State.REJECTED, State.TERMINATED])
def test_nothing_blocks_what_is_not_to_be_signed_any_more(state: State) -> None:
    assert blockers(Readiness([], [], 0, []), state) == []


def test_every_blocker_has_words_in_three_languages() -> None:
    for code in (*Point, *Missing):
        words = {blocker_text(code, language) for language in ("fi", "sv", "en")}
        assert len(words) == 3


def test_the_way_to_a_signature() -> None:
    state = State.DRAFT
    for step in (Step.SUBMIT, Step.PROPOSE, Step.APPROVE, Step.APPROVE):
        state = after(step, state)
    assert after(Step.SIGN, state, [Party.CUSTOMER]) is State.IN_APPROVAL
    assert after(Step.SIGN, state, BOTH) is State.SIGNED


@given(state=st.sampled_from(State), step=st.sampled_from(Step))
def test_a_step_is_taken_exactly_from_the_states_that_allow_it(state: State, step: Step) -> None:
    if step in steps_from(state):
        assert after(step, state, BOTH) not in {State.IN_FORCE, State.ENDED}
    else:
        with pytest.raises(WrongState):
            after(step, state, BOTH)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 12, 31), State.SIGNED),
        (date(2027, 1, 1), State.IN_FORCE),
        (date(2027, 12, 31), State.IN_FORCE),
        (date(2028, 1, 1), State.ENDED),
    ],
)
def test_in_force_and_ended_follow_from_the_date(today: date, state: State) -> None:
    assert effective_state(State.SIGNED, date(2027, 1, 1), date(2027, 12, 31), today) is state


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_APPROVAL, State.REJECTED, State.TERMINATED])
def test_the_date_alone_brings_nothing_unsigned_into_force(state: State) -> None:
    assert effective_state(state, date(2027, 1, 1), date(2027, 12, 31), date(2027, 6, 1)) is state


def test_canonical_json_depends_on_content_alone() -> None:
    assert canonical_json({"b": "ä", "a": [1, None]}) == '{"a":[1,null],"b":"ä"}'.encode()
    assert content_hash({"a": "1", "b": "2"}) == content_hash({"b": "2", "a": "1"})
    assert content_hash({"a": "4.85"}) != content_hash({"a": "4.86"})
