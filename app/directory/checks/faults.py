"""What can be wrong with an entry, and what comes of saying so. Pure."""

from enum import StrEnum


class Fault(StrEnum):
    """The words are in content/messages/checks.yaml."""

    PHONE = "phone"
    CLOSED = "closed"
    NOT_TAKING = "not_taking"
    WHOM = "whom"
    COST = "cost"
    DETAIL = "detail"
    SOMETHING_ELSE = "something_else"


class State(StrEnum):
    """Of a report."""

    OPEN = "open"
    MENDED = "mended"
    RIGHT = "right"
    """The entry was right, and stays as it is."""


SETTLED = (State.MENDED, State.RIGHT)
