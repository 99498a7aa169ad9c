"""Which contact details are one person's own. The directory keeps those of a service, not those of somebody who works there. Pure.

An e-mail address is a person's where what stands before the @ is two words joined by a dot or an underscore ("jane.doe", "j.doe"),
and neither is a word of the entry itself (its name, organisation, description or sites) or of what teams are called. A telephone
number is a person's where only a contact with a name gives it and it is a mobile one.
"""

import re
from collections.abc import Mapping
from typing import Any

_TWO_WORDS = re.compile(r"([a-z'-]+)[._]([a-z'-]+)\d{0,4}")
_MOBILE = re.compile(r"(?:\+44|0044|0)7")
_OF_TEAMS = frozenset({
    "about", "access", "admin", "administration", "adult", "adults", "advice", "and", "appointments", "bookings", "care", "carers",
    "central", "centre", "children", "clinic", "communities", "community", "contact", "customer", "day", "direct", "dementia", "duty",
    "east", "enquiries", "enquiry", "for", "general", "group", "hello", "help", "helpline", "home", "homes", "hospital", "housing",
    "hub", "info", "information", "library", "line", "local", "mail", "manager", "nhs", "north", "office", "online", "older", "people",
    "phone", "reablement", "reception", "referral", "referrals", "service", "services", "single", "social", "south", "support", "team",
    "the", "west",
})  # fmt: skip


def is_persons_email(email: str, says: str) -> bool:
    """True for an address that looks like one person's, in an entry that says this of the service and its places."""
    words = _TWO_WORDS.fullmatch(email.partition("@")[0].lower())
    if not words or _OF_TEAMS & set(words.groups()):
        return False
    known = set(re.findall(r"[a-z'-]+", says.lower()))
    return not known & set(words.groups())


def is_persons_phone(number: str, contact: Mapping[str, Any]) -> bool:
    """True for the mobile number of a contact that is named."""
    return bool(contact.get("name")) and bool(_MOBILE.match(re.sub(r"[^\d+]", "", number)))
