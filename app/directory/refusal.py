"""Why a whole file or feed is refused, before or while it is read. Pure; the words are in content/messages/doors.yaml."""

from enum import StrEnum


class Why(StrEnum):
    """What is wrong with a file as a whole."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_FILES = "too_many_files"
    NOT_A_TABLE = "not_a_table"
    NOT_A_ZIP = "not_a_zip"
    NOT_XLSX = "not_xlsx"
    COLUMNS_MISSING = "columns_missing"
    TABLES_MISSING = "tables_missing"
    BROKEN_OFF = "broken_off"
    NOTHING_SENT = "nothing_sent"
    SENT_TOO_LARGE = "sent_too_large"


class Unreadable(Exception):
    """A file that cannot be used. `facts` fill in the sentence that says why and what to do."""

    def __init__(self, why: Why, **facts: object) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


class WhyNot(StrEnum):
    """Why a feed could not be fetched."""

    NOT_AN_ADDRESS = "not_an_address"
    NOT_HTTPS = "not_https"
    HOST_NOT_ALLOWED = "host_not_allowed"
    UNKNOWN_HOST = "unknown_host"
    PRIVATE_ADDRESS = "private_address"
    REDIRECTED = "redirected"
    NO_ANSWER = "no_answer"
    TOO_MUCH = "too_much"
    TOO_LONG = "too_long"
    NOT_A_LIST = "not_a_list"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_FOR_FORMAT = "not_for_format"


class Unfetched(Exception):
    """A feed that could not be fetched. `facts` fill in the sentence that says why and what to do."""

    def __init__(self, why: WhyNot, **facts: object) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts
