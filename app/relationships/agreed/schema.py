"""The shape of content/agreed.yaml."""

from pydantic import Field, model_validator

from app.content.schema import Figured, Strict


class OfPulse(Strict):
    """The favourable share of one question of the pulse."""

    side: str
    item: str


class OfVoice(Strict):
    """The share of these options of one question of older people's voice."""

    item: str
    options: tuple[int, ...]


class AgreedMeasure(Strict):
    """A figure that a point of the pledge, or an action, is held against. Without `pulse` or `voice` the program counts it by its id."""

    id: str = Field(pattern=r"^[a-z_]{3,30}$")
    label: str
    definition: str
    pulse: OfPulse | None = None
    voice: OfVoice | None = None


class Point(Strict):
    """A point of the pledge, with its evidence and its measures."""

    id: str
    title: str
    text: str
    evidence: str
    sources: tuple[str, ...]
    measures: tuple[str, ...]


class ActionKind(Strict):
    """A kind of action."""

    id: str
    label: str
    hint: str


class Agreed(Figured):
    """The pledge, the kinds of action, and the measures of both."""

    points: tuple[Point, ...] = Field(min_length=5, max_length=5)
    kinds: tuple[ActionKind, ...] = Field(min_length=5, max_length=5)
    measures: tuple[AgreedMeasure, ...]

    @model_validator(mode="after")
    def _names_fit(self) -> "Agreed":
        known = {measure.id for measure in self.measures}
        for point in self.points:
            if unknown := set(point.measures) - known:
                raise ValueError(f"{point.id}: there is no measure {', '.join(sorted(unknown))}")
            if unknown := set(point.sources) - set(self.sources):
                raise ValueError(f"{point.id}: the head of the file does not name {', '.join(sorted(unknown))}")
        return self
