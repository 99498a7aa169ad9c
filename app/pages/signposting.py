"""Making a signpost from an answer or from a service's page, with the texts that carry its code."""

from datetime import date

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.access import Audience, open_to
from app.accounts.queries import current_place
from app.assistant.queries import leaflet_for, texts_with_code
from app.content.messages import say
from app.directory import queries as directory
from app.places.queries import Council, council_or_none
from app.signposts.actions import Unlisted, give
from app.ui.numbers import as_kept, in_groups

blueprint = Blueprint("signposting", __name__, url_prefix="/signpost")


@blueprint.post("")
@open_to(Audience.VISITOR)
def make() -> ResponseReturnValue:
    """The form opens this in another tab, so that the answer and what was typed stay where they are."""
    council, offered = _council(), _offered()
    if council is None:
        return render_template("pages/signpost.html", problem=say("signposts.no_council")), 422
    try:
        code = give(
            pressed=f"{request.form.get('pressed', '')[:100]} {offered}", council=council, practice=current_place().practice,
            needs=request.form.getlist("need")[:60], **offered,
        )  # fmt: skip
    except Unlisted:
        return render_template("pages/signpost.html", problem=say("signposts.unlisted")), 422
    return render_template("pages/signpost.html", problem="", code=code, council=council, **offered, texts=_texts(code, council, **offered))


@blueprint.post("/leaflet")
@open_to(Audience.VISITOR)
def leaflet() -> str:
    """What was offered in large print, with the code, which stands in no address."""
    council, offered = _council(), _offered()
    code = in_groups(as_kept(request.form.get("reference", "")[:100]) or abort(404))
    if services := directory.by_ids(offered["services"]):
        return render_template(
            "directory/takeaway/leaflet.html", services=list(services.values()), day=date.today(), linked=True, code=code
        )
    page = leaflet_for(offered["alternatives"], council) or abort(404)
    return render_template("assistant/leaflet.html", **page, code=code)


def _council() -> Council | None:
    return council_or_none(request.form.get("council", "")) or current_place().council


def _offered() -> dict[str, list[str]]:
    return {"alternatives": request.form.getlist("alternative")[:20], "services": request.form.getlist("service")[:1]}


def _texts(code: str, council: Council, alternatives: list[str], services: list[str]) -> dict[str, str]:
    return directory.texts_with_code(services[0], code) if services else texts_with_code(alternatives[0], council, code)
