"""From how many answers on a figure may be shown, and which questions their author should look at. Pure.

The limits stand in content/training_measures.yaml.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.training.measures.items import Drawn
from app.training.measures.schema import Limits


class Standing(StrEnum):
    """Whether a figure may be shown."""

    HIDDEN = "hidden"
    PROVISIONAL = "provisional"
    PLAIN = "plain"


class Flag(StrEnum):
    """Why an author should look at a question."""

    NEGATIVE = "negative"
    """Those who know more answer it wrong more often."""
    WEAK = "weak"
    """It hardly tells apart those who know from those who do not."""
    UNCHOSEN = "unchosen"
    """Nobody chose one of its wrong options."""


@dataclass(frozen=True)
class Raised:
    """A flag, and the options that it is about."""

    flag: Flag
    options: tuple[str, ...] = ()


def of_discrimination(answered: int, limits: Limits) -> Standing:
    """Of an index of discrimination, and of discriminative efficiency."""
    if answered < limits.discrimination:
        return Standing.HIDDEN
    return Standing.PROVISIONAL if answered < limits.discrimination_plain else Standing.PLAIN


def may_show_alpha(learners: int, items: int, limits: Limits) -> bool:
    """Enough learners and enough questions for a reliability."""
    return learners >= limits.alpha_learners and items >= limits.alpha_items


def flags(answered: int, discrimination: float | None, options: tuple[Drawn, ...], limits: Limits) -> tuple[Raised, ...]:
    """What is to be looked at in a question, the worst first."""
    raised = []
    if discrimination is not None and answered >= limits.discrimination:
        if discrimination < 0:
            raised.append(Raised(Flag.NEGATIVE))
        elif discrimination < limits.weak_below and answered >= limits.discrimination_plain:
            raised.append(Raised(Flag.WEAK))
    unchosen = tuple(one.option for one in options if not one.right and not one.share.part)
    if unchosen and answered >= limits.unchosen_from:
        raised.append(Raised(Flag.UNCHOSEN, unchosen))
    return tuple(raised)
