"""Where things are: councils, practices and postcodes."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Put this feature in place."""
