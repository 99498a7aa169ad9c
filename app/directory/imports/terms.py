"""Which terms of a council's feeds stand for what: those that nobody has mapped, the council's own words, and the reviewed mapping."""

import csv
import io

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.content.messages import say
from app.directory import catalogue
from app.directory.desk.queries import EDITORS, is_administrator
from app.directory.desk.routes import council_of
from app.directory.doors.formulas import harmless
from app.directory.imports import actions, queries
from app.directory.imports.forms import TermForm
from app.directory.imports.presenters import names
from app.directory.imports.queries import A_PAGE
from app.directory.imports.routes import page_number
from app.vocabulary import queries as vocabulary

blueprint = Blueprint("terms", __name__, url_prefix="/council/<code>/imports/terms")
for_editors = open_to(*EDITORS)


@blueprint.get("")
@for_editors
def overview(code: str) -> str:
    """Unmapped terms, the most common first; what the council has said; the reviewed mapping."""
    council, page, found, said = council_of(code), page_number(), queries.unmapped(code), queries.said(code)
    return render_template(
        "directory/imports/terms.html", council=council, unmapped=found[(page - 1) * A_PAGE : page * A_PAGE], count=len(found),
        page=page, pages=-(-len(found) // A_PAGE), said=said, people=names({one.by for one in said}),
        files=catalogue.files(current_app.config["CONTENT_DIR"]), alternatives=vocabulary.alternatives(),
        may_say=is_administrator(code),
    )  # fmt: skip


@blueprint.get("/unmapped.csv")
@for_editors
def sheet(code: str) -> Response:
    """All unmapped terms as a sheet, for whoever looks after the mapping."""
    council_of(code)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(say(f"imports.column.{name}") for name in ("vocabulary", "term", "services", "examples"))
    for one in queries.unmapped(code):
        writer.writerow((harmless(one.vocabulary), harmless(one.name), one.services, harmless("; ".join(one.examples))))
    headers = {"Content-Disposition": f'attachment; filename="{code}-terms.csv"'}
    return Response(text.getvalue(), mimetype="text/csv", headers=headers)


@blueprint.route("/<id>", methods=["GET", "POST"])
@open_to(Audience.COUNCIL_ADMIN)
def say_of(code: str, id: str) -> ResponseReturnValue:
    """What a term stands for in this council's feeds."""
    council, term = council_of(code), queries.term_or_none(code, id) or abort(404)
    form = TermForm(request.form or None, data={"alternatives": term.alternatives})
    if request.method != "POST":
        return render_template("directory/imports/term.html", council=council, term=term, form=form)
    if not form.validate():
        return render_template("directory/imports/term.html", council=council, term=term, form=form), 422
    chosen = request.form.getlist("alternatives")
    actions.map_term(council=code, vocabulary=term.vocabulary, term=term.name, alternatives=chosen, by=current_user.id)
    return redirect(url_for("terms.overview", code=code), 303)
