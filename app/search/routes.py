"""The search page, its suggestions and its API. What people type is neither stored nor logged."""

from flask import Blueprint, Response, jsonify, render_template, request

from app.accounts.access import Audience, open_to
from app.accounts.queries import current_place
from app.content.messages import say
from app.events.actions import record
from app.events.kinds import SearchMade
from app.search.asking import Asking, Refused, asking
from app.search.facets import CATEGORY
from app.search.presenters import SHOWN, as_json, page_of
from app.search.queries import IndexNotReady, Results, search, suggest

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@open_to(Audience.VISITOR)
def results() -> str | tuple[str, int]:
    if not any(request.args.get(name) for name in ("q", "category")):
        return render_template("search/results.html", **page_of(request.args, None, None))
    try:
        asked = asking(request.args, current_place(), SHOWN)
        found = _found(asked)
    except Refused as refused:
        return render_template("search/results.html", **page_of(request.args, None, None, refused)), 422
    except IndexNotReady:
        return render_template("search/not_ready.html"), 503
    place = current_place()
    asked_for = (*found.alternatives, *filter(None, [asked.narrowing.values.get(CATEGORY)]))
    record(
        SearchMade(found=bool(found.hits), alternatives=tuple(dict.fromkeys(asked_for)), words=found.words),
        council=place.council.code if place.council else None,
        practice=place.practice.ods_code if place.practice else None,
    )
    return render_template("search/results.html", **page_of(request.args, asked, found))


@blueprint.post("/search/suggest", endpoint="suggest")
@open_to(Audience.VISITOR)
def suggestions() -> str:
    place = current_place()
    typed = request.form.get("text") or request.form.get("q", "")
    try:
        found = suggest(typed, council=place.council.code if place.council else None)
    except IndexNotReady:
        found = ()
    return render_template("search/suggestions.html", suggestions=found)


@blueprint.get("/api/search")
@open_to(Audience.VISITOR)
def api() -> tuple[Response, int]:
    try:
        asked = asking(request.args, current_place(), SHOWN)
        answer, status = jsonify(as_json(_found(asked))), 200
    except Refused as refused:
        answer, status = jsonify({"error": {"code": refused.code, "message": str(refused), "field": refused.field}}), 422
    except IndexNotReady:
        message = say("search.index.being_made")
        answer, status = jsonify({"error": {"code": "not_ready", "message": message, "field": ""}}), 503
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer, status


def _found(asked: Asking) -> Results:
    return search(
        asked.text,
        near=asked.near,
        narrowing=asked.narrowing,
        neighbours=asked.neighbours,
        exact=asked.exact,
        limit=asked.limit,
    )
