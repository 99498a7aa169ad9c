"""Where to go after choosing: only ever a page of this site. Pure."""

from urllib.parse import urlsplit

HOME = "/"


def local(address: str) -> str:
    """The address where it is a path on this site, otherwise the home page.

    Browsers read a backslash as a slash and pass over tabs and line ends, so that an address with one of them is refused.
    """
    plain = address.isprintable() and "\\" not in address and address.startswith("/") and not address.startswith("//")
    try:
        parts = urlsplit(address)
    except ValueError:
        return HOME
    return address if plain and not parts.scheme and not parts.netloc else HOME
