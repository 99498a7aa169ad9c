"""The nine addresses of Open Referral UK 3.0, under /api/oruk/v3/."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request

from app.accounts.access import Audience, open_to
from app.content.messages import say
from app.directory import queries as directory
from app.directory.oruk import queries
from app.directory.oruk.asking import FARTHEST_METRES, LAST_PAGE, LONGEST_SEARCH, MOST_PER_PAGE, Refused, asked
from app.directory.oruk.ids import uuid_or_none
from app.directory.oruk.queries import Page
from app.directory.oruk.writing import Json

blueprint = Blueprint("oruk", __name__, url_prefix="/api/oruk/v3")

VERSION = "HSDS-UK-3.0"
PROFILE = "https://openreferraluk.org/"
DESCRIBED_AT = "/api/openapi.json"


@blueprint.get("/")
@open_to(Audience.VISITOR)
def about() -> Response:
    return jsonify({"version": VERSION, "profile": PROFILE, "openapi_url": current_app.config["PUBLIC_URL"].rstrip("/") + DESCRIBED_AT})


@blueprint.get("/services")
@open_to(Audience.VISITOR)
def services() -> Response:
    wanted = asked(request.args)
    return _enveloped(queries.services(wanted), wanted.page, wanted.per_page)


@blueprint.get("/services/<service_id>")
@open_to(Audience.VISITOR)
def service(service_id: str) -> Response:
    identity = uuid_or_none(service_id) or abort(404)
    found = queries.service_or_none(identity)
    if found is None:
        abort(410 if directory.was_withdrawn(identity) else 404)
    return jsonify(found)


@blueprint.get("/service_at_locations")
@open_to(Audience.VISITOR)
def service_at_locations() -> Response:
    wanted = asked(request.args)
    return _enveloped(queries.service_at_locations(wanted), wanted.page, wanted.per_page)


@blueprint.get("/service_at_locations/<identity>")
@open_to(Audience.VISITOR)
def service_at_location(identity: str) -> Response:
    known = uuid_or_none(identity) or abort(404)
    return jsonify(queries.service_at_location_or_none(known) or abort(404))


@blueprint.get("/taxonomies")
@open_to(Audience.VISITOR)
def taxonomies() -> Response:
    return _part_of(queries.taxonomies())


@blueprint.get("/taxonomies/<identity>")
@open_to(Audience.VISITOR)
def taxonomy(identity: str) -> Response:
    return _one_of(queries.taxonomies(), identity)


@blueprint.get("/taxonomy_terms")
@open_to(Audience.VISITOR)
def taxonomy_terms() -> Response:
    return _part_of(queries.taxonomy_terms())


@blueprint.get("/taxonomy_terms/<identity>")
@open_to(Audience.VISITOR)
def taxonomy_term(identity: str) -> Response:
    return _one_of(queries.taxonomy_terms(), identity)


@blueprint.errorhandler(Refused)
def refused(error: Refused) -> tuple[Response, int]:
    limits = {"pages": LAST_PAGE, "most": MOST_PER_PAGE, "longest": LONGEST_SEARCH, "metres": FARTHEST_METRES}
    message = say(f"oruk.bad.{error.code}", **limits)
    return jsonify({"error": {"code": f"bad_{error.code}", "message": message, "field": error.field}}), 400


@blueprint.after_request
def for_everybody(answer: Response) -> Response:
    """Any page may read it; a copy is asked for again each time, and sent again only where it has changed."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if answer.status_code != 200:
        return answer
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _part_of(everything: list[Json]) -> Response:
    wanted = asked(request.args)
    first = (wanted.page - 1) * wanted.per_page
    return _enveloped(Page(everything[first : first + wanted.per_page], len(everything)), wanted.page, wanted.per_page)


def _one_of(everything: list[Json], identity: str) -> Response:
    known = uuid_or_none(identity)
    return jsonify(next((one for one in everything if one["id"] == known), None) or abort(404))


def _enveloped(page: Page, number: int, per_page: int) -> Response:
    pages = -(-page.total // per_page)
    envelope: dict[str, Any] = {
        "total_items": page.total,
        "total_pages": pages,
        "page_number": number,
        "size": len(page.contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not page.contents,
    }
    return jsonify(envelope | {"contents": page.contents})
