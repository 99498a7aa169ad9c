"""E-mail addresses in the one way in which they are kept and compared. Pure."""

from email_validator import EmailNotValidError, validate_email


def in_one_way(typed: str) -> str:
    """The address in small letters, without spaces around it; empty where it could not be written to."""
    # Not casefold: it writes ß as ss, which is another person's mailbox.
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return ""
