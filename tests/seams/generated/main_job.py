"""The main job with the client that openapi-python-client makes; run by `test_generated_clients`.

Told by arguments: the gateway's address, the tokens of a school's head, a handler and an administrator. Every
answer is used as the type that the client says it has; nothing is cast.
"""

import sys
from io import BytesIO
from uuid import uuid4

from kumppani_client import AuthenticatedClient
from kumppani_client.api.annual_clock import read_clock
from kumppani_client.api.cases import list_cases, read_case, report_case, write_message
from kumppani_client.api.events import follow_events
from kumppani_client.api.imports import import_file
from kumppani_client.api.sessions import read_me
from kumppani_client.models import (
    AnnualClockView,
    CaseDetail,
    CaseKind,
    CasePage,
    CaseState,
    Events,
    ImportKind,
    ImportReport,
    Intake,
    Me,
    MessageInput,
    ProblemView,
    Service,
)
from kumppani_client.types import File

address, head_token, handler_token, admin_token = sys.argv[1:]
head = AuthenticatedClient(address, head_token, headers={"Accept-Language": "en"})
handler = AuthenticatedClient(address, handler_token)
admin = AuthenticatedClient(address, admin_token)

me = read_me.sync(client=head)
assert isinstance(me, Me)
assert me.sites is not None
word = Intake(
    site_id=me.sites[0].id,
    kind=CaseKind.COMPLAINT,
    service=Service.MEALS,
    subject="Lunch ran out",
    description="Three classes were left without.",
)
key = f"word-{uuid4()}"
reported = report_case.sync(client=head, body=word, idempotency_key=key)
assert isinstance(reported, CaseDetail)
assert reported.state is CaseState.RECEIVED
again = report_case.sync(client=head, body=word, idempotency_key=key)
assert isinstance(again, CaseDetail)
assert again.id == reported.id

answered = write_message.sync(reported.id, client=handler, body=MessageInput(body="More is on its way."))
assert isinstance(answered, CaseDetail)
assert answered.messages[-1].body == "More is on its way."
stale = write_message.sync(
    reported.id, client=handler, body=MessageInput(body="Too late."), if_match=f'"{reported.version}"'
)
assert isinstance(stale, ProblemView)
assert (stale.code, stale.current_version) == ("stale", answered.version)

read = read_case.sync(reported.id, client=head)
assert isinstance(read, CaseDetail)
assert read.response_due_at is not None
assert read.response_due_at > read.received_at
assert read.history[0].by == me.name
listed = list_cases.sync(client=head, state=[CaseState.IN_PROGRESS])
assert isinstance(listed, CasePage)
assert reported.id in [case.id for case in listed.items]

faulty = report_case.sync(client=head, body=Intake.from_dict({**word.to_dict(), "subject": ""}))
assert isinstance(faulty, ProblemView)
assert faulty.errors
assert faulty.errors[0].pointer == "#/subject"
nobodys = read_case.sync(uuid4(), client=head)
assert isinstance(nobodys, ProblemView)
assert nobodys.status == 404

happened = follow_events.sync(client=head)
assert isinstance(happened, Events)
assert str(reported.id) in [event.subject for event in happened.items]
clock = read_clock.sync(client=head, year=2026)
assert isinstance(clock, AnnualClockView)
assert clock.summary.total == clock.summary.scheduled + clock.summary.met + clock.summary.cancelled

file = File(
    BytesIO(b"name;own;business_id;phone;email\nPuhdas Oy;no;;+358 40 000 0199;posti@puhdas.example\n")
)
tried = import_file.sync(ImportKind.PRODUCERS, client=admin, body=file, dry_run=True)
assert isinstance(tried, ImportReport)
assert (tried.created, tried.faults) == (1, [])
