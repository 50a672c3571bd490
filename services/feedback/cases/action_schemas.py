"""Wire shapes of what people do to a case."""

from uuid import UUID

from chassis.schemas import Flag, Text, Wire, example
from trade.vocabulary import Severity


class Nothing(Wire):
    """An action that needs no words."""

    model_config = example({})


class MessageInput(Wire):
    """A message; one that is not public stays on the producer's side."""

    model_config = example({"body": "Lisäämme annoskokoja heti huomisesta.", "public": True})

    body: Text
    """What is said."""
    public: Flag = True
    """False keeps it on the producer's side."""


class WaitInput(Wire):
    """What the customer is asked."""

    model_config = example({"question": "Montako oppilasta jäi ilman?"})

    question: Text
    """What the customer is asked."""


class ResolveInput(Wire):
    """What was done."""

    model_config = example({"body": "Annosmitoitus korjattiin ja varalle jää 5 %."})

    body: Text
    """What was done; the customer reads it."""


class ReopenInput(Wire):
    """Why it is not settled."""

    model_config = example({"reason": "Ruoka loppui taas tänään."})

    reason: Text
    """Why it is not settled."""


class AssignInput(Wire):
    """Who handles it from now on."""

    model_config = example({"person_id": "01930000-0000-7000-8000-000000000002", "reason": "Lomalla"})

    person_id: UUID
    """Who handles it from now on."""
    reason: Text | None = None
    """Why; the producer's side reads it."""


class SeverityInput(Wire):
    """How bad it is, and why that is seen otherwise now."""

    model_config = example({"severity": "critical", "reason": "Kolme oppilasta sai oireita."})

    severity: Severity
    """How bad it is."""
    reason: Text
    """Why that is seen otherwise now."""
