"""The assistant's page and its API. Nothing that is typed here is stored, logged or put in an address."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.access import Audience, open_to
from app.assistant.actions import ask, report_answer
from app.assistant.conversation import LONGEST_TEXT, Ask
from app.assistant.forms import AskForm, report_fields
from app.assistant.knowledge import knowledge
from app.assistant.local import UnknownPlace, local
from app.assistant.page import page_of
from app.assistant.queries import leaflet_for
from app.assistant.reporting import Unlisted, read_report
from app.content.messages import say
from app.places import queries as places
from app.relationships.queries import answered

blueprint = Blueprint("assistant", __name__)


@blueprint.get("/ask")
@blueprint.get("/answers/wrong")
@open_to(Audience.VISITOR)
def box() -> BaseResponse:
    """Somebody came back by address: the conversation lives in the page only, so they start at the box."""
    return redirect(url_for("pages.home"))


@blueprint.post("/ask")
@open_to(Audience.VISITOR)
def answer() -> tuple[str, int] | str:
    form = AskForm(request.form)
    if not form.validate():
        return render_template("assistant/refused.html", form=form), 422
    known = knowledge()
    try:
        conversation = form.ask().conversation([*known.vocabulary.needs, *known.vocabulary.red_flags])
        place = local(form.council.data or None, None)
    except (ValidationError, UnknownPlace):
        return _restarted(form)
    made, data = ask(conversation, place, new_turn=form.is_new_turn)
    page = page_of(conversation, made, data, known)
    has_asked = place.council and (data["information"] or data["asked_unknown"])
    said = answered(place.council.code, conversation.turns[-1]) if place.council and has_asked else []
    return render_template("assistant/answer.html", **page, home=place.council, said=said, councils=places.councils())


def _restarted(form: AskForm) -> tuple[str, int]:
    """Hidden fields that do not fit: keep what was typed and start from it."""
    kept = AskForm(MultiDict({"text": form.text.data or " ".join(form.earlier)[:LONGEST_TEXT]}))
    kept.text.errors = [say("assistant.start_again")]
    return render_template("assistant/refused.html", form=kept), 422


@blueprint.post("/answers/wrong")
@open_to(Audience.VISITOR)
def wrong() -> tuple[str, int] | str:
    """The form opens this in another tab, so that the answer and what was typed stay where they are and are not sent."""
    try:
        report = read_report(report_fields(request.form))
        number = report_answer(report=report)
    except Unlisted as error:
        return render_template("assistant/reported.html", refused=_not_kept(error)), 400
    kept = report.model_dump(mode="json") | {"fault": say(f"assistant.fault.{report.fault}")}
    return render_template("assistant/reported.html", number=number, kept=kept)


def _not_kept(error: Unlisted) -> str:
    if str(error) in ("rules_version", "content_version"):
        return say("assistant.report.outdated")
    return say("assistant.report.no_fault") if str(error) == "fault" else say("assistant.report.unlisted", field=error)


@blueprint.get("/alternatives/<identity>")
@open_to(Audience.VISITOR)
def alternative(identity: str) -> str:
    vocabulary = knowledge().vocabulary
    entry = vocabulary.alternatives.get(identity) or abort(404)
    instead = vocabulary.alternatives.get(entry.withdrawn.instead) if entry.withdrawn else None
    sources = [vocabulary.sources[source].title for source in entry.sources]
    return render_template(
        "assistant/alternative.html",
        entry=entry,
        sources=sources,
        responsible=local(None, None).responsible(entry.responsible),
        instead=instead,
        today=date.today(),
    )


@blueprint.get("/leaflet")
@open_to(Audience.VISITOR)
def leaflet() -> str:
    """What can help, in large print for the person or their family. The address names alternatives, never a person's needs."""
    code = request.args.get("council")
    council = (places.council_or_none(code) or abort(404)) if code else None
    return render_template("assistant/leaflet.html", **(leaflet_for(request.args.getlist("a"), council) or abort(404)), code="")


@blueprint.post("/api/assistant")
@open_to(Audience.VISITOR)
def api() -> Response | tuple[Response, int]:
    try:
        body = Ask.model_validate(_sent())
        place = local(body.council, body.near)
    except RequestEntityTooLarge:
        return _refusal("too_long", say("assistant.too_long", limit=f"{LONGEST_TEXT:,}"), "text", 413)
    except BadRequest:
        return _refusal("not_json", say("assistant.bad_body", what=say("assistant.not_json")), "", 400)
    except ValidationError as error:
        return _invalid(error)
    except UnknownPlace as error:
        return _refusal("unknown_place", say(f"assistant.unknown_{error}"), str(error), 422)
    known = knowledge()
    _, data = ask(body.conversation([*known.vocabulary.needs, *known.vocabulary.red_flags]), place, new_turn=True)
    return jsonify(data)


@blueprint.post("/api/assistant/wrong")
@open_to(Audience.VISITOR)
def api_wrong() -> Response | tuple[Response, int]:
    try:
        number = report_answer(report=read_report(_sent()))
    except BadRequest:
        return _refusal("not_json", say("assistant.report.unlisted", field=say("assistant.not_json")), "", 400)
    except Unlisted as error:
        return _refusal("not_listed", _not_kept(error), str(error), 400)
    return jsonify({"number": number})


def _sent() -> Any:
    """The body as JSON. Raises BadRequest."""
    try:
        return request.get_json()
    except RecursionError:
        raise BadRequest from None


def _invalid(error: ValidationError) -> tuple[Response, int]:
    first: Any = error.errors()[0]
    field = ".".join(str(step) for step in first["loc"])
    if field == "text" and first["type"] == "string_too_long":
        return _refusal("too_long", say("assistant.too_long", limit=f"{LONGEST_TEXT:,}"), field, 422)
    if field == "text":
        return _refusal("empty", say("assistant.empty"), field, 422)
    return _refusal("invalid", say("assistant.bad_body", what=f"{field}: {first['msg']}"), field, 422)


def _refusal(code: str, message: str, field: str, status: int) -> tuple[Response, int]:
    return jsonify({"error": {"code": code, "message": message, "field": field}}), status
