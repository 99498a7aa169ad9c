"""E-mail addresses in the one way in which they are kept and compared. Pure."""

from email_validator import EmailNotValidError, validate_email


def in_one_way(typed: str) -> str:
    """The address in small letters, without spaces around it; empty where it could not be written to."""
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError:
        return ""
