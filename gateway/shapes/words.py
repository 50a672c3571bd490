"""The closed lists of words that requests may use; answers use the same, and may learn new ones first."""

from typing import Literal

SiteKind = Literal[
    "comprehensive_school",
    "upper_secondary_school",
    "day_care",
    "care_home",
    "office",
    "museum",
    "library",
    "swimming_hall",
    "youth_centre",
    "fire_station",
    "health_centre",
    "other",
]
Role = Literal[
    "contract_contact",
    "site_head",
    "site_staff",
    "service_supervisor",
    "complaint_handler",
    "account_manager",
    "management",
    "administrator",
    "producer_supervisor",
    "integration",
]
Topic = Literal[
    "meals", "cleaning", "complaint", "special_diet", "contract", "billing", "change", "food_safety", "other"
]
ResponsibleName = Literal[
    "customer_relations_group",
    "enterprise",
    "departments",
    "group_services",
    "department_management",
    "both_parties",
]
YearStateName = Literal[
    "draft", "in_negotiation", "in_approval", "signed", "in_force", "ended", "rejected", "terminated"
]
CaseState = Literal["received", "acknowledged", "in_progress", "waiting", "resolved", "closed"]
ServiceName = Literal["meals", "cleaning", "multiservice", "staff_meals", "coffee"]
SeverityName = Literal["low", "normal", "high", "critical"]
PartyName = Literal["customer", "producer"]
