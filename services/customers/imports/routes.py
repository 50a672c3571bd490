"""Route of imports."""

from typing import Annotated

from fastapi import Body, Header, Path, Query, Response

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.idempotency import OnlyOnce
from chassis.languages import language_of
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.customers.imports import usecases
from services.customers.imports.schemas import ImportKind, ImportReport

router = ServiceRouter(prefix="/v1/imports", tags=["imports"])
EXAMPLE = (
    "code;name;customer_group;end_customers\nSIKU;Sivistys- ja kulttuuripalvelut;Opetuspalvelut;Oppilaat\n"
)


@router.post(
    "/{kind}",
    summary="Import a file",
    description="A semicolon-separated UTF-8 file whose first row names the columns. A dry run answers 200 "
    "with what would happen and every faulty row. Otherwise one faulty row refuses the whole file with 422, "
    "and the problem carries the same report. For administrators.",
    response_model=ImportReport,
    responses=openapi_problems(400, 401, 403, 422),
    # Generated clients know no text/csv: they send the same bytes as a file.
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {
                    "schema": {"type": "string", "format": "binary", "examples": [EXAMPLE]}
                }
            },
        }
    },
)
def import_file(
    kind: Annotated[ImportKind, Path(description="What the file holds.")],
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    once: OnlyOnce,
    content: Annotated[bytes, Body(media_type="text/csv", examples=[EXAMPLE])] = b"",
    dry_run: Annotated[bool, Query(description="Only tell what would happen.")] = False,
    accept_language: Annotated[str | None, Header(description="fi, sv or en; Finnish otherwise.")] = None,
) -> Response:
    return once(
        lambda: usecases.import_file(
            session, actor, kind, content, dry_run=dry_run, now=now, language=language_of(accept_language)
        )
    )
