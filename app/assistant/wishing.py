"""Which alternatives somebody asks for in the course of a conversation. Pure."""

from collections.abc import Mapping, Sequence

from app.vocabulary.asking import Asked
from app.vocabulary.matching import Match, PhraseTree
from app.vocabulary.reading import Turn
from app.vocabulary.wishing import is_wished


def wished(turns: Sequence[Turn], mentions: PhraseTree, attributes: Mapping[str, str]) -> list[str]:
    """The alternatives asked for by a name, or as help for somebody beside the patient, in the order of asking, without those
    declined or taken back since."""
    found: dict[str, None] = {}
    for turn in turns:
        for match in named(mentions, [token.text for token in turn.tokens]):
            wish = is_wished(match, turn.tokens, turn.wishes)
            if wish:
                found.setdefault(match.concept)
            elif wish is False or turn.takes_back.names(match):
                found.pop(match.concept, None)
        for question in turn.asked:
            found |= dict.fromkeys(for_another(question, attributes))
    return list(found)


def named(mentions: PhraseTree, tokens: Sequence[str]) -> list[Match]:
    """The alternatives that the words name, in their order; longer names hide shorter ones inside them."""
    matches = mentions.longest(tokens)
    return [
        match
        for match in sorted(matches, key=lambda m: (m.start, m.start - m.end))
        if not any(o.start <= match.start and match.end <= o.end and (o.end - o.start) > (match.end - match.start) for o in matches)
    ]


def for_another(question: Asked, attributes: Mapping[str, str]) -> list[str]:
    """ "And for her?", asked of a man, is about his wife who cares for him."""
    other = question.for_other
    of_the_patient = other is not None and other.sex and attributes.get("sex", other.sex) == other.sex
    return [other.alternative] if other and not of_the_patient else []
