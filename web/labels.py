"""The words, icons and colours of the trade's codes: what ``in_progress`` is called on a page."""

from dataclasses import dataclass
from typing import Literal

from web.texts import mark

Colour = Literal["neutral", "accent", "info", "success", "warning", "danger"]


@dataclass(frozen=True)
class Label:
    """A code's Finnish word (translated where shown), its icon, and a colour that never speaks alone."""

    word: str
    icon: str
    colour: Colour = "neutral"


def _label(word: str, icon: str, colour: Colour = "neutral") -> Label:
    return Label(word, icon, colour)


LABELS: dict[str, dict[str, Label]] = {
    "case_kind": {
        "praise": _label(mark("Kiitos"), "heart", "success"),
        "suggestion": _label(mark("Kehitysehdotus"), "lightbulb", "info"),
        "complaint": _label(mark("Jokin on pielessä"), "triangle-alert"),
        "question": _label(mark("Kysymys"), "circle-help"),
    },
    "case_state": {
        "received": _label(mark("Vastaanotettu"), "inbox", "info"),
        "acknowledged": _label(mark("Otettu käsittelyyn"), "eye", "info"),
        "in_progress": _label(mark("Työn alla"), "wrench", "accent"),
        "waiting": _label(mark("Odottaa asiakasta"), "hourglass"),
        "resolved": _label(mark("Ratkaistu"), "circle-check", "success"),
        "closed": _label(mark("Suljettu"), "archive"),
    },
    "time_left": {
        "ok": _label(mark("Aikaa on"), "clock", "success"),
        "soon": _label(mark("Pian"), "alarm-clock", "warning"),
        "late": _label(mark("Myöhässä"), "circle-alert", "danger"),
        "paused": _label(mark("Tauolla"), "circle-pause"),
        "done": _label(mark("Valmis"), "circle-check", "success"),
    },
    "severity": {
        "low": _label(mark("Lievä"), "arrow-down"),
        "normal": _label(mark("Tavallinen"), "minus"),
        "high": _label(mark("Vakava"), "arrow-up", "warning"),
        "critical": _label(mark("Kriittinen"), "siren", "danger"),
    },
    "service": {
        "meals": _label(mark("Ateriat"), "utensils"),
        "cleaning": _label(mark("Puhtaus"), "sparkles"),
        "multiservice": _label(mark("Monipalvelu"), "layers"),
        "staff_meals": _label(mark("Henkilöstöruokailu"), "soup"),
        "coffee": _label(mark("Kahvitukset"), "coffee"),
    },
    "site_kind": {
        "comprehensive_school": _label(mark("Peruskoulu"), "school"),
        "upper_secondary_school": _label(mark("Lukio"), "graduation-cap"),
        "day_care": _label(mark("Päiväkoti"), "blocks"),
        "care_home": _label(mark("Hoivakoti"), "heart-handshake"),
        "office": _label(mark("Toimisto"), "building-2"),
        "museum": _label(mark("Museo"), "landmark"),
        "library": _label(mark("Kirjasto"), "library"),
        "swimming_hall": _label(mark("Uimahalli"), "waves"),
        "youth_centre": _label(mark("Nuorisotalo"), "users-round"),
        "fire_station": _label(mark("Paloasema"), "flame"),
        "health_centre": _label(mark("Terveysasema"), "stethoscope"),
        "other": _label(mark("Muu kohde"), "map-pin"),
    },
    "channel": {
        "web": _label(mark("Verkossa"), "globe"),
        "phone": _label(mark("Puhelimessa"), "phone"),
        "email": _label(mark("Sähköpostilla"), "mail"),
        "face_to_face": _label(mark("Kasvotusten"), "handshake"),
    },
    "wish": {
        "written": _label(mark("Kirjallinen vastaus"), "mail"),
        "call": _label(mark("Soitto"), "phone"),
        "visit": _label(mark("Käynti paikalla"), "footprints"),
    },
    "contract_state": {
        "draft": _label(mark("Luonnos"), "pencil-line"),
        "in_negotiation": _label(mark("Neuvottelussa"), "messages-square", "info"),
        "in_approval": _label(mark("Hyväksyttävänä"), "stamp", "info"),
        "signed": _label(mark("Allekirjoitettu"), "file-signature", "success"),
        "in_force": _label(mark("Voimassa"), "circle-check", "success"),
        "ended": _label(mark("Päättynyt"), "archive"),
        "rejected": _label(mark("Hylätty"), "circle-x", "danger"),
        "terminated": _label(mark("Irtisanottu"), "circle-x", "danger"),
    },
    "milestone_status": {
        "scheduled": _label(mark("Tulossa"), "calendar-days"),
        "met": _label(mark("Toteutui"), "circle-check", "success"),
        "partially_met": _label(mark("Toteutui osittain"), "circle-dot", "info"),
        "not_met": _label(mark("Ei toteutunut"), "circle-x"),
        "cancelled": _label(mark("Peruttu"), "ban"),
    },
    "responsible": {
        "customer_relations_group": _label(mark("Asiakkuusryhmä"), "users-round"),
        "enterprise": _label(mark("Liikelaitos"), "building-2"),
        "departments": _label(mark("Hallintokunnat"), "landmark"),
        "group_services": _label(mark("Konsernipalvelut"), "landmark"),
        "department_management": _label(mark("Hallintokunnan johtoryhmä"), "users-round"),
        "both_parties": _label(mark("Molemmat osapuolet"), "handshake"),
    },
    "role": {
        "contract_contact": _label(mark("Sopimusyhteyshenkilö"), "file-signature"),
        "site_head": _label(mark("Kohteen johtaja"), "map-pin"),
        "site_staff": _label(mark("Kohteen henkilöstö"), "map-pin"),
        "service_supervisor": _label(mark("Palveluesimies"), "clipboard-check"),
        "complaint_handler": _label(mark("Palautteiden käsittelijä"), "inbox"),
        "account_manager": _label(mark("Asiakkuusvastaava"), "handshake"),
        "management": _label(mark("Johto"), "chart-column"),
        "administrator": _label(mark("Pääkäyttäjä"), "settings"),
        "producer_supervisor": _label(mark("Ulkoisen tuottajan esimies"), "clipboard-check"),
        "integration": _label(mark("Järjestelmäliittymä"), "plug"),
    },
    "topic": {
        "meals": _label(mark("Ateriat"), "utensils"),
        "cleaning": _label(mark("Puhtaus"), "sparkles"),
        "complaint": _label(mark("Jokin on pielessä"), "triangle-alert"),
        "special_diet": _label(mark("Erityisruokavalio"), "leaf"),
        "contract": _label(mark("Sopimus"), "file-signature"),
        "billing": _label(mark("Laskutus"), "receipt-euro"),
        "change": _label(mark("Muutos palveluun"), "repeat"),
        "food_safety": _label(mark("Ruokaturvallisuus"), "siren"),
        "other": _label(mark("Muu asia"), "circle-help"),
    },
    "customer_kind": {
        "internal": _label(mark("Kaupungin oma"), "landmark"),
        "external": _label(mark("Ulkopuolinen"), "building-2"),
    },
    "part": {
        "gateway": _label(mark("Kumppanin tiedot"), "unplug"),
        "customers": _label(mark("Asiakasrekisteri"), "unplug"),
        "contracts": _label(mark("Sopimukset ja vuosikello"), "unplug"),
        "feedback": _label(mark("Palautteet"), "unplug"),
        "cases": _label(mark("Palautteet"), "unplug"),  # as a search calls it
    },
}
CHOICES = ("wish",)
"""Vocabularies that whoever tells something may choose from, under their names in the form and in the API."""


def label(vocabulary: str, code: str) -> Label:
    """Return a code's label; a code newer than this page shows as itself."""
    return LABELS[vocabulary].get(code) or Label(code.replace("_", " "), "tag")
