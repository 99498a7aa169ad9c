"""Pages for when something is wrong: they say what to do, and nothing about the inside. The log says where it went wrong, and nothing
of what was sent."""

import traceback
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from app.content.messages import say
from app.ui.overload import COME_BACK

_SAID = {403, 404, 405, 410, 413, 415, 503}


class _Json(DefaultJSONProvider):
    """JSON that is nested beyond all reason counts as JSON that cannot be read."""

    def loads(self, s: str | bytes, **how: Any) -> Any:
        try:
            return super().loads(s, **how)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def register(app: Flask) -> None:
    app.json = _Json(app)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _broken)
    app.log_exception = _log  # type: ignore[method-assign,assignment]


def _log(fault: Any) -> None:
    """Kinds of errors and their places. Flask would add the address, and the words of an error often repeat what was sent."""
    error: BaseException | None = fault[1]
    lines = [f"{request.method} {request.endpoint}\n"]
    while error is not None:
        lines += [f"{type(error).__module__}.{type(error).__qualname__}\n", *traceback.format_tb(error.__traceback__)]
        error = error.__cause__ or error.__context__
    current_app.logger.error("unexpected error: %s", "".join(lines))


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if error.response is not None:
        return error.response
    shown = _shown(code if code in _SAID or code == 500 else 400, code)
    if code == 503:
        shown.headers["Retry-After"] = str(COME_BACK)
    if isinstance(error, MethodNotAllowed):
        shown.allow.update(error.valid_methods or ())
    return shown


def _broken(_error: Exception) -> ResponseReturnValue:
    return _shown(500, 500)


def _shown(said: int, code: int) -> Response:
    title, what = say(f"error.{said}.title"), say(f"error.{said}.what")
    if request.path.startswith("/api/"):
        return make_response(jsonify({"error": {"code": str(code), "message": f"{title}. {what}", "field": ""}}), code)
    return make_response(render_template("pages/error.html", title=title, what=what), code)
