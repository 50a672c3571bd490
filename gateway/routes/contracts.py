"""Contracts and contract years; the contracts service answers."""

from gateway.operations import Operation
from gateway.shapes import contracts as shapes
from gateway.shapes import contracts_input as inputs
from gateway.shapes import queries
from gateway.shapes.common import Input

READ = "contracts:read"
WRITE = "contracts:write"
YEAR = "/contracts/{contract_id}/years/{year}"
POINTS = ("responsible_persons", "annual_clock", "communication", "tendering", "joint_development", "changes")
BODY_OPTIONAL = (inputs.Nothing, inputs.Approval, inputs.Signing)
"""Bodies that need not be sent: the caller's own party and name are meant then."""


def _edit(part: str, name: str, summary: str, body: type[Input]) -> Operation:
    return Operation(
        method="PUT",
        path=f"{YEAR}/{part}",
        name=name,
        summary=summary,
        description="Replaces this part of the year. A signed year is frozen: 409.",
        scope=WRITE,
        body=body,
        choices=POINTS,
        answer=shapes.Year,
        problems=(404, 409),
        version="required",
        tagged=True,
    )


def _step(step: str, summary: str, description: str, body: type[Input]) -> Operation:
    return Operation(
        method="POST",
        path=f"{YEAR}/{step}",
        name=f"{step}_year",
        summary=summary,
        description=f"{description} A step that the state does not allow is refused: 409.",
        scope=WRITE,
        body=body,
        body_optional=body in BODY_OPTIONAL,
        answer=shapes.Year,
        problems=(404, 409),
        version="optional",
        tagged=True,
    )


OPERATIONS = (
    Operation(
        method="GET",
        path="/contracts",
        name="list_contracts",
        summary="List contracts",
        description="Framework agreements with the states of their years and what the unsigned ones lack.",
        scope=READ,
        query=queries.ContractQuery,
        answer=shapes.Contracts,
    ),
    Operation(
        method="POST",
        path="/contracts",
        name="make_contract",
        summary="Make a framework agreement",
        description="For account managers and administrators.",
        scope=WRITE,
        body=inputs.NewContract,
        answer=shapes.Contract,
        status=201,
        problems=(404, 409),
        tagged=True,
    ),
    Operation(
        method="GET",
        path="/contracts/{contract_id}",
        name="read_contract",
        summary="Read a framework agreement",
        description="The agreement with the states of its years and what the unsigned ones lack.",
        scope=READ,
        answer=shapes.Contract,
        problems=(404,),
        tagged=True,
    ),
    Operation(
        method="POST",
        path="/contracts/{contract_id}/years",
        name="draft_year",
        summary="Draft a contract year",
        description="Beside the living one, empty or copied from an earlier year.",
        scope=WRITE,
        body=inputs.NewYear,
        answer=shapes.Year,
        status=201,
        problems=(404, 409),
        tagged=True,
    ),
    Operation(
        method="GET",
        path=YEAR,
        name="read_year",
        summary="Read a contract year",
        description="The six points, persons, lines, prices, targets, blockers, and the steps allowed to me.",
        scope=READ,
        answer=shapes.Year,
        problems=(404,),
        tagged=True,
    ),
    Operation(
        method="GET",
        path=f"{YEAR}/history",
        name="read_year_history",
        summary="Read a year's history",
        description="Who changed what and when, with the text before and after.",
        scope=READ,
        query=queries.HistoryQuery,
        answer=shapes.History,
        problems=(404,),
    ),
    _edit("points/{point}", "write_point", "Write one of the six points", inputs.PointEdit),
    _edit("persons", "name_persons", "Name the responsible persons", inputs.PersonsEdit),
    _edit("lines", "set_lines", "Set services, sites and prices", inputs.LinesEdit),
    _edit("targets", "set_targets", "Set response and resolution targets", inputs.TargetsEdit),
    _edit("annexes", "set_annexes", "Set the annexes", inputs.AnnexesEdit),
    _step("submit", "Submit a draft", "The draft goes to negotiation.", inputs.Nothing),
    _step("propose", "Propose for approval", "What was negotiated goes to approval.", inputs.Nothing),
    _step("approve", "Approve", "A party approves; both are needed before signing.", inputs.Approval),
    _step(
        "sign",
        "Sign",
        "A party signs; refused with the list of blockers while one stands. Signed by both it is frozen.",
        inputs.Signing,
    ),
    _step("return", "Return to draft", "The year goes back to its writers, with a reason.", inputs.Why),
    _step("reject", "Reject", "A party refuses the year, with a reason.", inputs.Why),
    _step("terminate", "Terminate", "A signed year ends before its time, with a reason.", inputs.Why),
)
