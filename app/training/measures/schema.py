"""The shape of content/training_measures.yaml: what each measure means, and from how many answers on it is shown."""

from enum import StrEnum

from pydantic import Field, field_validator

from app.content.schema import Reviewed, Strict


class Measure(StrEnum):
    """Every measure of the page."""

    FACILITY = "facility"
    DISCRIMINATION = "discrimination"
    EFFICIENCY = "efficiency"
    OPTIONS = "options"
    RELIABILITY = "reliability"
    ERROR = "error"
    GAIN = "gain"
    NORMALISED = "normalised"
    TURNED = "turned"
    RETENTION = "retention"
    CALIBRATION = "calibration"


class Definition(Strict):
    """One measure: what it means, what is counted, out of what, its interval, and what it cannot say."""

    id: Measure
    name: str = Field(max_length=60)
    definition: str = Field(max_length=240)
    counted: str = Field(max_length=300)
    denominator: str = Field(max_length=240)
    interval: str = Field(max_length=240)
    shown: str = Field(max_length=240)
    limits: str = Field(max_length=600)
    version: int = Field(ge=1)


class Limits(Strict):
    """Fewest answers, learners, questions or matched pairs behind each figure, and where a question is to be looked at."""

    facility: int = Field(ge=2)
    """Answers behind a share of right answers, and behind the shares of its options."""
    discrimination: int = Field(ge=2)
    """Answers behind a discrimination that is shown as provisional."""
    discrimination_plain: int = Field(ge=2)
    """Answers behind one that is shown plainly."""
    weak_below: float = Field(gt=0, lt=1)
    """A plain discrimination below this is flagged."""
    unchosen_from: int = Field(ge=2)
    """Answers after which a wrong option that nobody chose is flagged."""
    alpha_learners: int = Field(ge=2)
    alpha_items: int = Field(ge=2)
    short_below: int = Field(ge=2)
    """A form of fewer questions is too short for reliability, which is said beside it."""
    pairs: int = Field(ge=2)
    """Matched people behind a gain, a turn of an outcome or what stayed."""
    sure: int = Field(ge=2)
    """Answers behind a share by how sure people were."""


class MeasureFile(Reviewed):
    """All definitions in the order of the page, and the limits."""

    limits: Limits
    measures: tuple[Definition, ...]

    @field_validator("measures")
    @classmethod
    def _each_once(cls, measures: tuple[Definition, ...]) -> tuple[Definition, ...]:
        given = [measure.id for measure in measures]
        if sorted(given) != sorted(Measure):
            raise ValueError(f"define each of these once: {', '.join(Measure)}")
        return measures
