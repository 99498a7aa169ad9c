"""Leading a kit's meeting live: the kit's stories and the pulse's questions become the steps of a joint session."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.accounts.queries import own_memberships
from app.content.messages import say
from app.places.queries import council_or_none, practice_or_none
from app.relationships import actions as sessions
from app.relationships import queries as relationships
from app.relationships.queries import AGREE, ASK, READ, Step
from app.training.queries import Meeting, Vignette, meeting_of

blueprint = Blueprint("joint", __name__)


@blueprint.route("/training/together/<slug>/meetings/<id>/live", methods=["GET", "POST"])
@open_to(Audience.PERSON)
def begin(slug: str, id: str) -> ResponseReturnValue:
    """What leading it live means, and the button that begins."""
    meeting, vignettes = meeting_of(slug, id) or abort(404)
    councils = _own_councils()
    council = next((code for code in councils if code == request.form.get("council")), None)
    if council:
        made = sessions.begin(title=meeting.title, steps=steps_of(meeting, vignettes), council=council, by=current_user.id)
        return redirect(url_for("together.lead", session_id=made), 303)
    page = {"slug": slug, "meeting": meeting, "councils": councils, "leading": relationships.leading(current_user.id)}
    return render_template("pages/joint.html", **page), 422 if request.method == "POST" else 200


def steps_of(meeting: Meeting, vignettes: tuple[Vignette, ...]) -> list[Step]:
    """The pulse, each story with what is judged of it, what is written down, and the pulse again."""
    steps = _pulse(say("together.pulse_before"))
    for story in vignettes:
        steps.append(Step(READ, story.title, story.title, story.vignette))
        steps += [Step(ASK, story.title, story.title, one.text, options=one.answers) for one in story.judged]
    steps.append(Step(AGREE, say("together.agreed"), say("together.agreed"), " ".join((say("together.write_down"), *meeting.leave_with))))
    return steps + _pulse(say("together.pulse_after"))


def _pulse(part: str) -> list[Step]:
    survey = relationships.pulse()
    items = [item for item in survey.items if all(item.words(side) for side in survey.sides)]
    return [Step(ASK, part, item.label, asks=dict(item.asks), options=survey.options_of(item), then=item.then) for item in items]


def _own_councils() -> dict[str, str]:
    """The councils in which somebody has a role, also through a practice: code and name."""
    codes = (practice.council_code if (practice := practice_or_none(role.code)) else role.code for role in own_memberships(current_user.id))
    return {council.code: council.name for code in codes if (council := council_or_none(code or ""))}
