"""The closed vocabularies of a case; the values are the wire's words."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of word it is."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    QUESTION = "question"


class State(StrEnum):
    """Where the case stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


OPEN_STATES = (State.RECEIVED, State.ACKNOWLEDGED, State.IN_PROGRESS, State.WAITING)


class Channel(StrEnum):
    """The way in; each gives the same record (need N7)."""

    WEB = "web"
    PHONE = "phone"
    EMAIL = "email"
    FACE_TO_FACE = "face_to_face"


class Wish(StrEnum):
    """How the customer would like to be answered."""

    WRITTEN = "written"
    CALL = "call"
    VISIT = "visit"


class Action(StrEnum):
    """What a person does to a case; the words of ``allowed`` and of the sub-resources."""

    ACKNOWLEDGE = "acknowledge"
    MESSAGE = "messages"
    WAIT = "wait"
    RESUME = "resume"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    ASSIGN = "assign"
    SEVERITY = "severity"


class What(StrEnum):
    """What happened: the kinds of entries in a case's append-only log."""

    RECEIVED = "received"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    WROTE = "wrote"
    NOTED = "noted"
    WAITING = "waiting"
    RESUMED = "resumed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    ASSIGNED = "assigned"
    SEVERITY_CHANGED = "severity_changed"
    TARGETS_CHANGED = "targets_changed"
    WARNED = "warned"
    ESCALATED = "escalated"


class MessageKind(StrEnum):
    """The part a message plays in the conversation."""

    MESSAGE = "message"
    RECEIPT = "receipt"
    QUESTION = "question"
    ANSWER = "answer"
    RESOLUTION = "resolution"
    REOPENING = "reopening"
    NOTE = "note"


class Speaker(StrEnum):
    """Whose words a message is; what the service writes by itself has no person."""

    CUSTOMER = "customer"
    PRODUCER = "producer"
    SERVICE = "service"
