"""Pages of kits: the plan of each meeting, the stories to be judged, and the papers, on the screen, printed and as one PDF."""

from datetime import date

from flask import Blueprint, abort, current_app, render_template
from werkzeug import Response

from app.accounts.access import Audience, open_to
from app.content.kinds import held
from app.training.kits import queries
from app.training.kits.catalogue import Kit
from app.training.kits.schema import Meeting
from app.ui.pdf import PdfUnavailable, as_pdf
from app.vocabulary import queries as vocabulary

blueprint = Blueprint("kits", __name__, url_prefix="/training/together/<slug>")
for_everybody = open_to(Audience.VISITOR)


@blueprint.get("")
@for_everybody
def overview(slug: str) -> str:
    """What the meetings are for, who comes, and everything that there is to print."""
    kit = _kit(slug)
    known = vocabulary.sources()
    return render_template("training/kits/kit.html", kit=kit, sources=[known[id] for id in kit.sources], today=date.today())


@blueprint.get("/meetings/<id>")
@for_everybody
def meeting(slug: str, id: str) -> str:
    """The plan of one meeting, for whoever leads it."""
    kit = _kit(slug)
    found = _meeting(kit, id)
    return render_template("training/kits/meeting.html", kit=kit, meeting=found, vignettes=kit.vignettes(found))


@blueprint.get("/meetings/<id>/stories")
@for_everybody
def stories(slug: str, id: str) -> str:
    """The sheets of one meeting: each story with what is judged, for each profession by itself."""
    kit = _kit(slug)
    found = _meeting(kit, id)
    if not found.vignettes:
        abort(404)
    return render_template("training/kits/stories.html", kit=kit, meeting=found, vignettes=kit.vignettes(found))


@blueprint.get("/papers/<name>")
@for_everybody
def paper(slug: str, name: str) -> str:
    """A letter, an agenda or terms, with gaps for what only the council and the practice know."""
    kit = _kit(slug)
    return render_template("training/kits/paper.html", kit=kit, paper=kit.papers.get(name) or abort(404), today=date.today())


@blueprint.get("/pack.pdf")
@for_everybody
def pack(slug: str) -> Response | tuple[str, int]:
    """Everything, to print."""
    kit = _kit(slug)
    try:
        pdf = held(current_app, f"pack of {slug}", lambda: _drawn(kit))  # It takes seconds, and is the same for everybody.
    except PdfUnavailable:
        return render_template("training/kits/no_pdf.html", kit=kit), 503
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{kit.head.slug}.pdf"'})


def _drawn(kit: Kit) -> bytes:
    plans = [(one, kit.vignettes(one)) for one in kit.head.all_meetings]
    return as_pdf(render_template("training/kits/pack.html", kit=kit, plans=plans), "kit")


def _kit(slug: str) -> Kit:
    return queries.kits().get(slug) or abort(404)


def _meeting(kit: Kit, id: str) -> Meeting:
    return kit.meeting(id) or abort(404)
