"""Wire shapes of imports."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from chassis.schemas import View, example


class ImportKind(StrEnum):
    """What a file holds. In this order each file finds what it refers to."""

    DEPARTMENTS = "departments"
    CUSTOMERS = "customers"
    PRODUCERS = "producers"
    SITES = "sites"
    PEOPLE = "people"
    ASSIGNMENTS = "assignments"


class FaultView(View):
    """One thing to mend in the file."""

    row: Annotated[int, Field(description="As a spreadsheet counts: the names of the columns are on row 1.")]
    column: Annotated[str, Field(description="Empty when the whole row is meant.")]
    code: str
    """What is wrong, for programs."""
    message: Annotated[str, Field(description="In the caller's language.")]


class ImportReport(View):
    """What an import did, or in a dry run would do."""

    model_config = example(
        {
            "kind": "customers",
            "dry_run": True,
            "rows": 21,
            "created": 20,
            "updated": 0,
            "unchanged": 0,
            "faults": [
                {
                    "row": 7,
                    "column": "department",
                    "code": "not_found",
                    "message": "«SIVI» ei löydy. Tarkista kirjoitusasu tai tuo se ensin.",
                }
            ],
            "more_faults": 0,
        }
    )

    kind: ImportKind
    """What the file holds."""
    dry_run: bool
    """Whether it only tells what would happen."""
    rows: int
    """How many rows were read."""
    created: int
    """How many things are new."""
    updated: int
    """How many things changed."""
    unchanged: int
    """How many things stayed as they were."""
    faults: list[FaultView]
    """What is to be mended, 50 at most; empty when the file is sound."""
    more_faults: int = 0
    """How many faults there are beside those."""
