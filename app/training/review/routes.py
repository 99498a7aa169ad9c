"""Two questions while you wait: those that have been due for longest, from any module that one has finished."""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.content.messages import say
from app.training import presenters
from app.training.forms import answer_fields, given, question_form, sure
from app.training.queries import modules
from app.training.review import actions, queries
from app.training.review.queries import Card
from app.training.schema import Choice

blueprint = Blueprint("review", __name__, url_prefix="/training/review")
TURNS = ("first", "second")


@blueprint.get("")
@open_to(Audience.PERSON)
def overview() -> str:
    """How many questions are due, or when the next one is."""
    cards = queries.cards(current_user.id)
    due = queries.due(cards)
    words = say("review.due_one") if len(due) == 1 else say("review.due_some", count=len(due))
    next_at = cards[0].memory.due_at if cards else None
    return render_template("training/review/overview.html", due_words=words if due else "", next_at=next_at)


@blueprint.get("/<turn>")
@open_to(Audience.PERSON)
def next_question(turn: str) -> ResponseReturnValue:
    """On to the question that has been due for longest; where none is, back to the overview."""
    if turn not in TURNS:
        abort(404)
    card = next(iter(queries.due(queries.cards(current_user.id))), None)
    if card is None:
        return redirect(url_for("review.overview"))
    return redirect(url_for("review.question", turn=turn, slug=card.module, identity=card.question.id))


@blueprint.route("/<turn>/<slug>/<identity>", methods=["GET", "POST"])
@open_to(Audience.PERSON)
def question(turn: str, slug: str, identity: str) -> ResponseReturnValue:
    """A question that is due, or the reasons after the answer that it was given last."""
    card = _card_or_404(turn, slug, identity)
    if not card.is_due(datetime.now(UTC)):
        return _reasons(turn, card, already=request.method == "POST")
    form = question_form(card.question, request.form if request.method == "POST" else None)
    if request.method != "POST" or not form.validate():
        page = _page("question", turn, card, form=form, fields=answer_fields(form))
        return page, 422 if request.method == "POST" else 200
    if not actions.answer(card=card, given=given(form), sure=sure(form), by=current_user.id):
        return _reasons(turn, _card_or_404(turn, slug, identity), already=True)
    return redirect(url_for("review.question", turn=turn, slug=slug, identity=identity) + "#feedback", 303)


def _reasons(turn: str, card: Card, *, already: bool) -> ResponseReturnValue:
    """Of a question that was not answered here yet, and is not due, there is nothing to show."""
    if card.given is None:
        return redirect(url_for("review.overview"), 303)
    more = bool(queries.due(queries.cards(current_user.id)))
    feedback = presenters.feedback(card.question, card.given)
    return _page("feedback", turn, card, feedback=feedback, already=already, due_at=card.memory.due_at, more=more)


def _page(template: str, turn: str, card: Card, **values: object) -> str:
    module = modules()[card.module]
    return render_template(
        f"training/review/{template}.html", turn=turn, slug=card.module, place=say(f"review.turn.{turn}"), title=module.head.title,
        question=card.question, vignette=module.story(card.question), is_choice=isinstance(card.question, Choice), **values,
    )  # fmt: skip


def _card_or_404(turn: str, slug: str, identity: str) -> Card:
    card = queries.card_or_none(current_user.id, slug, identity) if turn in TURNS else None
    return card or abort(404)
