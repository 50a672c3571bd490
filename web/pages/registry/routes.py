"""Being furnished."""

from fastapi import APIRouter

router = APIRouter()
