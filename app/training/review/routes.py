"""Two questions while you wait: those that have been due for longest, from any module that one has finished."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.training.forms import given_of, question_form, sure_of
from app.training.presenters import feedback
from app.training.queries import modules
from app.training.review import actions, queries
from app.training.review.queries import Card

blueprint = Blueprint("review", __name__, url_prefix="/training/review")
TURNS = ("first", "second")


@blueprint.get("")
@open_to(Audience.PERSON)
def overview() -> str:
    """How many questions are due, or when the next one is."""
    every = queries.cards(current_user.id)
    due = queries.due(current_user.id)
    return render_template("training/review/overview.html", due=due, next_at=every[0].memory.due_at if every else None)


@blueprint.get("/<turn>")
@open_to(Audience.PERSON)
def next_question(turn: str) -> ResponseReturnValue:
    """On to the question that has been due for longest; where none is, back to the overview."""
    if turn not in TURNS:
        abort(404)
    card = next(iter(queries.due(current_user.id)), None)
    return redirect(url_for("review.question", turn=turn, slug=card.module, identity=card.question.id) if card else url_for("review.overview"))


@blueprint.route("/<turn>/<slug>/<identity>", methods=["GET", "POST"])
@open_to(Audience.PERSON)
def question(turn: str, slug: str, identity: str) -> ResponseReturnValue:
    """A question that is due, or the feedback on the answer that it was given last."""
    card = queries.card_or_none(current_user.id, slug, identity) if turn in TURNS else None
    if card is None:
        abort(404)
