"""What an event's data looks like: its fields in words, and an example made from its schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

Json = Mapping[str, Any]  # Any: a JSON schema or a JSON value
AN_ID: Final = "0197f5a0-0000-7000-8000-000000000001"
AN_INSTANT: Final = "2026-03-10T08:00:00Z"
A_DAY: Final = "2026-03-10"
EXAMPLES: Final[Json] = {
    "reference": "S-2026-012",
    "case.reference": "P-2026-000123",
    "number": "A-006",
    "code": "SIKU",
    "name": "Opetuspalvelut",
    "department.name": "Sivistys- ja kulttuuripalvelut",
    "producer_name": "Oulun Serviisi",
    "customer_name": "Opetuspalvelut",
    "site_name": "Alppilan koulu",
    "calendar": "school",
    "business_id": "0187690-1",
    "billing_reference": "SIKU-OPE",
    "latitude": 64.99465,
    "longitude": 25.58015,
    "street": "Harjutie 31",
    "postal_code": "90840",
    "city": "Oulu",
    "standard": "Ateriastandardi B",
    "quantity": "41200",
    "content_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "text": "Serviisi tiedottaa ruokalistoista.",
    "title": "Hinnasto",
    "role": "Asiakkuusvastaava",
    "personal.persons[].name": "Oiva Vuori",
    "personal.owners.*.name": "Oiva Vuori",
    "personal.signed_by[].name": "Heidi Leinonen",
    "phone": "+358 40 000 0001",
    "email": "oiva.vuori@serviisi.example",
    "year": 2026,
    "topic.*": "Toteutuneen vuoden arviointi",
    "content.*": "Arvioidaan edellinen vuosi yhdessä.",
    "actual_note": "Pidettiin yhdessä.",
    "subject": "Lounas loppui kesken",
    "description": "Kolme luokkaa jäi ilman pääruokaa.",
    "reporter_name": "Hanna Seppälä",
    "reporter_phone": "+358 40 000 0070",
    "reporter_email": "hanna.seppala@oulu.example",
    "handler_name": "Seppo Manninen",
    "by_name": "Hanna Seppälä",
    "public": True,
    "response_breached": False,
    "resolution_breached": False,
}
"""By a field's whole path, else by its last name; anything else follows from its kind."""


@dataclass(frozen=True)
class Field:
    """A field of an event: its path (`lines[].price.amount`) and what it holds."""

    path: str
    kind: str
    words: str


class Shape:
    """The data of an event type."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.model = model
        self._root = model.model_json_schema(mode="serialization")

    def fields(self) -> list[Field]:
        """Return every field, those of parts after the part."""
        return list(self._fields(self._root, ""))

    def example(self) -> Json:
        """Return an example: the model's own, else one made from the schema."""
        for own in self._root.get("examples", []):
            known: Json = own
            return known
        made: Json = self._value(self._root, "")
        return made

    def _fields(self, schema: Json, above: str) -> Iterator[Field]:
        for name, field in schema.get("properties", {}).items():
            path = f"{above}{name}"
            inner, maybe = self._resolved(field)
            kind = _kind(inner) + (", or null" if maybe else "")
            yield Field(path, kind, str(field.get("description", "")))
            part, way = self._part(inner, path)
            if part is not None:
                yield from self._fields(part, f"{way}.")

    def _part(self, schema: Json, path: str) -> tuple[Json | None, str]:
        """Return the schema below a field that has fields of its own, and the path to there."""
        if schema.get("type") == "array":
            return self._part(self._resolved(schema["items"])[0], f"{path}[]")
        if isinstance(schema.get("additionalProperties"), Mapping):
            return self._part(self._resolved(schema["additionalProperties"])[0], f"{path}.*")
        return (schema, path) if schema.get("properties") else (None, path)

    def _resolved(self, schema: Json) -> tuple[Json, bool]:
        """Follow references; tell whether null is possible too."""
        if "$ref" in schema:
            return self._resolved(self._root["$defs"][schema["$ref"].rsplit("/", 1)[1]])
        if "anyOf" in schema:
            rest = [each for each in schema["anyOf"] if each != {"type": "null"}]
            return self._resolved(rest[0])[0], len(rest) < len(schema["anyOf"])
        return schema, False

    def _value(self, given: Json, path: str) -> Any:  # Any: JSON
        schema, _ = self._resolved(given)
        last = path.rpartition(".")[2]
        for known in (path, last):
            if known in EXAMPLES:
                return EXAMPLES[known]
        if "properties" in schema:
            below = f"{path}." if path else ""
            return {name: self._value(each, f"{below}{name}") for name, each in schema["properties"].items()}
        if schema.get("type") == "array":
            return [self._value(schema["items"], f"{path}[]")]
        if isinstance(schema.get("additionalProperties"), Mapping):
            names, _ = self._resolved(schema["propertyNames"])
            return {names["enum"][0]: self._value(schema["additionalProperties"], f"{path}.*")}
        return _plain_value(schema)


def _plain_value(schema: Json) -> object:
    """Return a value of a kind that has no fields."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("examples"):
        return schema["examples"][0]
    formats = {"uuid": AN_ID, "date-time": AN_INSTANT, "date": A_DAY}
    kinds: Json = {"integer": 1, "number": 1.0, "boolean": True, "object": {}}
    return formats.get(schema.get("format", "")) or kinds.get(schema.get("type", ""), "…")


def _kind(schema: Json) -> str:
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{each}`" for each in schema["enum"])
    formats = {"uuid": "id", "date-time": "instant", "date": "day"}
    kinds = {"integer": "whole number", "number": "number", "boolean": "true or false", "array": "list"}
    if schema.get("type") == "object":
        return "by name" if schema.get("additionalProperties") else "part"
    return formats.get(schema.get("format", "")) or kinds.get(schema.get("type", ""), "text")
