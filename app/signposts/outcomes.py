"""What can come of a signpost. Pure."""

from enum import StrEnum


class Outcome(StrEnum):
    """What the service or the social work team says came of it."""

    STARTED = "started"
    NOT_SUITABLE = "not_suitable"
    NOT_REACHED = "not_reached"


class Reason(StrEnum):
    """Why something was not suitable. The last two say what the referral lacked, so that both sides see what to mend."""

    NEEDS_MORE = "needs_more"
    NOT_ELIGIBLE = "not_eligible"
    NO_ROOM = "no_room"
    DECLINED = "declined"
    ELSEWHERE = "elsewhere"
    NO_CONSENT = "no_consent"
    TOO_LITTLE_SAID = "too_little_said"


class Later(StrEnum):
    """Where the person was some months on."""

    AT_HOME = "at_home"
    CARE_HOME = "care_home"
    DIED = "died"
    NOT_KNOWN = "not_known"
