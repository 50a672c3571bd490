"""Whatever milestones hold, the file is one that calendar programs read (RFC 5545)."""

import unicodedata
from datetime import UTC, date, datetime
from uuid import UUID

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.languages import Language
from services.contracts.calendars.ical import Entry, calendar_file
from services.contracts.clock.rules import Status

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=90)
"""Anything that the database can hold, also what is refused by now."""
MOMENTS = st.floats(0, 4e9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ENTRIES = st.lists(
    st.builds(
        Entry,
        id=st.uuids(version=4),
        day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        topic=WORDS,
        content=WORDS,
        customer=WORDS,
        responsible=WORDS,
        status=st.sampled_from(Status),
        actual_on=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        note=st.none() | WORDS,
        created_at=MOMENTS,
        changed_at=MOMENTS,
        sequence=st.integers(0, 99),
        url=st.uuids().map("https://kumppani.example/milestones/{}".format),
    ),
    max_size=3,
    unique_by=lambda entry: entry.id,
)
LANGUAGES: st.SearchStrategy[Language] = st.sampled_from(("fi", "sv", "en"))
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "URL")


@settings(max_examples=60, deadline=None)
@given(ENTRIES, LANGUAGES)
def test_every_calendar_is_read_whole_by_a_strict_reader(entries: list[Entry], language: Language) -> None:
    file = calendar_file(entries, language)

    lines = file.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(unicodedata.category(sign) == "Cc" for line in lines for sign in line.decode())
    [calendar] = icalendar.Calendar.from_ical(file, multiple=True)
    assert calendar.errors == []
    assert {str(each["UID"]) for each in calendar.events} == {f"{entry.id}@kumppani" for entry in entries}
    by_id = {entry.id: entry for entry in entries}
    for event in calendar.events:
        assert event.errors == []
        assert all(not isinstance(event[name], list) for name in ONCE)
        entry = by_id[UUID(str(event["UID"]).partition("@")[0])]
        assert event.decoded("DTSTAMP") == entry.changed_at.replace(microsecond=0)
        assert event.decoded("DTSTART") == entry.day < event.decoded("DTEND")
        assert str(event["URL"]) == entry.url
    assert calendar_file(entries, language) == file
