"""Which practice or council somebody works from: in a cookie that holds no more than that code, or in the forms of a page.

In a frame of another site a browser neither keeps nor sends our cookies. There the page's own forms carry the code.
"""

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from app.ui.cookies import Cookie

CHOICE = Cookie("fp_practice", seconds=365 * 24 * 3600)


def kept_choice() -> str:
    """What the cookie says, else what a form carries; empty where there is neither."""
    return CHOICE.value or _carried_choice()


def _carried_choice() -> str:
    try:
        return request.form.get("choice", "")
    except RequestEntityTooLarge:  # The page that says so asks for the place as well.
        return ""


def is_framed() -> bool:
    """Whether the browser asks for this page in order to show it in a frame."""
    return request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame")
