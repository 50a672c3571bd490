"""`docs/events.md`: every event that the services publish, its data and who may read it."""

import json
from collections.abc import Iterator, Sequence
from importlib import import_module

from pydantic import BaseModel

from chassis.events import EventType
from gateway.feed.rules import RULES
from kumppani.parts import SERVICES
from tests.support.event_shapes import A_DAY, AN_ID, Shape

HEAD = f"""\
# Events

Written by `make docs` from what each service publishes (`services/*/events.py`) and what the gateway lets
out (`gateway/feed/rules.py`).

An event is a [CloudEvent 1.0](https://cloudevents.io) in JSON. It is stored in the same transaction as what
it tells, carries the **full state** of its subject, and stays in the feed: who comes later reads from the
beginning.

- **Between services**: `GET /v1/events?after=&wait=&limit=` of each service, with the reader's own token. The
  answer is `{{"items": […], "next": "…"}}`; go on with `after=<next>`, also when `items` is empty. `wait`
  holds the call up to 25 seconds until there is news. Events come in the order of their commits, none is ever
  skipped, and one may come twice: remember the `id`s that were handled.
- **People**: fields marked ○ tell about people. They are kept apart, may have been erased, and are in the
  answer only for a token with the scope `events:personal` of a service that the publisher names: feedback
  reads the people of customers, nobody else reads any
  ([decision 014](decisions/014-events-without-people.md)).
- **For clients**: `GET /api/v1/events?after=&wait=` of the gateway follows all services at once and shows
  each caller what the caller may see. Only fields marked ● leave the house; personal data never does.

```json
{{
  "specversion": "1.0",
  "id": "{AN_ID}",
  "source": "/services/customers",
  "type": "kumppani.customers.site.changed",
  "subject": "{AN_ID}",
  "time": "{A_DAY}T08:00:00.000000+00:00",
  "datacontenttype": "application/json",
  "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  "data": {{}}
}}
```
"""


def published(service: str) -> Sequence[EventType]:
    """Return the event types of a service."""
    types: Sequence[EventType] = import_module(f"services.{service}.events").PUBLISHED
    return types


def leaving(type_: str) -> frozenset[str]:
    """Return the paths of the fields that the client feed shows."""
    rule = RULES.get(type_.rpartition(".")[0])
    if rule is None:
        return frozenset()
    return frozenset(f"{rule.within}.{name}" if rule.within else name for name in rule.fields)


def _among(path: str, shown: frozenset[str]) -> bool:
    return any(path == each or path.startswith((f"{each}.", f"{each}[")) for each in shown)


def shape_lines(model: type[BaseModel], types: Sequence[EventType]) -> Iterator[str]:
    """Yield the part of the page about events that share their data's shape."""
    shape = Shape(model)
    shown = leaving(types[0].name)
    yield from ("| type | when |", "|---|---|")
    for each in types:
        yield f"| `{each.name}` | {each.summary} |"
    yield from ("", "| data | holds | person | leaves |", "|---|---|:-:|:-:|")
    for field in shape.fields():
        words = f"{field.kind} – {field.words}" if field.words else field.kind
        personal = "○" if _among(field.path, types[0].personal) else ""
        yield f"| `{field.path}` | {words} | {personal} | {'●' if _among(field.path, shown) else ''} |"
    if not shown:
        yield from ("", "Nothing of it leaves the house.")
    example = json.dumps(shape.example(), ensure_ascii=False, indent=2)
    yield from ("", "```json", example, "```", "")


def title(model: type[BaseModel], types: Sequence[EventType]) -> str:
    """Return the heading: the aggregate, and what its state is called."""
    aggregate = types[0].name.split(".")[2]
    return f"### {aggregate}: {(model.__doc__ or '').partition('.')[0].lower()}"


def page() -> str:
    """Return the whole page."""
    lines = [HEAD]
    for service in SERVICES:
        lines += [f"## {service}", ""]
        by_shape: dict[type[BaseModel], list[EventType]] = {}
        for each in published(service):
            by_shape.setdefault(each.data, []).append(each)
        for model, types in by_shape.items():
            lines += [title(model, types), "", *shape_lines(model, types)]
    return "\n".join(lines).rstrip("\n") + "\n"
