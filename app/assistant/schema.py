"""The shape of content/ranking: rules that gate, pin, order, raise and add, each with its reason and source."""

from collections import defaultdict
from functools import cached_property

from pydantic import Field, field_validator

from app.content.schema import Figured, Strict
from app.vocabulary.conditions import Condition, ConditionError, parse, terms


class RankRule(Strict):
    """When the condition holds, its effects apply. `why_not` is said of an alternative that it removes.

    `remove_except` removes everything that is not named. `above`: each of the first list stands before each of the second.
    Of a rule that removes for want of a need, `wish_is_enough` lets stay what somebody asks for by its name.
    `last` puts something in, behind everything else. `caution` is said before each alternative of `caution_for`.
    `holds_for` and `not_for` are its truth table: situations as lists of needs, "flag:ID" and "NAME=VALUE".
    """

    id: str = Field(pattern=r"^RA-\d\d[a-z]?$")
    when: str
    remove: tuple[str, ...] = ()
    remove_except: tuple[str, ...] = ()
    wish_is_enough: bool = False
    bring: tuple[str, ...] = ()
    top_three: tuple[str, ...] = ()
    above: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    last: tuple[str, ...] = ()
    never_first: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    caution_for: tuple[str, ...] = ()
    caution: str = Field(default="", max_length=240)
    note: str = Field(default="", max_length=240)
    why_not: str = Field(default="", max_length=160)
    source: str
    holds_for: tuple[tuple[str, ...], ...] = Field(min_length=1)
    not_for: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def puts_in_order(self) -> bool:
        """True for a rule that moves what is already listed."""
        return bool(self.above or self.last or self.never_first)

    @field_validator("when")
    @classmethod
    def _can_be_read(cls, text: str) -> str:
        try:
            parse(text)
        except ConditionError as error:
            raise ValueError(str(error)) from None
        return text


class RankFile(Figured):
    """The points that rules and answers give, and the rules in the order in which they apply."""

    brought: float = Field(gt=0)
    answered: float = Field(gt=0)
    shown_first: int = Field(ge=1, le=10)
    question_threshold: int = Field(ge=0)
    rules: tuple[RankRule, ...]

    @cached_property
    def conditions(self) -> tuple[tuple[RankRule, Condition], ...]:
        """Each rule with its condition, compiled once."""
        return tuple((rule, parse(rule.when)) for rule in self.rules)

    @cached_property
    def asking(self) -> dict[str, frozenset[int]]:
        """Which rules, by their place, ask for a kind and id of fact ("need:falls", "flag:any", "attr:age")."""
        found: dict[str, set[int]] = defaultdict(set)
        for place, rule in enumerate(self.rules):
            for kind, identity in terms(rule.when):
                found[f"{kind}:{identity}"].add(place)
        return {term: frozenset(places) for term, places in found.items()}
