"""The shortlist and the leaflet about services."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import Audience, open_to
from app.content.messages import say
from app.directory import queries
from app.directory.queries import LiveService
from app.directory.service import identity_of
from app.directory.takeaway.shortlist import MOST, keep, shortlisted
from app.directory.takeaway.texts import MOST_IN_LEAFLET, texts_for
from app.ui.addresses import local
from app.ui.pdf import PdfUnavailable, as_pdf

blueprint = Blueprint("shortlist", __name__, url_prefix="/shortlist")


@blueprint.get("")
@open_to(Audience.VISITOR)
def overview() -> str:
    """The services put aside, with their texts."""
    return _page()


@blueprint.post("/add")
@open_to(Audience.VISITOR)
def add() -> Response | tuple[str, int]:
    """Put a service aside and go back to where it was seen. Putting it aside twice changes nothing."""
    service = _asked()
    chosen = shortlisted()
    if service.id not in chosen and len(chosen) >= MOST:
        return _page(say("shortlist.full", most=MOST)), 422
    return keep(_back(service), list(dict.fromkeys([*chosen, service.id])))


@blueprint.post("/remove")
@open_to(Audience.VISITOR)
def remove() -> Response:
    """Take a service off, also one that is live no longer."""
    service_id = request.form.get("service", "")
    return keep(redirect(_next(url_for("shortlist.overview")), 303), [one for one in shortlisted() if one != service_id])


@blueprint.post("/empty")
@open_to(Audience.VISITOR)
def empty() -> Response:
    """Take everything off, before the next person comes in."""
    return keep(redirect(url_for("shortlist.overview"), 303), [])


@blueprint.get("/leaflet")
@open_to(Audience.VISITOR)
def leaflet() -> str:
    """Some services in large print, to print. The address names services and nobody."""
    return _leaflet(linked=True)


@blueprint.get("/leaflet.pdf")
@open_to(Audience.VISITOR)
def leaflet_pdf() -> Response | tuple[str, int]:
    """The same as a file to print or to attach."""
    try:
        pdf = as_pdf(_leaflet(linked=False), "leaflet")
    except PdfUnavailable:
        return render_template("directory/takeaway/no_pdf.html", ids=request.args.getlist("s")), 503
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": 'inline; filename="fingerpost-leaflet.pdf"'})


def _page(error: str = "") -> str:
    services = _live(shortlisted())
    return render_template(
        "directory/takeaway/shortlist.html",
        items=[(service, texts_for(service)) for service in services],
        gone=len(shortlisted()) - len(services),
        most_in_leaflet=MOST_IN_LEAFLET,
        error=error,
    )


def _leaflet(*, linked: bool) -> str:
    services = _live([one for one in map(identity_of, request.args.getlist("s")) if one])[:MOST_IN_LEAFLET]
    return render_template("directory/takeaway/leaflet.html", services=services or abort(404), day=date.today(), linked=linked, code="")


def _live(ids: list[str]) -> list[LiveService]:
    """Those that are live, in the order given."""
    found = queries.by_ids(ids)
    return [found[one] for one in dict.fromkeys(ids) if one in found]


def _asked() -> LiveService:
    identity = identity_of(request.form.get("service", ""))
    return (queries.service_or_none(identity) if identity else None) or abort(404)


def _back(service: LiveService) -> Response:
    return redirect(_next(url_for("directory.service", service_id=service.id)), 303)


def _next(otherwise: str) -> str:
    return local(request.form.get("next", otherwise))
