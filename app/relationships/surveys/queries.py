"""What may be said of surveys: closed rounds only, pooled over twelve months, each figure with its interval."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import hypot, sqrt

from sqlalchemy import func, select

from app.accounts.queries import hashed
from app.disclosure.control import rounded
from app.disclosure.noise import SHARED_SPREAD, SPREAD, TURNOUT_SPREAD
from app.extensions import db
from app.relationships.surveys.catalogue import surveys
from app.relationships.surveys.closing import ASKED, FAVOURABLE, TURNOUT, WHOLE, Cell
from app.relationships.surveys.models import SurveyFigure, SurveyRound, SurveyTicket
from app.relationships.surveys.schema import Item, Survey
from app.tenancy import EVERYTHING, acting

PULSE, VOICE = "pulse", "voice"
GP, SOCIAL_WORK = "gp", "social_work"
YEAR = timedelta(days=365)
FEWEST = 10
"""Sheets below which nothing is shown of a side, and 40 below which nothing is of a neighbourhood."""
FEWEST_NEAR = 40
WIDEST = 20.0
"""Percentage points on either side beyond which a share says too little to be shown."""
Z = 1.96


@dataclass(frozen=True)
class Share:
    """A percentage with half the width of its 95% interval, in points: chance of who answered, and the error of each count."""

    percent: float
    margin: float

    @property
    def low(self) -> float:
        """The lower end."""
        return max(0.0, self.percent - self.margin)

    @property
    def high(self) -> float:
        """The upper end."""
        return min(100.0, self.percent + self.margin)

    def since(self, before: "Share") -> "Share":
        """The change, in points."""
        return Share(self.percent - before.percent, sqrt(self.margin**2 + before.margin**2))


@dataclass(frozen=True)
class Answered:
    """What one side said to one question. `options` are whole percentages, None where too few answered; so are the others."""

    item: Item
    options: tuple[int, ...] | None
    favourable: Share | None
    change: Share | None


@dataclass(frozen=True)
class SideFigures:
    """Everything of one side: how many answered, to the nearest five, how many were asked, and each question."""

    side: str
    turnout: int | None
    asked: int
    answered: tuple[Answered, ...]

    @property
    def rate(self) -> int | None:
        """The response rate in whole percent, of what is shown; None where nobody was asked by link."""
        return min(100, round(100 * self.turnout / self.asked)) if self.turnout and self.asked else None


@dataclass(frozen=True)
class Pooled:
    """The figures of one or several closed rounds together."""

    numbers: Counter[Cell]
    rounds: int

    def turnout(self, side: str, area: str = WHOLE) -> int:
        """How many sheets, about."""
        return max(0, self.numbers[Cell(side, area, TURNOUT, 0)])

    def share(self, survey: Survey, sides: Sequence[str], item: Item, places: Collection[int]) -> Share | None:
        """The share of these options of a question, over these sides together."""
        every = range(len(survey.options_of(item)))
        counts = {place: sum(self.numbers[Cell(side, WHOLE, item.id, place)] for side in sides) for place in every}
        part, whole = sum(counts[place] for place in places), sum(counts.values())
        of_part, of_rest = (SPREAD * sqrt(self.rounds * len(sides) * number) for number in (len(places), len(every) - len(places)))
        return _share(part, whole, lambda share: hypot((1 - share) * of_part, share * of_rest))


def latest(survey: str, council: str, until: date | None = None) -> Pooled:
    """The rounds that closed in the twelve months before a day, or before today."""
    until = until or _today()
    wanted = select(SurveyRound.id).where(
        SurveyRound.survey == survey, SurveyRound.council_code == council, SurveyRound.is_closed,
        SurveyRound.closes_on < until, SurveyRound.closes_on >= until - YEAR,
    )  # fmt: skip
    ids = db.session.scalars(wanted).all()
    numbers: Counter[Cell] = Counter()
    for row in db.session.scalars(select(SurveyFigure).where(SurveyFigure.round_id.in_(ids))):
        numbers[Cell(row.side, row.area, row.item, row.option)] += row.number
    return Pooled(numbers, len(ids))


def side_figures(name: str, council: str, side: str, items: Sequence[Item]) -> SideFigures:
    """What one side said over the last twelve months, and how that changed from the twelve before."""
    survey, now, before = surveys()[name], latest(name, council), latest(name, council, _today() - YEAR)
    turnout, asked = now.turnout(side), now.numbers[Cell(side, WHOLE, ASKED, 0)]
    if turnout < FEWEST:
        return SideFigures(side, None, asked, tuple(Answered(item, None, None, None) for item in items))
    return SideFigures(side, rounded(turnout, 5), asked, tuple(_answered(survey, side, item, now, before) for item in items))


def neighbourhoods(council: str) -> list[tuple[str, Share | None]]:
    """By neighbourhood: the share of favourable answers that general practice gave to the questions that both sides are asked. The team,
    whose people work in all of them, is shown for the whole council only."""
    survey, now = surveys()[PULSE], latest(PULSE, council)
    areas = sorted({cell.area for cell in now.numbers} - {WHOLE})
    return [(area, _near(survey, now, area)) for area in areas]


def open_round(survey: str, council: str) -> SurveyRound | None:
    """The round that can be answered now."""
    wanted = select(SurveyRound).where(SurveyRound.survey == survey, SurveyRound.council_code == council, SurveyRound.is_closed.is_(False))
    return db.session.scalar(wanted.where(SurveyRound.closes_on >= _today()).order_by(SurveyRound.opens_on.desc()).limit(1))


def last_opened(survey: str, council: str) -> date | None:
    """When the last round was opened."""
    wanted = select(func.max(SurveyRound.opens_on)).where(SurveyRound.survey == survey, SurveyRound.council_code == council)
    return db.session.scalar(wanted)


@dataclass(frozen=True)
class Sheet:
    """What somebody with a link is asked."""

    survey: Survey
    side: str
    council: str
    closes_on: date
    is_used: bool


def sheet(token: str) -> Sheet | None:
    """The sheet behind a link; None where it never was, or its round is over."""
    wanted = select(SurveyTicket, SurveyRound).join(SurveyRound, SurveyRound.id == SurveyTicket.round_id)
    with acting(EVERYTHING):
        found = db.session.execute(wanted.where(SurveyTicket.token_hash == hashed(token))).first()
    if found is None or found[1].is_closed or found[1].closes_on < _today():
        return None
    ticket, made = found
    return Sheet(surveys()[made.survey], ticket.side, made.council_code, made.closes_on, ticket.is_used)


def _answered(survey: Survey, side: str, item: Item, now: Pooled, before: Pooled) -> Answered:
    counts = [max(0, now.numbers[Cell(side, WHOLE, item.id, place)]) for place in range(len(survey.options_of(item)))]
    favourable = survey.favourable_of(item)
    share = now.share(survey, [side], item, favourable) if favourable else None
    earlier = before.share(survey, [side], item, favourable) if share and before.turnout(side) >= FEWEST else None
    whole = sum(counts)
    is_clear = whole >= FEWEST and 100 * Z * SPREAD * sqrt(now.rounds) / whole <= WIDEST
    shares = tuple(round(100 * number / whole) for number in counts) if is_clear else None
    return Answered(item, shares, share, share.since(earlier) if share and earlier else None)


def _near(survey: Survey, now: Pooled, area: str) -> Share | None:
    turnout = now.turnout(GP, area)
    if turnout < FEWEST_NEAR:
        return None
    of_part, of_whole = (spread * sqrt(now.rounds) for spread in (SHARED_SPREAD, len(survey.mirrored()) * TURNOUT_SPREAD))
    part, whole = now.numbers[Cell(GP, area, FAVOURABLE, 0)], turnout * len(survey.mirrored())
    return _share(part, whole, lambda share: hypot(of_part, share * of_whole))


def _share(part: int, whole: int, noise: Callable[[float], float]) -> Share | None:
    """None where it could be almost anything. `noise` is the error that the counts were given, in answers, where this is the share."""
    if whole < FEWEST:
        return None
    share = min(1.0, max(0.0, part / whole))
    error = sqrt(max(share * (1 - share), 1 / whole) / whole + (noise(share) / whole) ** 2)
    found = Share(100 * share, 100 * Z * error)
    return found if found.margin <= WIDEST else None


def _today() -> date:
    return datetime.now(UTC).date()
