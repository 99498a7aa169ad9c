"""E-mail addresses in the one way in which they are kept and compared. Pure."""

from email_validator import EmailNotValidError, validate_email


def in_one_way(typed: str) -> str:
    """The address in small letters, without spaces around it; empty where it could not be written to.

    In ASCII, a host's other letters as IDNA writes them: our letters can go nowhere else, and no letter looks like another.
    """
    try:
        found = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    return (found.ascii_email or "").lower()
