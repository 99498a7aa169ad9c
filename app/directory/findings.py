"""What an import finds in a record, and what it does about it. Pure; the words are in content/messages/import.yaml."""

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What becomes of a record, or of one value in it."""

    ACCEPT = "accept"
    REPAIR = "accept-with-repair"
    REJECT = "reject"


class Fault(StrEnum):
    """Every kind of thing that an import can find."""

    NOT_JSON = "not_json"
    NOT_A_SERVICE = "not_a_service"
    LINE_TOO_LONG = "line_too_long"
    ID_MISSING = "id_missing"
    ID_TOO_LONG = "id_too_long"
    ID_REUSED = "id_reused"
    SOURCE_ID_REUSED = "source_id_reused"
    ID_TAKEN = "id_taken"
    NAME_MISSING = "name_missing"
    STATUS_UNKNOWN = "status_unknown"
    TEST_RECORD = "test_record"
    WINDOWS_1252 = "windows_1252"
    BYTE_ORDER_MARK = "byte_order_mark"
    ID_NOT_UUID = "id_not_uuid"
    ID_WRITTEN_OTHERWISE = "id_written_otherwise"
    REPEATED = "repeated"
    REPEATED_NEWER = "repeated_newer"
    REPEATED_OLDER = "repeated_older"
    EMPTY_VALUE = "empty_value"
    WRONG_TYPE = "wrong_type"
    NOT_A_LIST = "not_a_list"
    TOO_LONG = "too_long"
    MARKUP = "markup"
    WRONGLY_DECODED = "wrongly_decoded"
    CONTROL_CHARACTERS = "control_characters"
    STATUS_MISSING = "status_missing"
    STATUS_WRITTEN_OTHERWISE = "status_written_otherwise"
    ORGANISATION_MISSING = "organisation_missing"
    URL_WITHOUT_SCHEME = "url_without_scheme"
    URL_NOT_USABLE = "url_not_usable"
    EMAIL_NOT_USABLE = "email_not_usable"
    PERSONAL_EMAIL = "personal_email"
    PERSONAL_PHONE = "personal_phone"
    PHONE_NOT_USABLE = "phone_not_usable"
    AGE_AS_TEXT = "age_as_text"
    AGE_NOT_USABLE = "age_not_usable"
    DATE_WRITTEN_OTHERWISE = "date_written_otherwise"
    DATE_NOT_USABLE = "date_not_usable"
    DATE_IN_FUTURE = "date_in_future"
    COORDINATES_AS_TEXT = "coordinates_as_text"
    COORDINATES_SWAPPED = "coordinates_swapped"
    COORDINATES_NOT_USABLE = "coordinates_not_usable"
    COORDINATES_FAR_FROM_POSTCODE = "coordinates_far_from_postcode"
    POSTCODE_WRITTEN_OTHERWISE = "postcode_written_otherwise"
    POSTCODE_NOT_USABLE = "postcode_not_usable"
    REFUGE_ADDRESS = "refuge_address"
    ORGANISATION_WITHOUT_DESCRIPTION = "organisation_without_description"
    COUNCIL_UNKNOWN = "council_unknown"
    YES_OR_NO = "yes_or_no"
    PHONE_WITHOUT_ZERO = "phone_without_zero"
    NOT_FETCHED = "not_fetched"
    OTHER_COUNCIL = "other_council"

    @property
    def verdict(self) -> Verdict:
        if self in _REJECTING:
            return Verdict.REJECT
        return Verdict.ACCEPT if self in _HARMLESS else Verdict.REPAIR


_REJECTING = {
    Fault.NOT_JSON, Fault.NOT_A_SERVICE, Fault.LINE_TOO_LONG, Fault.ID_MISSING, Fault.ID_TOO_LONG, Fault.ID_REUSED,
    Fault.SOURCE_ID_REUSED, Fault.ID_TAKEN, Fault.NAME_MISSING, Fault.STATUS_UNKNOWN, Fault.TEST_RECORD,
    Fault.NOT_FETCHED, Fault.OTHER_COUNCIL,
}  # fmt: skip
_HARMLESS = {Fault.ORGANISATION_WITHOUT_DESCRIPTION, Fault.COUNCIL_UNKNOWN, Fault.PERSONAL_EMAIL, Fault.PERSONAL_PHONE}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: where, the value as the feed gives it, and what it is."""

    fault: Fault
    field: str
    value: str


@dataclass(slots=True)
class Notebook:
    """Collects the findings of one record, each fault of a field once."""

    findings: list[Finding] = field(default_factory=list)

    def note(self, fault: Fault, where: str, value: object = "") -> None:
        if not any(known.fault is fault and known.field == where for known in self.findings):
            self.findings.append(Finding(fault, where, str(value)[:400]))

    def speaks_of(self, where: str) -> bool:
        """True when something was found in this field."""
        return any(known.field == where for known in self.findings)

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict among the findings; a record without any is accepted."""
        verdicts = {finding.fault.verdict for finding in self.findings}
        return next((verdict for verdict in (Verdict.REJECT, Verdict.REPAIR) if verdict in verdicts), Verdict.ACCEPT)
