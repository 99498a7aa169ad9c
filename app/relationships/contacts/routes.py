"""Pages: whom to ring, for practices and for the team; and general questions to adult social care."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.accounts.queries import own_practices, practice_of_code
from app.content.messages import say
from app.places.queries import Council, council_or_none, practice_or_none, practices_of
from app.relationships.contacts import actions, queries
from app.relationships.contacts.forms import AnswerForm, DeskForm, PracticeForm, QuestionForm, TeamForm
from app.relationships.contacts.opening import keep_open, opened
from app.relationships.contacts.queries import Contact

blueprint = Blueprint("contacts", __name__)
for_the_team = open_to(Audience.SOCIAL_WORKER, Audience.COUNCIL_ADMIN)
for_everybody = open_to(Audience.VISITOR)


@blueprint.route("/people", methods=["GET", "POST"])
@for_everybody
def people() -> ResponseReturnValue:
    """Whom one's practice rings: after its code was typed once in this browser, or signed in as one of its people."""
    if request.method == "POST":
        practice = practice_of_code(request.form.get("reference", "")[:40])
        if practice is None:
            return _people_page(say("contacts.no_code")), 404
        return keep_open(redirect(url_for("contacts.people"), 303), practice)
    return _people_page()


@blueprint.route("/council/<code>/people", methods=["GET", "POST"])
@for_the_team
def team(code: str) -> ResponseReturnValue:
    """Each practice with whom it rings, and whom the team rings there."""
    council = _council(code)
    practices = [practice for practice, _ in practices_of(code)]
    known = queries.contacts([practice.ods_code for practice in practices])
    chosen = next((one for one in practices if one.ods_code == request.values.get("practice")), None)
    form = TeamForm(request.form, obj=known.get(chosen.ods_code) if chosen else None)
    if request.method == "POST" and chosen and form.validate():
        actions.save_contact(practice=chosen.ods_code, council=code, said=form.said, by=current_user.id)
        return redirect(url_for("contacts.team", code=code, kept="yes"), 303)
    page = {"council": council, "practices": practices, "known": known, "chosen": chosen, "form": form, "none": Contact("")}
    return render_template("relationships/contacts/team.html", **page), 422 if request.method == "POST" else 200


@blueprint.route("/practices/<code>/people", methods=["GET", "POST"])
@open_to(Audience.PRACTICE_LEAD)
def practice(code: str) -> ResponseReturnValue:
    """What a practice says of itself to the team."""
    found = practice_or_none(code)
    if found is None or found.council_code is None:
        abort(404)
    form = PracticeForm(request.form, obj=queries.contacts([code]).get(code))
    if request.method == "POST" and form.validate():
        actions.save_contact(practice=code, council=found.council_code, said=form.said, by=current_user.id)
        return redirect(url_for("contacts.people"), 303)
    return render_template("relationships/contacts/practice.html", practice=found, form=form), 422 if request.method == "POST" else 200


@blueprint.route("/council/<code>/ask", methods=["GET", "POST"])
@for_everybody
def ask(code: str) -> ResponseReturnValue:
    """General questions, answered and approved; and a box for another where the council takes them."""
    council, form = _council(code), QuestionForm(request.form)
    if request.method != "POST":
        return _ask_page(council, form, sent=request.args.get("sent") == "yes")
    if not form.validate():
        return _ask_page(council, form), 422
    try:
        actions.ask(council=code, question=form.question.data)
    except actions.Off:
        form.question.errors = [say("contacts.off")]
        return _ask_page(council, form), 409
    return redirect(url_for("contacts.ask", code=code, sent="yes"), 303)


@blueprint.route("/council/<code>/ask/desk", methods=["GET", "POST"])
@for_the_team
def desk(code: str) -> ResponseReturnValue:
    """Answering questions, or dropping them."""
    form = AnswerForm(request.form)
    if request.method != "POST":
        return _desk_page(code, AnswerForm())
    id = request.form.get("id", "")[:40]
    try:
        if request.form.get("what") == "drop":
            actions.drop(council=code, id=id, by=current_user.id)
        elif form.validate():
            actions.answer(council=code, id=id, text=form.answer.data, by=current_user.id)
        else:
            return _desk_page(code, form, id), 422
    except actions.NotThere:
        return _desk_page(code, AnswerForm(), problem=say("contacts.gone")), 409
    return redirect(url_for("contacts.desk", code=code), 303)


@blueprint.post("/council/<code>/ask/approve")
@open_to(Audience.COUNCIL_ADMIN)
def approve(code: str) -> ResponseReturnValue:
    """An administrator lets an answered question be read by everybody."""
    try:
        actions.approve(council=code, id=request.form.get("id", "")[:40], by=current_user.id)
    except actions.NotThere:
        return _desk_page(code, AnswerForm(), problem=say("contacts.gone")), 409
    return redirect(url_for("contacts.desk", code=code), 303)


@blueprint.route("/council/<code>/ask/setting", methods=["GET", "POST"])
@open_to(Audience.COUNCIL_ADMIN)
def setting(code: str) -> ResponseReturnValue:
    """Whether the council takes questions: who sees to them, and when."""
    council, now = _council(code), queries.desk(code)
    form = DeskForm(request.form, data={"owner": now[0], "hours": now[1]} if now else None)
    if request.method == "POST" and form.validate():
        actions.take_questions(council=code, **form.said, by=current_user.id)
        return redirect(url_for("contacts.desk", code=code), 303)
    return render_template("relationships/contacts/setting.html", council=council, form=form), 422 if request.method == "POST" else 200


def _people_page(problem: str = "") -> str:
    own = [code for code, _ in own_practices(current_user.id)] if current_user.is_authenticated else []
    codes = list(dict.fromkeys([*own, *filter(None, [opened()])]))
    known = queries.contacts(codes)
    shown = [(found.name, known.get(code, Contact(code))) for code in codes if (found := practice_or_none(code))]
    return render_template("relationships/contacts/people.html", shown=shown, problem=problem)


def _ask_page(council: Council, form: QuestionForm, sent: bool = False) -> str:
    page = {"asked": queries.published(council.code), "desk": queries.desk(council.code), "sent": sent}
    return render_template("relationships/contacts/ask.html", council=council, form=form, **page)


def _desk_page(code: str, form: AnswerForm, at: str = "", problem: str = "") -> str:
    page = {"asked": queries.every_question(code), "desk": queries.desk(code), "at": at, "problem": problem}
    return render_template("relationships/contacts/desk.html", council=_council(code), form=form, **page)


def _council(code: str) -> Council:
    return council_or_none(code) or abort(404)
