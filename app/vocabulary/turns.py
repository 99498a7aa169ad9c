"""What a later message does to earlier ones: lays them aside for another person, or takes something out of them. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.vocabulary.matching import Match
from app.vocabulary.reading_schema import Rule, TurnWords
from app.vocabulary.tokens import ENDS, Token
from app.vocabulary.wordings import wordings

OPENING = 3
"""Tokens at the start of a message within which "new patient" begins it anew."""

OBJECT = 6
"""Tokens behind "forget", or before "was a mistake", that say what is to be forgotten."""

TAKEN_BACK = 7
"""Tokens at the start of a message within which "that was last year" is of what was said last ("oh no, sorry, that was ...")."""

_NEED = ">need:"
_STOPS = ENDS | {","}


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a message takes out of earlier ones: the tokens [start, end) that name it, the concept classes, needs and people
    named there; whether the last thing said is not so; and whether the message puts something right."""

    spans: tuple[tuple[int, int], ...] = ()
    classes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    last_said: bool = False
    corrects: bool = False

    def names(self, match: Match) -> bool:
        """True where the match stands in what is to be forgotten."""
        return any(start <= match.start and match.end <= end for start, end in self.spans)

    def takes_out(self, rule: Rule, here: frozenset[str], all_people: frozenset[str]) -> bool:
        """True for what the rule read in a message that speaks of `all_people`, in a part of it that speaks of those `here`:
        by a word that the rule read, by the need, or as the trouble of the relative who is named."""
        of_them = rule.about == "carer" and self.people & all_people and not here - self.people
        return bool(of_them or rule.gives in self.needs or self.classes.intersection(rule.all))


NOTHING = TakenBack()


class TurnReader:
    """Knows the words of content/reading/turns.yaml; their names begin with ">"."""

    def __init__(self, words: TurnWords, written_out: Callable[[str], str]) -> None:
        groups: Mapping[str, Sequence[str]] = {
            ">anew": words.starts_anew,
            ">wrong": words.wrong_person,
            ">out": words.takes_out,
            ">was_out": words.taken_out,
            ">corrects": words.corrects,
            ">last": words.last_said_is_not_so,
            ">person": words.people,
            **{f"{_NEED}{' '.join(subject.needs)}": subject.named for subject in words.subjects},
        }
        spelt = [(wording, name) for name, phrases in groups.items() for phrase in phrases for wording in wordings(phrase, {})]
        self.phrases = [(written_out(wording), name) for wording, name in spelt]

    @staticmethod
    def lays_aside(found: Sequence[Match]) -> bool:
        """True where, by the words of this file found in it, all that was said before was about somebody else."""
        return any(match.concept in (">anew", ">wrong") and match.start < OPENING for match in found)

    @staticmethod
    def people(tokens: Sequence[Token], found: Sequence[Match], start: int, end: int) -> frozenset[str]:
        """The relatives named between two tokens."""
        return frozenset(tokens[m.start].text for m in found if m.concept == ">person" and start <= m.start < end)

    @staticmethod
    def needs(found: Sequence[Match], start: int, end: int) -> list[str]:
        """The needs that plain words between two tokens name."""
        named = [m.concept[len(_NEED) :].split() for m in found if m.concept.startswith(_NEED) and start <= m.start < end]
        return list(dict.fromkeys(need for needs in named for need in needs))

    @staticmethod
    def taken_back(tokens: Sequence[Token], found: Sequence[Match], classes: Sequence[Match]) -> TakenBack:
        """What is named behind "forget" and the like, or before "was a mistake"."""
        spans = tuple(_objects(tokens, found))
        inside = [match for match in (*found, *classes) if any(start <= match.start and match.end <= end for start, end in spans)]
        return TakenBack(
            spans=spans,
            classes=frozenset(match.concept for match in inside if not match.concept.startswith(">")),
            needs=frozenset(need for start, end in spans for need in TurnReader.needs(found, start, end)),
            people=frozenset(tokens[match.start].text for match in inside if match.concept == ">person"),
            last_said=any(match.concept == ">last" and match.start < TAKEN_BACK for match in found),
            corrects=bool(spans) or any(match.concept in (">corrects", ">last") and match.start < OPENING for match in found),
        )


def _objects(tokens: Sequence[Token], found: Sequence[Match]) -> Iterator[tuple[int, int]]:
    for out in found:
        if out.concept == ">out":
            near = range(out.end, min(out.end + OBJECT, len(tokens)))
            yield out.end, next((at for at in near if tokens[at].text in _STOPS), near.stop)
        elif out.concept == ">was_out":
            before = range(max(0, out.start - OBJECT), out.start)
            yield max((at + 1 for at in before if tokens[at].text in _STOPS), default=before.start), out.start


def part_of(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The tokens between the commas or sentence ends around characters [start, end)."""
    first = max((at + 1 for at, token in enumerate(tokens) if token.text in _STOPS and token.end <= start), default=0)
    return first, next((at for at, token in enumerate(tokens) if token.text in _STOPS and token.start >= end), len(tokens))
