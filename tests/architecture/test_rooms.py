"""The same thing has the same name in every service; what is named otherwise stands in a list here."""

from pathlib import Path

from tests.support.processes import ROOT

OF_A_SERVICE = {
    "access": "who sees and does what",
    "app": "the service, put together",
    "base": "the registry of its tables",
    "dependencies": "what routes need from the request",
    "errors": "refusals and their words",
    "events": "what it publishes",
    "listeners": "what it does with others' events",
    "settings": "what it can be told",
    "tables": "all tables, for migrations",
    "worker": "its jobs and listeners",
}
OF_A_CAPABILITY = {
    "routes": "path, status, one call",
    "schemas": "wire shapes",
    "answers": "what goes out, where it is a subject of its own",
    "usecases": "one function a verb",
    "rules": "pure policy",
    "model": "tables with their transitions",
    "repository": "every query",
    "views": "from rows to wire shapes",
    "vocabulary": "closed lists of words",
    "errors": "refusals of this capability",
    "listeners": "what it does with others' events",
    "dependencies": "what its routes need from the request",
    "examples": "examples of the document",
    "texts": "sentences in three languages",
}
OTHERWISE = {
    "services/customers": "asking editing listing names shapes storing vocabulary",
    "services/contracts": "examples history order",
    "services/feedback": "read_model",
    "services/contracts/agreements": (
        "adjusting change cost record standing step_routes steps values year_routes"
    ),
    "services/contracts/calendars": "ical tokens",
    "services/contracts/clock": "change template",
    "services/customers/imports": ("assignments customers departments outcome people producers sheet sites"),
    "services/customers/registry": "visibility",
    "services/customers/registry/customers": "account_managers",
    "services/feedback/cases": (
        "action_schemas actions change clock clock_schemas decide explain intake promise triage upkeep"
    ),
    "services/feedback/copies": "version",
    "services/feedback/finding": "analyser charge facets index readings search voikko",
    "services/feedback/sla": (
        "calendars defaults documents history ledger policies preview targets timetable"
    ),
}
"""Rooms that only one place has, by their subject. A new one is named here or, better, by a name above."""


def test_rooms_have_the_names_of_the_house() -> None:
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "services").rglob("*.py")):
        folder = file.parent.relative_to(ROOT)
        if file.stem == "__init__" or folder == Path("services"):
            continue
        standard = OF_A_SERVICE if len(folder.parts) == 2 else OF_A_CAPABILITY
        if file.stem not in standard:
            found.setdefault(folder.as_posix(), []).append(file.stem)

    assert {folder: " ".join(names) for folder, names in found.items()} == OTHERWISE
