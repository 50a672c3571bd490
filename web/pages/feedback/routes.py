"""The feedback rooms' addresses."""

from fastapi import APIRouter

from web.pages.feedback import actions, addresses, bulk, case, give, queue, quick

router = APIRouter()
for room in (addresses, give, quick, queue, bulk, case, actions):
    router.include_router(room.router)
