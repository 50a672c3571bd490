"""Every table of the contracts database, for its migrations."""

from services.contracts.agreements.model import Contract, ContractYear
from services.contracts.base import Base
from services.contracts.calendars.model import CalendarFeed
from services.contracts.clock.model import Milestone
from services.contracts.copies.model import KnownCustomer

__all__ = ["Base", "CalendarFeed", "Contract", "ContractYear", "KnownCustomer", "Milestone"]
