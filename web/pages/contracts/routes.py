"""The contract rooms' addresses."""

from fastapi import APIRouter

from web.pages.contracts import calendars, clock, lines, listing, milestones, points, terms, year

router = APIRouter()
# The parts of a year come before its steps: a step is any other last word.
for room in (listing, points, terms, lines, year, clock, calendars, milestones):
    router.include_router(room.router)
