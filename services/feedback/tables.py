"""Every table of the service, for migrations: importing this module fills ``Base.metadata``."""

from services.feedback.base import Base
from services.feedback.cases import model as cases
from services.feedback.copies import model as copies
from services.feedback.escalation import model as escalation
from services.feedback.finding import model as finding
from services.feedback.sla import model as sla

__all__ = ["Base", "cases", "copies", "escalation", "finding", "sla"]
