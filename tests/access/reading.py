"""Reading as somebody, whole: a text, or every event of the client feed."""

from collections.abc import Iterator

from tests.city import Json, RunningCity

STRANGER = "daycare-head"
HEAD = "school-head"
CONTACT = "contract-contact"
OUTSIDE = "producer-supervisor"


def gateway_text(city: RunningCity, who: str, path: str) -> str:
    """Return a good answer of the gateway as text."""
    answer = city.ask("gateway", "GET", f"/api/v1{path}", headers=city.credentials("gateway", who))
    assert answer.status_code == 200, answer.text
    return answer.text


def every_event(city: RunningCity, who: str) -> Iterator[Json]:
    """Yield the whole client feed of somebody."""
    after = ""
    while True:
        feed = city.read(who, f"/events?after={after}")
        assert not feed["degraded"]
        if feed["next"] == after:
            return
        yield from feed["items"]
        after = feed["next"]
