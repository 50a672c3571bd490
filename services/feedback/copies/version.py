"""One number that says whether what this process remembers is still the newest."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from services.feedback.copies.model import CopiesVersion


def bump(session: Session) -> None:
    """Tell every process that copies, contract targets or calendars have changed."""
    grown = sa.update(CopiesVersion).where(col(CopiesVersion.id) == 1)
    session.execute(grown.values(version=CopiesVersion.version + 1))
