"""Pages of training. The address of an attempt is what resumes it: nothing else ties it to anybody."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from app.accounts.access import Audience, open_to
from app.accounts.queries import current_place
from app.training import actions, presenters, queries
from app.training.catalogue import Module
from app.training.forms import chosen, question_form
from app.training.kits import queries as kits
from app.training.progress import FINISH
from app.training.queries import AttemptState
from app.training.schema import Question
from app.ui.pdf import PdfUnavailable, as_pdf

bp = Blueprint("training", __name__)
Answered = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Visit:
    """An attempt and the module that it belongs to."""

    attempt: AttemptState
    module: Module

    @property
    def rewritten(self) -> bool:
        """True when the module has changed since the attempt began, so that its questions are other questions now."""
        return self.attempt.version != self.module.head.version or self.attempt.page not in self.module.way.steps

    def address(self, step: str) -> str:
        if step == FINISH:
            return url_for("training.finish", token=self.attempt.token)
        return url_for("training.step", token=self.attempt.token, page=step)


@bp.get("/training")
@open_to(Audience.VISITOR)
def modules() -> str:
    """Every module: how long it takes and what one will be able to do."""
    return render_template("training/modules.html", modules=queries.modules().values(), kits=kits.kits().values())


@bp.get("/training/<slug>")
@open_to(Audience.VISITOR)
def module(slug: str) -> str:
    """The start page of a module."""
    found = _module_or_404(slug)
    return render_template("training/module.html", module=found, sources=presenters.sources(found), today=date.today())


@bp.post("/training/<slug>")
@open_to(Audience.VISITOR)
def start(slug: str) -> Response:
    """Begin a new attempt."""
    found, place = _module_or_404(slug), current_place()
    council = place.council.code if place.council else None
    practice = place.practice.ods_code if place.practice else None
    token = actions.start(module=found, council=council, practice=practice)
    return redirect(url_for("training.step", token=token, page=found.way.steps[0]), 303)


@bp.get("/training/attempts/<token>")
@open_to(Audience.VISITOR)
def resume(token: str) -> str:
    """The address to keep: where one stopped, and the way on."""
    visit = _visit_or_stop(token)
    return render_template("training/resume.html", visit=visit, stopped=presenters.stopped(visit.module, visit.attempt))


@bp.get("/training/attempts/<token>/<page>")
@open_to(Audience.VISITOR)
def step(token: str, page: str) -> Answered:
    """A page of text, a question, or the feedback on its answer."""
    visit = _visit_or_stop(token)
    if not _may_open(visit, page):
        return redirect(visit.address(visit.attempt.page))
    return _show(visit, page)


@bp.post("/training/attempts/<token>/<page>")
@open_to(Audience.VISITOR)
def answer(token: str, page: str) -> Answered:
    """Go on from a page of text, or answer a question. The first answer is kept."""
    visit = _visit_or_stop(token)
    if not _may_open(visit, page):
        return redirect(visit.address(visit.attempt.page), 303)
    if page in visit.module.way.pages:
        actions.read_on(token=token, module=visit.module, page=page)
        return redirect(visit.address(visit.module.way.after(page)), 303)
    if page in visit.attempt.answers:
        return _show(visit, page, already=True)
    question = _question(visit, page)
    form = question_form(question, request.form)
    if not form.validate():
        return _page("question", visit, page, question=question, form=form), 422
    if not actions.answer(token=token, module=visit.module, question=question, chosen=chosen(form)):
        return _show(_visit_or_stop(token), page, already=True)
    return redirect(visit.address(page) + "#feedback", 303)


@bp.get("/training/attempts/<token>/finish")
@open_to(Audience.VISITOR)
def finish(token: str) -> Answered:
    """The first score, what each question was about, and what to do on Monday."""
    visit = _visit_or_stop(token, finished_will_do=True)
    if visit.attempt.finished_at is None:
        return redirect(visit.address(visit.attempt.page))
    lines = () if visit.rewritten else presenters.lines(visit.module, visit.attempt)
    further = presenters.alternatives(visit.module)
    return render_template("training/finish.html", visit=visit, score=presenters.score(visit.attempt), lines=lines, alternatives=further)


@bp.get("/training/attempts/<token>/record.pdf")
@open_to(Audience.VISITOR)
def record(token: str) -> Answered:
    """The finished attempt as a PDF for one's own portfolio; it names nobody."""
    visit = _visit_or_stop(token, finished_will_do=True)
    if visit.attempt.finished_at is None:
        return redirect(visit.address(visit.attempt.page))
    try:
        pdf = as_pdf(render_template("training/record.html", visit=visit, score=presenters.score(visit.attempt)))
    except PdfUnavailable:
        return render_template("training/no_pdf.html", token=token), 503
    name = f"fingerpost-{visit.module.head.slug}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _show(visit: Visit, page: str, *, already: bool = False) -> str:
    """The step as it stands for this attempt."""
    if page in visit.module.way.pages:
        text = next(one for one in visit.module.pages if one.slug == page)
        return _page("text", visit, page, text=text, today=date.today())
    question = _question(visit, page)
    if page in visit.attempt.answers:
        given = presenters.feedback(question, visit.attempt.answers[page])
        return _page("feedback", visit, page, question=question, feedback=given, already=already)
    return _page("question", visit, page, question=question, form=question_form(question))


def _page(template: str, visit: Visit, page: str, **values: object) -> str:
    words = {"where": presenters.where(visit.module, page), "next_words": presenters.next_words(visit.module, page)}
    return render_template(f"training/{template}.html", visit=visit, page=page, **words, **values)


def _question(visit: Visit, page: str) -> Question:
    return next(question for question in visit.module.quiz if question.id == page)


def _may_open(visit: Visit, page: str) -> bool:
    """False for a step that lies ahead; a step that the module does not have stops the request with a 404."""
    if page not in (*visit.module.way.pages, *visit.module.way.questions):
        abort(make_response(render_template("training/no_attempt.html"), 404))
    return visit.module.way.is_open(page, visit.attempt.page)


def _module_or_404(slug: str) -> Module:
    found = queries.modules().get(slug)
    if found is None:
        abort(make_response(render_template("training/no_module.html"), 404))
    return found


def _visit_or_stop(token: str, *, finished_will_do: bool = False) -> Visit:
    """The attempt, or a page that says what to do: 404 for an unknown one, 410 where the module was rewritten meanwhile."""
    attempt = queries.attempt_or_none(token)
    module = queries.modules().get(attempt.module) if attempt else None
    if attempt is None or module is None:
        abort(make_response(render_template("training/no_attempt.html"), 404))
    visit = Visit(attempt, module)
    if visit.rewritten and not (finished_will_do and attempt.finished_at):
        abort(make_response(render_template("training/rewritten.html", visit=visit), 410))
    return visit
