"""What is noted, and in which words. Pure. Nothing here lets a sentence, a name or an e-mail address through."""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

PROGRAM = frozenset({"command line", "job", "visitor"})
"""Who does what no person does, or nobody who is known: somebody who is not signed in."""
_PERSON = re.compile(r"[0-9a-f]{32}")
_ABOUT = re.compile(r"[A-Za-z0-9:._-]{1,80}")
_COUNCIL = re.compile(r"[A-Z][0-9]{8}")
_PRACTICE = re.compile(r"[A-Z0-9]{1,6}")


class Deed(StrEnum):
    """What somebody did."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a deed, not a password
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a deed, not a password
    SESSION_ENDED = "session_ended"
    SIGNPOST_ANSWERED = "signpost_answered"
    CONTACT_CHANGED = "contact_changed"
    ASKING_CHANGED = "asking_changed"
    QUESTION_ANSWERED = "question_answered"
    QUESTION_APPROVED = "question_approved"
    QUESTION_DROPPED = "question_dropped"
    PLEDGE_SIGNED = "pledge_signed"
    PLEDGE_WITHDRAWN = "pledge_withdrawn"
    ACTION_PLANNED = "action_planned"
    ACTION_ENDED = "action_ended"
    SURVEY_OPENED = "survey_opened"
    PERSON_JOINED = "person_joined"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    INVITATION_MADE = "invitation_made"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    PRACTICE_CODE_MADE = "practice_code_made"
    PRACTICE_MOVED = "practice_moved"
    COUNCIL_LOADED = "council_loaded"
    COUNCIL_EDITED = "council_edited"
    COUNCIL_SUCCEEDED = "council_succeeded"
    RULE_CHANGED = "rule_changed"
    DIRECTORY_PUBLISHED = "directory_published"
    FEED_NAMED = "feed_named"
    FEED_CHANGED = "feed_changed"
    FEED_REMOVED = "feed_removed"
    PULL_ASKED = "pull_asked"
    TERM_MAPPED = "term_mapped"
    IMPORT_DISCARDED = "import_discarded"
    SERVICE_WITHDRAWN = "service_withdrawn"
    SERVICE_DRAFTED = "service_drafted"
    SERVICE_DRAFT_REFUSED = "service_draft_refused"
    SERVICE_AMENDED = "service_amended"
    SERVICE_AMENDMENT_UNDONE = "service_amendment_undone"
    SERVICE_CONFIRMED = "service_confirmed"
    SERVICE_ASKED = "service_asked"
    ENTRY_REPORT_TAKEN = "entry_report_taken"
    ENTRY_REPORT_SETTLED = "entry_report_settled"
    SWITCHED_OFF = "switched_off"
    SWITCHED_ON = "switched_on"
    REPORT_SETTLED = "report_settled"
    EXPORTED = "exported"
    DATA_DOWNLOADED = "data_downloaded"
    PERSON_WARNED = "person_warned"
    PERSON_ERASED = "person_erased"
    RETENTION_RUN = "retention_run"
    BACKUP_RESTORED = "backup_restored"


def check(*, by: str, about: str, council: str | None, practice: str | None, fields: Sequence[str], known: Collection[str]) -> None:
    """Raises ValueError, which does not repeat it, at anything but ids and `known` names of columns."""
    said = {
        "by": by in PROGRAM or _PERSON.fullmatch(by),
        "about": _ABOUT.fullmatch(about),
        "council": council is None or _COUNCIL.fullmatch(council),
        "practice": practice is None or _PRACTICE.fullmatch(practice),
        "fields": not isinstance(fields, str) and set(fields) <= set(known),
    }
    if wrong := [name for name, fits in said.items() if not fits]:
        raise ValueError(f"an audit entry takes ids only: {', '.join(wrong)}")
