"""The annual clock, its milestones and calendar feeds; the contracts service answers."""

from gateway.operations import Operation
from gateway.routes.contracts import READ, WRITE
from gateway.shapes import contracts as shapes
from gateway.shapes import contracts_input as inputs
from gateway.shapes import queries
from gateway.shapes.common import Input


def _change(part: str, name: str, summary: str, description: str, body: type[Input]) -> Operation:
    return Operation(
        method="POST",
        path=f"/milestones/{{milestone_id}}/{part}",
        name=name,
        summary=summary,
        description=description,
        scope=WRITE,
        body=body,
        answer=shapes.WholeMilestone,
        problems=(404, 409),
        version="optional",
        tagged=True,
    )


EVERY_CUSTOMER = 30.0
"""Seconds for generating the clocks of all customers at once."""

OPERATIONS = (
    Operation(
        method="GET",
        path="/clock",
        name="read_clock",
        summary="Read the annual clock",
        description="The milestones of a year: due, responsible, status and what really happened.",
        scope=READ,
        query=queries.ClockQuery,
        answer=shapes.Clock,
    ),
    Operation(
        method="POST",
        path="/clock/generate",
        name="generate_clock",
        summary="Generate a year's clock",
        description="Makes a customer's milestones of a year from the template; those that exist stay.",
        scope=WRITE,
        body=inputs.ClockGeneration,
        answer=shapes.Clock,
        patience=EVERY_CUSTOMER,
    ),
    Operation(
        method="GET",
        path="/milestones/{milestone_id}",
        name="read_milestone",
        summary="Read a milestone",
        description="A step of the annual clock, its newest history and what became of it last year.",
        scope=READ,
        answer=shapes.WholeMilestone,
        problems=(404,),
        tagged=True,
    ),
    _change(
        "actual",
        "enter_actual",
        "Enter what really happened",
        "When the step was met, partially met or not met. Earlier entries stay in the history.",
        inputs.ActualEntry,
    ),
    _change(
        "move",
        "move_milestone",
        "Plan another day",
        "For account managers and administrators; the day stays in the clock's year.",
        inputs.MilestoneMove,
    ),
    _change(
        "cancel",
        "cancel_milestone",
        "Cancel a milestone",
        "For a step that is not needed this year; subscribed calendars show it as cancelled.",
        inputs.Why,
    ),
    _change(
        "restore",
        "restore_milestone",
        "Put a milestone back into the plan",
        "After a cancellation or a wrong entry; what was recorded stays in the history.",
        inputs.Why,
    ),
    Operation(
        method="GET",
        path="/milestones/{milestone_id}/history",
        name="read_milestone_history",
        summary="Read a milestone's history",
        description="Every entry of what really happened, by whom and when.",
        scope=READ,
        query=queries.HistoryQuery,
        answer=shapes.History,
        problems=(404,),
    ),
    Operation(
        method="GET",
        path="/calendar-feeds",
        name="list_calendar_feeds",
        summary="List my calendar feeds",
        description="The caller's subscriptions of the annual clock.",
        scope=READ,
        query=queries.FeedQuery,
        answer=shapes.CalendarFeeds,
    ),
    Operation(
        method="POST",
        path="/calendar-feeds",
        name="make_calendar_feed",
        summary="Make a calendar feed",
        description="A private address that calendar programs read without signing in, until it is revoked.",
        scope=READ,
        body=inputs.CalendarFeedFilters,
        answer=shapes.NewCalendarFeed,
        status=201,
    ),
    Operation(
        method="DELETE",
        path="/calendar-feeds/{feed_id}",
        name="revoke_calendar_feed",
        summary="Revoke a calendar feed",
        description="The address stops working at once.",
        scope=READ,
        answer=None,
        status=204,
        problems=(404,),
    ),
)
