"""What the clock refuses, with its words: calendars that never open, due instants years away."""

from chassis.errors import DomainError, FieldError, InvalidInput
from chassis.problem_table import Problem
from services.feedback.sla.calendars import CalendarRefused, NoOpenTime


class CalendarNeverOpen(InvalidInput):
    """Business time was asked for in a calendar without open time."""


class DueTooFar(InvalidInput):
    """The due instant lies more than five years ahead."""


PROBLEMS: dict[type[DomainError], Problem] = {
    CalendarNeverOpen: Problem(
        422,
        "calendar_without_open_time",
        "Kalenterissa ei ole yhtään aukioloaikaa, joten määräaikaa ei voi laskea.",
        "Kalendern har ingen öppen tid, så tidsfristen kan inte beräknas.",
        "The calendar has no open time, so no due time can be worked out.",
    ),
    DueTooFar: Problem(
        422,
        "due_beyond_horizon",
        "Määräaika olisi yli viiden vuoden päässä. Lyhennä tavoitetta tai taukoa, tai lisää aukioloaikaa.",
        "Tidsfristen skulle ligga över fem år bort. Förkorta målet eller pausen, eller lägg till öppen tid.",
        "The due time would be more than five years away. Shorten the target or pause, or add open time.",
    ),
}


def _words(code: str, fi: str, sv: str, en: str) -> tuple[str, Problem]:
    return code, Problem(422, code, fi, sv, en)


FIELD_WORDS: dict[str, Problem] = dict(
    (
        _words(
            "calendar_without_open_time",
            "Lisää aukioloaika.",
            "Lägg till öppen tid.",
            "Add open hours.",
        ),
        _words(
            "due_beyond_horizon",
            "Enintään viisi vuotta.",
            "Högst fem år.",
            "At most five years.",
        ),
        _words(
            "due_beyond_preview",
            "Määräaika olisi yli vuoden päässä. Lyhennä tavoitetta tai taukoa.",
            "Tidsfristen skulle ligga över ett år bort. Förkorta målet eller pausen.",
            "The due time would be more than a year away. Shorten the target or pause.",
        ),
        _words(
            "ledger_too_long",
            "Selityksessä olisi yli {limit} riviä. Lyhennä tavoitetta tai kysy väljemmällä kalenterilla.",
            "Förklaringen skulle ha över {limit} rader. Förkorta målet eller fråga med en glesare kalender.",
            "The explanation would have over {limit} lines. Shorten the target or simplify the calendar.",
        ),
        _words(
            "frame_backwards",
            "Aukiolon alku on ennen loppua, saman vuorokauden sisällä. Kirjoita yö kahdessa osassa.",
            "Öppningstiden börjar före den slutar, inom samma dygn. Skriv en natt i två delar.",
            "Open hours begin before they end, within one day. Write a night in two parts.",
        ),
        _words(
            "frames_overlap",
            "Saman päivän aukioloajat ovat järjestyksessä eivätkä mene päällekkäin.",
            "Dagens öppettider står i ordning och överlappar inte.",
            "The open hours of a day are in order and do not overlap.",
        ),
        _words(
            "half_day_twice",
            "Sama päivä on annettu kahdesti.",
            "Samma dag har angetts två gånger.",
            "The same date is given twice.",
        ),
        _words(
            "closure_backwards",
            "Sulku alkaa ennen kuin se loppuu.",
            "Stängningen börjar innan den slutar.",
            "A closure begins before it ends.",
        ),
        _words(
            "time_zone_unknown",
            "Tuntematon aikavyöhyke. Käytä muotoa Europe/Helsinki.",
            "Okänd tidszon. Använd formen Europe/Helsinki.",
            "Unknown time zone. Use a name such as Europe/Helsinki.",
        ),
        _words(
            "holidays_unknown",
            "Tämän maan pyhäpäiviä ei tunneta. Käytä maan tunnusta, esimerkiksi FI.",
            "Landets helgdagar är okända. Använd landskoden, till exempel FI.",
            "The public holidays of this country are not known. Use a country code such as FI.",
        ),
        _words(
            "wall_time_malformed",
            "Anna kellonaika muodossa 08:00; vuorokauden loppu on 24:00.",
            "Ange klockslaget i formen 08:00; dygnets slut är 24:00.",
            "Give the time as 08:00; the end of the day is 24:00.",
        ),
        _words(
            "duration_malformed",
            "Anna kesto muodossa PT4H tai P2DT4H.",
            "Ange längden i formen PT4H eller P2DT4H.",
            "Give the duration as PT4H or P2DT4H.",
        ),
        _words(
            "duration_not_positive",
            "Kesto on pidempi kuin nolla.",
            "Längden är större än noll.",
            "A duration is longer than nothing.",
        ),
        _words(
            "pause_backwards",
            "Tauko alkaa ennen kuin se loppuu.",
            "Pausen börjar innan den slutar.",
            "A pause begins before it ends.",
        ),
    )
)


def refused(error: CalendarRefused, pointer: str) -> InvalidInput:
    """The refusal of a calendar as a problem; `pointer` is where it stands, such as `#/calendar`."""
    where = "/".join((pointer, *map(str, error.at)))
    kind = CalendarNeverOpen if isinstance(error, NoOpenTime) else InvalidInput
    return kind([FieldError(where, error.code)])
