"""What may happen to a case, and by whom, as tables: every state and every side with every action."""

import pytest

from chassis.actors import Actor
from chassis.tables import new_id
from services.feedback.access import allowed, may
from services.feedback.cases.model import Case
from services.feedback.cases.rules import (
    WrongState,
    actions_in,
    check,
    state_after_answer,
    state_after_customer,
)
from services.feedback.cases.vocabulary import OPEN_STATES, Action, State
from tests.actors import STAFF, actor

# A cross where the action is possible in the state.
STATES = """
              acknowledge messages wait resume resolve close reopen assign severity
received      x           x        x    -      x       -     -      x      x
acknowledged  -           x        x    -      x       -     -      x      x
in_progress   -           x        x    -      x       -     -      x      x
waiting       -           x        -    x      x       -     -      x      x
resolved      -           x        -    -      -       x     x      -      -
closed        -           x        -    -      -       -     x      -      -
"""
# A cross where the action is that side's to take, whatever the state.
SIDES = """
                    acknowledge messages wait resume resolve close reopen assign severity
staff               x           x        x    x      x       x     x      x      x
outside_producer    x           x        x    x      x       -     -      -      -
another_producer    -           x        -    -      -       x     x      -      -
site_head           -           x        -    -      -       x     x      -      -
contract_contact    -           x        -    -      -       x     x      -      -
client_that_reads   -           -        -    -      -       -     -      -      -
client_that_writes  -           x        -    -      -       x     x      -      -
"""
PRODUCER = new_id()
"""Who does the work of the case."""
ACTORS: dict[str, list[Actor]] = {
    "staff": [actor(role) for role in sorted(STAFF)],
    "outside_producer": [actor("producer_supervisor", producer_ids={PRODUCER})],
    # It sees a case of another's work when it reported it for a site of its own.
    "another_producer": [actor("producer_supervisor", producer_ids={new_id()})],
    "site_head": [actor("site_head", site_ids={new_id()})],
    "contract_contact": [actor("contract_contact", customer_ids={new_id()})],
    "client_that_reads": [actor("integration", scopes={"cases:read"})],
    "client_that_writes": [actor("integration", scopes={"cases:read", "cases:write"})],
}


def rows_of(table: str) -> list[tuple[str, Action, bool]]:
    """Return the cells of a table: row, action, whether there is a cross."""
    head, *rows = (line.split() for line in table.strip().splitlines())
    return [
        (name, Action(action), mark == "x")
        for name, *marks in rows
        for action, mark in zip(head, marks, strict=True)
    ]


def test_the_tables_name_every_state_action_and_side() -> None:
    assert [(name, action) for name, action, _ in rows_of(STATES)] == [
        (state.value, action) for state in State for action in Action
    ]
    assert [(name, action) for name, action, _ in rows_of(SIDES)] == [
        (side, action) for side in ACTORS for action in Action
    ]


@pytest.mark.parametrize(("name", "action", "possible"), rows_of(STATES))
def test_a_state_allows_some_actions_and_refuses_the_others(
    name: str, action: Action, possible: bool
) -> None:
    state = State(name)

    assert (action in actions_in(state)) is possible
    if possible:
        check(action, state)
    else:
        with pytest.raises(WrongState) as refused:
            check(action, state)
        assert refused.value.params == {"action": action.value, "state": name}


@pytest.mark.parametrize(("side", "action", "theirs"), rows_of(SIDES))
def test_an_action_is_some_sides_to_take(side: str, action: Action, theirs: bool) -> None:
    case = Case(producer_id=PRODUCER)

    assert {may(who, action, case) for who in ACTORS[side]} == {theirs}


@pytest.mark.parametrize("side", ACTORS)
@pytest.mark.parametrize("state", State)
def test_what_is_offered_is_what_state_and_side_both_allow(state: State, side: str) -> None:
    case = Case(producer_id=PRODUCER, state=state)
    by_state = {action for name, action, possible in rows_of(STATES) if possible and name == state.value}
    by_side = {action for name, action, theirs in rows_of(SIDES) if theirs and name == side}

    for who in ACTORS[side]:
        assert set(allowed(who, case)) == by_state & by_side


@pytest.mark.parametrize(
    ("before", "after_answer", "after_customer"),
    [
        (State.RECEIVED, State.IN_PROGRESS, State.RECEIVED),
        (State.ACKNOWLEDGED, State.IN_PROGRESS, State.ACKNOWLEDGED),
        (State.IN_PROGRESS, State.IN_PROGRESS, State.IN_PROGRESS),
        (State.WAITING, State.WAITING, State.IN_PROGRESS),
        (State.RESOLVED, State.RESOLVED, State.RESOLVED),
        (State.CLOSED, State.CLOSED, State.CLOSED),
    ],
)
def test_words_move_a_case_on(before: State, after_answer: State, after_customer: State) -> None:
    assert state_after_answer(before) is after_answer
    assert state_after_customer(before) is after_customer


def test_open_is_what_can_still_be_resolved() -> None:
    assert set(OPEN_STATES) == {state for state in State if Action.RESOLVE in actions_in(state)}
