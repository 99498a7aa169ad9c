"""Pages for when something is wrong: they say what to do, and nothing about the inside."""

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from app.content.messages import say

_SAID = {403, 404, 405, 410, 413}


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _broken)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if error.response is not None:
        return error.response
    shown = _shown(code if code in _SAID or code == 500 else 400, code)
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
