"""The feedback rooms' addresses."""

from fastapi import APIRouter

from web.pages.feedback import actions, bulk, case, give, queue, quick

router = APIRouter()
for room in (queue, case, give, quick, bulk, actions):
    router.include_router(room.router)
