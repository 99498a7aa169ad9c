"""What a unit test gets when it reaches for a database or the network."""


class Forbidden(Exception):
    """Raised in place of the connection."""
