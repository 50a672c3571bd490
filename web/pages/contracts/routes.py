"""The contract rooms' addresses."""

from fastapi import APIRouter

from web.pages.contracts import (
    adjusting,
    calendars,
    clock,
    lines,
    listing,
    milestones,
    persons,
    points,
    terms,
    year,
)

router = APIRouter()
# The parts of a year come before its steps, and changing many prices before a line: both take any last word.
for room in (listing, points, persons, terms, adjusting, lines, year, clock, calendars, milestones):
    router.include_router(room.router)
