"""The trade's words that several capabilities share; the values are the words on the wire."""

from enum import StrEnum


class CustomerKind(StrEnum):
    """Whether the ordering customer belongs to the city (one legal person) or stands outside it."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class SiteKind(StrEnum):
    """What kind of place a site is."""

    COMPREHENSIVE_SCHOOL = "comprehensive_school"
    UPPER_SECONDARY_SCHOOL = "upper_secondary_school"
    DAY_CARE = "day_care"
    CARE_HOME = "care_home"
    OFFICE = "office"
    MUSEUM = "museum"
    LIBRARY = "library"
    SWIMMING_HALL = "swimming_hall"
    YOUTH_CENTRE = "youth_centre"
    FIRE_STATION = "fire_station"
    HEALTH_CENTRE = "health_centre"
    OTHER = "other"


class Level(StrEnum):
    """The level of the partnership a contact works on (source, chapter on two levels; domain.md §1)."""

    CONTRACT = "contract"
    OPERATIONAL = "operational"


class Topic(StrEnum):
    """What somebody wants to talk about (need N10)."""

    MEALS = "meals"
    CLEANING = "cleaning"
    COMPLAINT = "complaint"
    SPECIAL_DIET = "special_diet"
    CONTRACT = "contract"
    BILLING = "billing"
    CHANGE = "change"
    FOOD_SAFETY = "food_safety"
    OTHER = "other"


class PersonLanguage(StrEnum):
    """The language a person is written to in."""

    FI = "fi"
    SV = "sv"
    EN = "en"
