"""A learner's scores side by side, and what is still to come, in words."""

from dataclasses import dataclass
from datetime import timedelta

from app.content.messages import say
from app.training.followups import queries
from app.training.followups.queries import Finished, FollowUp, State
from app.training.schema import Form
from app.ui import long_date


@dataclass(frozen=True)
class Offer:
    """A follow-up: its name, how it stands, and what can be done with it now. `token` is that of its attempt, once it is begun."""

    part: Form
    name: str
    words: str
    can_begin: bool
    token: str | None


@dataclass(frozen=True)
class Later:
    """What goes with the first attempt that somebody finished of a module, whose token this has. `scores` stand side by side."""

    token: str
    scores: tuple[str, ...]
    offers: tuple[Offer, ...]


def later(person: str) -> dict[str, Later]:
    """By the tokens of this person's first attempts, and of their follow-ups."""
    found: dict[str, Later] = {}
    for one in queries.finished(person):
        shown = Later(one.first.token, _scores(one), tuple(_offer(follow_up) for follow_up in one.follow_ups))
        begun = [each.attempt.token for each in one.follow_ups if each.attempt]
        found |= dict.fromkeys((one.first.token, *begun), shown)
    return found


def _scores(one: Finished) -> tuple[str, ...]:
    """The first score of each time that somebody was asked, in the order of time; nothing before a follow-up is done, because there
    is nothing to hold it against."""
    first, said = one.first, []
    if all(follow_up.state is not State.DONE for follow_up in one.follow_ups):
        return ()
    if first.asked_before:
        said.append(say("followups.score.before", right=first.right_before, asked=first.asked_before))
    said.append(say("followups.score.after", right=first.right, asked=first.asked))
    for follow_up in one.follow_ups:
        if follow_up.attempt and follow_up.state is State.DONE:
            score = follow_up.attempt
            said.append(say(f"followups.score.{follow_up.part}", right=score.right, asked=score.asked))
    return tuple(said)


def _offer(one: FollowUp) -> Offer:
    dates = {"opens": long_date(one.opens_at), "until": long_date(one.closes_at - timedelta(days=1))}
    words = say(f"followups.state.{one.state}", **dates)
    name = say(f"followups.name.{one.part}")
    return Offer(one.part, name, words, one.state is State.OPEN, one.attempt.token if one.attempt else None)
