"""A practice that an address asks for with `?ods=`, and what templates know of the place."""

from typing import Any

from flask import after_this_request, has_request_context, request
from flask_security import current_user
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.choice import CHOICE, is_framed
from app.accounts.queries import Place, choose_for_this_request, current_place
from app.content.messages import say

_NOTICE = "fingerpost.notice"
LONGEST_CODE_SHOWN = 12


def choose_by_address() -> None:
    """Before each request: `?ods=` chooses that practice for this and later requests. The API keeps no choice."""
    code = request.args.get("ods", "").strip().upper()
    if not code or request.path.startswith("/api/"):
        return
    if choose_for_this_request(code):
        after_this_request(lambda response: CHOICE.keep(response, code))
    else:
        request.environ[_NOTICE] = say("accounts.unknown_code", code=code[:LONGEST_CODE_SHOWN])


def place_for_templates() -> dict[str, Any]:
    """`place`, `notice`, `signed_in`, `framed`. A page that reports a broken database has to be shown as well, so it then has no place."""
    if not has_request_context():
        return {"place": Place(), "notice": "", "signed_in": False, "framed": False}
    try:
        place = current_place()
    except SQLAlchemyError:
        place = Place()
    notice = request.environ.get(_NOTICE, "")
    return {"place": place, "notice": notice, "signed_in": current_user.is_authenticated, "framed": is_framed()}
