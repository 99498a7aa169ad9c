"""Pages of training. Where nobody is signed in, the address of an attempt is what resumes it: nothing else ties it to anybody."""

from datetime import date

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answered
from werkzeug import Response

from app.accounts.access import Audience, open_to
from app.accounts.queries import current_place
from app.training import actions, presenters, queries
from app.training.catalogue import Module
from app.training.followups.presenters import later
from app.training.followups.queries import wishes_reminders
from app.training.forms import answer_fields, given, question_form, sure
from app.training.kits import queries as kits
from app.training.queries import AttemptState
from app.training.schema import LEARNERS, Choice, Form, Question
from app.training.visits import Visit, person, visit_or_404

bp = Blueprint("training", __name__)
for_everybody = open_to(Audience.VISITOR)


@bp.get("/training")
@for_everybody
def modules() -> str:
    """Every module: how long it takes, what one will be able to do, and how far whoever is signed in has come."""
    me = person()
    own = {one.module: (one, _stopped(one)) for one in reversed(queries.attempts_of(me)) if one.follows is None} if me else {}
    known = queries.modules().values()
    groups = [(learners, [one for one in known if one.head.learners == learners]) for learners in LEARNERS]
    return render_template("training/modules.html", groups=groups, kits=kits.kits().values(), own=own, signed_in=me is not None)


@bp.get("/training/yours")
@open_to(Audience.PERSON)
def yours() -> str:
    """Everything that whoever is signed in has begun, on whatever device."""
    me = person() or ""
    visits = [Visit(attempt, queries.module_of(attempt)) for attempt in queries.attempts_of(me)]
    shown = [(visit, presenters.stopped(visit.module, visit.attempt)) for visit in visits]
    return render_template(
        "training/yours.html", attempts=shown, scores=presenters.scores, laters=later(me), wished=wishes_reminders(me),
        sureness=presenters.sureness(queries.sureness(me)),
    )  # fmt: skip


@bp.get("/training/<slug>")
@for_everybody
def module(slug: str) -> str:
    """The start page of a module."""
    found = _module_or_404(slug)
    asked = {form: len(found.form(form)) for form in Form}
    return render_template("training/module.html", module=found, asked=asked, sources=presenters.sources(found), today=date.today())


@bp.post("/training/<slug>")
@for_everybody
def start(slug: str) -> Response:
    """Begin a new attempt."""
    found, place = _module_or_404(slug), current_place()
    council = place.council.code if place.council else None
    practice = place.practice.ods_code if place.practice else None
    token = actions.start(module=found, council=council, practice=practice, person=person())
    return redirect(url_for("training.resume", token=token, begun="yes"), 303)


@bp.get("/training/attempts/<token>")
@for_everybody
def resume(token: str) -> Answered:
    """The address to keep: where one stopped, and the way on."""
    visit = visit_or_404(token)
    if request.args.get("begun") and visit.attempt.page == visit.way.steps[0]:
        return redirect(visit.address(visit.attempt.page))
    stopped = presenters.stopped(visit.module, visit.attempt)
    return render_template("training/resume.html", visit=visit, stopped=stopped, may_take_over=_may_take_over(visit))


@bp.post("/training/attempts/<token>")
@open_to(Audience.PERSON)
def take_over(token: str) -> Response:
    """Make an attempt of nobody's one's own."""
    visit_or_404(token)
    actions.take_over(token=token, person=person() or "")
    return redirect(url_for("training.resume", token=token), 303)


@bp.get("/training/attempts/<token>/<page>")
@for_everybody
def step(token: str, page: str) -> Answered:
    """A page of text, a question, or the feedback on its answer."""
    visit = visit_or_404(token)
    if not _may_open(visit, page):
        return redirect(visit.address(visit.attempt.page))
    return _show(visit, page)


@bp.post("/training/attempts/<token>/<page>")
@for_everybody
def answer(token: str, page: str) -> Answered:
    """Go on from a page of text, or answer a question. The first answer is kept."""
    visit = visit_or_404(token)
    if not _may_open(visit, page):
        return redirect(visit.address(visit.attempt.page), 303)
    question = visit.question(page)
    if question is None:
        actions.read_on(token=token, module=visit.module, page=page)
        return redirect(visit.address(visit.way.next(page)), 303)
    if page in visit.attempt.answers:
        return _show(visit, page, already=True)
    form = question_form(question, request.form)
    if not form.validate():
        return _page("question", visit, page, question=question, form=form, fields=answer_fields(form)), 422
    if not actions.answer(token=token, module=visit.module, question=question, given=given(form), sure=sure(form)):
        return _show(visit_or_404(token), page, already=True)
    if question.form is Form.BEFORE:
        return redirect(visit.address(visit.way.next(page)), 303)
    return redirect(visit.address(page) + "#feedback", 303)


@bp.get("/training/attempts/<token>/finish")
@for_everybody
def finish(token: str) -> Answered:
    """The first scores, what each question was about, and what to do on Monday."""
    visit = visit_or_404(token)
    if visit.attempt.finished_at is None:
        return redirect(visit.address(visit.attempt.page))
    me = visit.attempt.person
    return render_template(
        "training/finish.html", visit=visit, scores=presenters.scores(visit.attempt), lines=presenters.lines(visit.module, visit.attempt),
        alternatives=presenters.alternatives(visit.module), may_take_over=_may_take_over(visit),
        later=later(me).get(token) if me else None, wished=me is not None and wishes_reminders(me),
    )  # fmt: skip


def _show(visit: Visit, page: str, *, already: bool = False) -> str:
    """The step as it stands for this attempt."""
    question = visit.question(page)
    if question is None:
        text = next(one for one in visit.module.pages if one.slug == page)
        return _page("text", visit, page, text=text, today=date.today())
    if page not in visit.attempt.answers:
        form = question_form(question)
        return _page("question", visit, page, question=question, form=form, fields=answer_fields(form))
    shown = presenters.feedback(question, visit.attempt.answers[page]) if visit.told(question) else None
    return _page("feedback", visit, page, question=question, feedback=shown, already=already)


def _page(template: str, visit: Visit, page: str, *, question: Question | None = None, **values: object) -> str:
    part = visit.attempt.part
    words = {"where": presenters.where(visit.module, part, page), "next_words": presenters.next_words(visit.module, part, page)}
    if question:
        values |= {"question": question, "vignette": visit.module.story(question), "is_choice": isinstance(question, Choice)}
    return render_template(f"training/{template}.html", visit=visit, page=page, **words, **values)


def _may_open(visit: Visit, page: str) -> bool:
    """False for a step that lies ahead; a step that the attempt does not have stops the request with a 404."""
    if page not in (*visit.way.pages, *visit.way.questions):
        abort(make_response(render_template("training/no_attempt.html"), 404))
    return visit.way.is_open(page, visit.attempt.page)


def _stopped(attempt: AttemptState) -> str:
    return presenters.stopped(queries.module_of(attempt), attempt)


def _may_take_over(visit: Visit) -> bool:
    return visit.attempt.person is None and person() is not None


def _module_or_404(slug: str) -> Module:
    found = queries.modules().get(slug)
    if found is None:
        abort(make_response(render_template("training/no_module.html"), 404))
    return found
