"""What the council's page shows: published values in words and in their order. True counts end here."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.content.messages import say
from app.disclosure.control import THRESHOLDS, Published, publish, share, total
from app.insights.catalogue import measures
from app.insights.periods import Period, closed_by
from app.insights.queries import Counts, counts
from app.insights.schema import Measure
from app.training import queries as training
from app.vocabulary import queries as vocabulary


@dataclass(frozen=True)
class Figure:
    """A measure and what is shown of it."""

    measure: Measure
    text: str


@dataclass(frozen=True)
class Split:
    """A measure by subject: what may be shown, most first, and by name what may not."""

    measure: Measure
    shown: list[tuple[str, int]]
    held_back: list[str]

    @property
    def first(self) -> list[str]:
        """The names of the most frequent, at most three."""
        return [name for name, _ in self.shown[:3]]


@dataclass(frozen=True)
class ModuleRow:
    """What is shown of one training module."""

    title: str
    finished: str
    right: str


@dataclass(frozen=True)
class CouncilPage:
    """Everything counted that the page shows."""

    period: Period
    headline: list[Figure]
    modules: list[ModuleRow]
    needs: Split
    alternatives: Split


def council_page(council: str) -> CouncilPage:
    """The page of one council, from its daily counts."""
    period, declared = closed_by(datetime.now(UTC).date()), measures()
    counted = counts(council, period)
    return CouncilPage(
        period=period,
        headline=[_figure(counted, measure) for measure in declared.values() if measure.page == "headline"],
        modules=[_module(counted, slug, module.head.title) for slug, module in training.modules().items()],
        needs=_split(counted, declared["needs_read"], {key: need.label for key, need in vocabulary.needs().items()}),
        alternatives=_split(
            counted, declared["alternatives_shown"], {key: entry.label for key, entry in vocabulary.alternatives().items()}
        ),
    )


def _figure(counted: Counts, measure: Measure) -> Figure:
    if measure.source.subject:
        return Figure(measure, _number(total(publish(counted.of(measure.id, subject)) for subject in counted.subjects(measure.id))))
    return Figure(measure, _number(publish(counted.of(measure.id))))


def _module(counted: Counts, slug: str, title: str) -> ModuleRow:
    right, wrong = counted.of("answers_right", slug), counted.difference("questions_asked", "answers_right", slug)
    return ModuleRow(title, _number(publish(counted.of("modules_finished", slug))), _percentage(share(right, wrong)))


def _split(counted: Counts, measure: Measure, names: dict[str, str]) -> Split:
    """Ordered by what is published, and by name where that is equal, so that the order tells nothing more."""
    cells = {name: publish(counted.of(measure.id, subject)).value for subject, name in names.items()}
    shown = [(name, value) for name, value in cells.items() if value is not None]
    return Split(
        measure,
        shown=sorted(shown, key=lambda row: (-row[1], row[0])),
        held_back=sorted(name for name, value in cells.items() if value is None),
    )


def _number(cell: Published) -> str:
    return too_few() if cell.value is None else f"{cell.value:,}"


def _percentage(cell: Published) -> str:
    return too_few() if cell.value is None else say("insights.percentage", value=cell.value)


def too_few() -> str:
    """What stands in the place of every value that is held back, whatever the reason."""
    return say("insights.too_few", practices=THRESHOLDS.practices)
