"""The feedback rooms' addresses."""

from fastapi import APIRouter

from web.pages.feedback import actions, bulk, case, give, queue, quick

router = APIRouter()
for room in (give, quick, queue, bulk, case, actions):
    router.include_router(room.router)
