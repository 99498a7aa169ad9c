"""The page of a service."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import Audience, open_to
from app.accounts.actions import new_token
from app.accounts.queries import Place, current_place
from app.directory import amendments, queries
from app.directory.checks.queries import said_of
from app.directory.desk.queries import is_editor
from app.directory.presenters import page_of
from app.directory.queries import LiveService
from app.directory.service import identity_of
from app.directory.takeaway.shortlist import shortlisted
from app.directory.takeaway.texts import texts_for
from app.events.actions import record
from app.events.kinds import ServiceOpened

blueprint = Blueprint("directory", __name__)


@blueprint.get("/services/<service_id>")
@open_to(Audience.VISITOR)
def service(service_id: str) -> ResponseReturnValue:
    identity = identity_of(service_id)
    found = queries.service_or_none(identity) if identity else None
    if found is None:
        if kept := amendments.merged_into(identity):
            return redirect(url_for("directory.service", service_id=kept), 301)
        withdrawn = bool(identity) and queries.was_withdrawn(identity)
        return render_template("directory/absent.html", withdrawn=withdrawn), 410 if withdrawn else 404
    place = current_place()
    if request.method == "GET":
        _note_opened(found, place)
    take = {"texts": texts_for(found), "is_shortlisted": found.id in shortlisted(), "pressed": new_token()}
    said = said_of(found.id)
    return render_template("directory/service.html", **page_of(found, place), **take, said_of=said, edits=is_editor(found.council_code))


def _note_opened(found: LiveService, place: Place) -> None:
    record(
        ServiceOpened(service=found.id, alternatives=found.alternatives),
        council=place.council.code if place.council else None,
        practice=place.practice.ods_code if place.practice else None,
    )
