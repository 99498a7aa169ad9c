"""The shape of a survey's file."""

from pydantic import Field, model_validator

from app.content.schema import Figured, Strict

EVERYBODY = "everybody"
"""The side under which a question stands that is the same for all."""


class Item(Strict):
    """One question, in the words of each side that is asked it. `then` is what was found long ago, for comparison, and
    `counted_as` which share stands beside it."""

    id: str = Field(pattern=r"^[a-z_]{3,30}$")
    label: str = Field(min_length=3, max_length=60)
    asks: dict[str, str]
    options: str
    favourable: tuple[str, ...] = ()
    only_in_sessions: bool = False
    then: str = ""
    then_source: str = ""
    counted_as: str = ""

    def words(self, side: str) -> str:
        """The question as this side is asked it; "" where it is not."""
        return self.asks.get(side) or self.asks.get(EVERYBODY, "")


class Survey(Figured):
    """A survey. Answers are kept as the place of an option in its list, so that options are added at the end only."""

    id: str
    title: str
    summary: str
    sides: dict[str, str]
    options: dict[str, tuple[str, ...]]
    favourable: tuple[str, ...] = ()
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _names_fit(self) -> "Survey":
        if len({item.id for item in self.items}) < len(self.items):
            raise ValueError("two items have one id")
        for item in self.items:
            if item.options not in self.options:
                raise ValueError(f"{item.id}: there are no options {item.options!r}")
            if unknown := set(item.asks) - {*self.sides, EVERYBODY}:
                raise ValueError(f"{item.id}: there is no side {', '.join(sorted(unknown))}")
            if item.favourable and not set(item.favourable) <= set(self.options[item.options]):
                raise ValueError(f"{item.id}: favourable names what is no option")
            if bool(item.then) != bool(item.then_source) or bool(item.then) != bool(item.counted_as):
                raise ValueError(f"{item.id}: then, then_source and counted_as go together")
        return self

    def options_of(self, item: Item) -> tuple[str, ...]:
        """What can be answered."""
        return self.options[item.options]

    def favourable_of(self, item: Item) -> frozenset[int]:
        """The places of the options that are counted together as one share."""
        wanted = item.favourable or self.favourable
        return frozenset(place for place, option in enumerate(self.options_of(item)) if option in wanted)

    def asked(self, side: str, in_session: bool = False) -> list[Item]:
        """The questions for one side, in their order."""
        return [item for item in self.items if item.words(side) and (in_session or not item.only_in_sessions)]

    def mirrored(self) -> list[Item]:
        """The questions that both sides are asked and that are set beside nothing."""
        return [item for item in self.items if not item.then and all(item.words(side) for side in self.sides)]
