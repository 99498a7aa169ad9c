"""Work done later or on a timer."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Put this feature in place."""
