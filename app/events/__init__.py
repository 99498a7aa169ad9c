"""Typed "what happened" and one `record()`; never personal or free text."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Put this feature in place."""
