"""Base templates, macros, form rendering, filters and static assets; no database, no feature."""

from datetime import date, datetime
from pathlib import Path

from flask import Flask
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader, UndefinedError
from jinja2.utils import missing
from whitenoise import WhiteNoise

from app.ui import overload
from app.ui.assets import Assets
from app.ui.headers import SecurityHeaders

HERE = Path(__file__).resolve().parent
MIME = {".svg": "image/svg+xml; charset=utf-8"}
"""Drawings are XML, of which the characters have to be said."""


class Loud(ChainableUndefined):
    """The NHS macros chain through absent values; a name that nobody passed is still an error."""

    def __str__(self) -> str:
        if self._undefined_obj is missing:
            raise UndefinedError(f"{self._undefined_name!r} was not given to the template")
        return ""

    __html__ = __str__


def long_date(value: date | datetime | str) -> str:
    """22 November 2026; also of a date as JSON keeps it, "2026-11-22"."""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{value.day} {value:%B %Y}"


def short_date(value: date | datetime | str) -> str:
    """22 Nov 2026; also of a date as JSON keeps it."""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{value.day} {value:%b %Y}"


def phone_link(number: str) -> str:
    """The tel: address of a number as people write it."""
    return "tel:" + "".join(character for character in number if character.isdigit() or character == "+")


def init_app(app: Flask) -> None:
    """Put the gate, templates, filters, headers and static files in place."""
    overload.init_app(app)
    app.jinja_options = {
        "undefined": Loud,
        "autoescape": lambda name: name is None or name.endswith((".html", ".jinja", ".svg", ".xml")),
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    folders = sorted((HERE.parent).glob("*/templates"))
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folders), PackageLoader("nhsuk_frontend_jinja")])
    app.jinja_env.filters.update(long_date=long_date, short_date=short_date, phone_link=phone_link)
    assets = Assets(HERE / "static")
    app.jinja_env.globals["asset"] = assets.url
    static = WhiteNoise(app.wsgi_app, root=HERE / "static", prefix="static/", max_age=86400, allow_all_origins=False, mimetypes=MIME)
    app.wsgi_app = SecurityHeaders(  # type: ignore[method-assign]
        static, https=app.config["HTTPS"], frame_ancestors=app.config["FRAME_ANCESTORS"]
    )
