"""Lifts operations and shapes out of a service's own document into the gateway's.

Requests stay as strict as the service is. Answers are opened, since a client must live with new fields and
words: closed shapes lose ``additionalProperties: false``, and a list of words tells those known today beside
"or any other text" (decision 013).
"""

import json
import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from chassis.openapi import SCHEMAS, Json, documented_problem, rewritten

DOCUMENTS = Path(__file__).with_name("openapi")
NAMES: Mapping[str, Mapping[str, str]] = {
    "customers": {},
    "contracts": {
        "ClockView": "AnnualClockView",
        "Kind": "ContractKind",
        "State": "YearState",
    },
    "feedback": {
        "ClockView": "CaseClockView",
        "Kind": "CaseKind",
        "ReasonView": "LedgerReasonView",
        "State": "CaseState",
        "TargetView": "PromisedTargetView",
    },
}
"""What a shape is called here, where two services call different things the same."""
PAGE = re.compile("^Page_(.+?)(View)?_$")
"""What FastAPI calls a page of a list."""
ALWAYS = (401, 403, 422, 429, 500, 503)
"""Problems that any operation may answer."""
OF_ALL = frozenset({"accept-language"})
"""Headers that every operation takes, told once for all in the document's introduction."""


class Service:
    """One service's document, and which of its shapes the gateway's document needs."""

    def __init__(self, name: str) -> None:
        self._names = NAMES[name]
        self._document = _document_of(name)
        self._known: Json = self._document["components"]["schemas"]
        self.schemas: Json = {}
        """The shapes that were needed so far, by the names they have here."""

    @cached_property
    def _both(self) -> set[str]:
        """Shapes that are sent and told: what is told is open, so it is another shape."""
        both = self._reached("requestBody") & self._reached("responses")
        return {name for name in both if "enum" not in self._known[name]}

    @property
    def tags(self) -> list[Json]:
        """The headings of its operations, with what each is about."""
        tags: list[Json] = self._document.get("tags", [])
        return tags

    def path_parameters(self, method: str, path: str) -> dict[str, Json]:
        """Return the schemas of the parts of an operation's path, by name."""
        operation = self._operation(method, path)
        found = [each for each in operation.get("parameters", []) if each["in"] == "path"]
        return {each["name"]: self._resolved(each["schema"]) for each in found}

    def operation(self, method: str, path: str, name: str, components: Json) -> Json:
        """Return the operation as it is shown here, without what guards it."""
        source = self._operation(method, path)
        lifted = {key: source[key] for key in ("tags", "summary", "description")} | {"operationId": name}
        parameters = [
            self._shown(each, told=False)
            for each in source.get("parameters", [])
            if each["name"] not in OF_ALL
        ]
        if parameters:
            lifted["parameters"] = parameters
        if "requestBody" in source:
            lifted["requestBody"] = self._shown(source["requestBody"], told=False)
        answers = {
            status: self._shown(answer, told=True)
            for status, answer in source["responses"].items()
            if int(status) < 400
        }
        refused = {int(status) for status in source["responses"] if int(status) >= 400}
        problems = {str(status): documented_problem(status, components) for status in {*refused, *ALWAYS}}
        lifted["responses"] = dict(sorted({**answers, **problems}.items()))
        return lifted

    def shape(self, name: str) -> Json:
        """Return a reference to a shape of its answers."""
        return self._reference(name, told=True)

    def _operation(self, method: str, path: str) -> Json:
        found: Json = self._document["paths"][f"/v1{path}"][method.lower()]
        return found

    def _resolved(self, schema: Json) -> Json:
        if "$ref" not in schema:
            return schema
        found: Json = self._known[schema["$ref"].removeprefix(SCHEMAS)]
        return found

    def _shown(self, part: Any, *, told: bool) -> Any:  # Any: JSON
        return rewritten(part, self._told if told else self._asked)

    def _asked(self, part: Json) -> Json:
        if "$ref" in part:
            return part | self._reference(part["$ref"].removeprefix(SCHEMAS), told=False)
        return part

    def _told(self, part: Json) -> Json:
        if "$ref" in part:
            name = part["$ref"].removeprefix(SCHEMAS)
            reference = self._reference(name, told=True)
            rest = {key: value for key, value in part.items() if key != "$ref"}
            return rest | (_or_any_text(reference) if "enum" in self._known[name] else reference)
        if part.get("type") == "string" and ("enum" in part or "const" in part):
            rest = {key: value for key, value in part.items() if key not in {"type", "enum", "const"}}
            return rest | _or_any_text({"type": "string", "enum": part.get("enum", [part.get("const")])})
        if part.get("additionalProperties") is False:
            part = {key: value for key, value in part.items() if key != "additionalProperties"}
        return part | _flat(part)

    def _reference(self, name: str, *, told: bool) -> Json:
        """Return a reference to a shape, and see to it that the shape is there."""
        shown = self._name(name, told=told)
        if shown not in self.schemas:
            self.schemas[shown] = {}  # a shape may hold itself
            schema = self._known[name]
            self.schemas[shown] = schema if "enum" in schema else self._shown(schema, told=told)
        return {"$ref": f"{SCHEMAS}{shown}"}

    def _name(self, name: str, *, told: bool) -> str:
        plain = name.removesuffix("-Input").removesuffix("-Output")
        if told and (name in self._both or plain != name):
            plain += "View"
        plain = PAGE.sub(r"\1Page", plain)
        return self._names.get(plain, plain)

    def _reached(self, way: Literal["requestBody", "responses"]) -> set[str]:
        """Return the shapes that requests or answers hold, at any depth."""
        found: set[str] = set()

        def note(part: Json) -> Json:
            name = str(part.get("$ref", "")).removeprefix(SCHEMAS)
            if name in self._known and name not in found:
                found.add(name)
                rewritten(self._known[name], note)
            return part

        for path in self._document["paths"].values():
            for operation in path.values():
                rewritten(operation.get(way, {}), note)
        return found


@cache
def _document_of(name: str) -> Json:
    """Return a service's document, which is read once and never changed."""
    document: Json = json.loads((DOCUMENTS / f"{name}.json").read_text("utf-8"))
    return document


def _or_any_text(words: Json) -> Json:
    return {"anyOf": [words, {"type": "string"}]}


def _flat(part: Json) -> Json:
    """Return "one of the words, or any text, or null" as one choice of three."""
    if "anyOf" not in part:
        return {}
    nested = [kind["anyOf"] if kind.keys() == {"anyOf"} else [kind] for kind in part["anyOf"]]
    return {"anyOf": [kind for group in nested for kind in group]}
