"""What an organisation is called in letters and on pages."""

from app.accounts.models import EmailedLink
from app.places import queries as places


def name_of(link: EmailedLink) -> str:
    """The practice or council that a link is for; the product itself where it is for neither."""
    practice = places.practice_or_none(link.practice_code) if link.practice_code else None
    council = places.council_or_none(link.council_code) if link.council_code else None
    known = practice or council
    return known.name if known else "Fingerpost"
