"""Feedback cases and the preview of due times; the feedback service answers."""

from gateway.operations import Operation
from gateway.shapes import feedback as shapes
from gateway.shapes import feedback_input as inputs
from gateway.shapes import queries
from gateway.shapes.common import Input
from gateway.shapes.contracts_input import Nothing, Why

READ = "cases:read"
WRITE = "cases:write"


def _action(
    action: str, name: str, summary: str, description: str, body: type[Input], status: int = 200
) -> Operation:
    return Operation(
        method="POST",
        path=f"/cases/{{case_id}}/{action}",
        name=name,
        summary=summary,
        description=f"{description} An action that the state does not allow is refused: 409.",
        scope=WRITE,
        body=body,
        answer=shapes.WholeCase,
        status=status,
        body_optional=body is Nothing,
        problems=(404, 409),
        version="optional",
        tagged=True,
    )


OPERATIONS = (
    Operation(
        method="GET",
        path="/cases",
        name="list_cases",
        summary="List cases",
        description="Cases that the caller sees; `sort=next_due` is the queue of open ones, first due first.",
        scope=READ,
        query=queries.CaseFilters,
        answer=shapes.Cases,
        problems=(404,),
    ),
    Operation(
        method="POST",
        path="/cases",
        name="report_case",
        summary="Give feedback",
        description=(
            "A complaint, suggestion, praise or question about a site's service. The answer names the "
            "handler and the promised times. Once it is 201, the word is never lost."
        ),
        scope=WRITE,
        body=inputs.Intake,
        answer=shapes.WholeCase,
        status=201,
        problems=(404, 409),
        tagged=True,
    ),
    Operation(
        method="GET",
        path="/cases/counts",
        name="count_cases",
        summary="Count cases",
        description="How many cases the same filters find in each state; large counts are bounded.",
        scope=READ,
        query=queries.CountFilters,
        answer=shapes.CaseCounts,
        problems=(404,),
    ),
    Operation(
        method="GET",
        path="/cases/{case_id}",
        name="read_case",
        summary="Read a case",
        description="A case with its conversation, history, escalations and the actions the caller may take.",
        scope=READ,
        answer=shapes.WholeCase,
        problems=(404,),
        tagged=True,
    ),
    Operation(
        method="GET",
        path="/cases/{case_id}/clock",
        name="read_case_clock",
        summary="Read a case's clock",
        description="Who set the due times, which contract year and calendar, which minutes counted and why.",
        scope=READ,
        answer=shapes.CaseClock,
        problems=(404,),
    ),
    _action("acknowledge", "acknowledge_case", "Acknowledge", "The handler has seen the case.", Nothing),
    _action(
        "messages",
        "write_message",
        "Write a message",
        "The first public message by a person of the producer is the first response; the customer's answer "
        "resumes a waiting clock.",
        inputs.NewMessage,
    ),
    _action("wait", "wait_for_customer", "Ask the customer", "Pauses the resolution clock.", inputs.Wait),
    _action("resume", "resume_case", "Resume", "The resolution clock runs again.", Nothing),
    _action("resolve", "resolve_case", "Resolve", "Tells what was done.", inputs.Resolution),
    _action("close", "close_case", "Close", "The matter is settled.", Nothing),
    _action("reopen", "reopen_case", "Reopen", "Starts a new cycle; the first one's result stays.", Why),
    _action("assign", "assign_case", "Assign", "Names another handler.", inputs.NewHandler),
    _action(
        "severity",
        "change_severity",
        "Change the severity",
        "Due times follow the new severity.",
        inputs.NewSeverity,
    ),
    Operation(
        method="POST",
        path="/sla/preview",
        name="preview_due_times",
        summary="Preview due times",
        description="Due instants and their ledger, storing nothing; what is given overrides the contract.",
        scope=READ,
        body=inputs.PreviewRequest,
        answer=shapes.Preview,
        problems=(404,),
    ),
    Operation(
        method="GET",
        path="/calendars",
        name="list_calendars",
        summary="List the working calendars",
        description="The opening calendars that promised times run by, each in its newest version.",
        scope=READ,
        answer=shapes.Calendars,
    ),
    Operation(
        method="GET",
        path="/calendars/{name}",
        name="read_calendar",
        summary="Read a working calendar",
        description="An opening calendar in its newest version.",
        scope=READ,
        answer=shapes.Calendar,
        problems=(404,),
        tagged=True,
    ),
    Operation(
        method="PUT",
        path="/calendars/{name}",
        name="change_calendar",
        summary="Change a working calendar",
        description="Makes a new version; open cases keep what was counted. For administrators.",
        scope=WRITE,
        body=inputs.CalendarEdit,
        answer=shapes.Calendar,
        problems=(404,),
        version="required",
        tagged=True,
    ),
)
