"""Shorthand into the words it stands for, each keeping the characters that it was read from."""

from collections.abc import Iterable, Sequence

from app.vocabulary.matching import PhraseTree
from app.vocabulary.reading_schema import Abbreviation
from app.vocabulary.tokens import Token, words

_NEIGHBOURHOOD = 4
"""How many tokens either side may hold the word that makes an ambiguous abbreviation plain."""


class Expander:
    """Expands abbreviations; an ambiguous one only beside a word that makes it plain."""

    def __init__(self, entries: Iterable[Abbreviation]) -> None:
        by_short = {entry.short: entry for entry in entries}
        self._long = {short: words(entry.long) for short, entry in by_short.items()}
        self._near = {short: {word for phrase in entry.near for word in words(phrase)} for short, entry in by_short.items()}
        self._capital = {entry.short for entry in by_short.values() if entry.capital}
        self._tree = PhraseTree((short, short) for short in by_short)
        self._firsts = {words(short)[0] for short in by_short}
        self.words = self._tree.words | {word for long in self._long.values() for word in long}

    def expand(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with shorthand written out; the new tokens share the place of the old."""
        plain = [token.text for token in tokens]
        if self._firsts.isdisjoint(plain):
            return list(tokens)
        expanded: list[Token] = []
        index = 0
        while index < len(tokens):
            if plain[index] not in self._firsts:
                expanded.append(tokens[index])
                index += 1
                continue
            ends = {end: short for short, end in self._tree.at(plain, index) if self._is_plain(short, tokens, plain, index)}
            if not ends:
                expanded.append(tokens[index])
                index += 1
                continue
            end = max(ends)
            start_at, end_at = tokens[index].start, tokens[end - 1].end
            expanded += [Token(word, start_at, end_at) for word in self._long[ends[end]]]
            index = end
        return expanded

    def phrase(self, text: str) -> str:
        """A cue with its unambiguous shorthand written out, so that it meets texts that were."""
        return " ".join(self.written_out(words(text)))

    def written_out(self, phrase: tuple[str, ...]) -> tuple[str, ...]:
        """The same for the tokens of a cue."""
        if self._firsts.isdisjoint(phrase):
            return phrase
        return tuple(token.text for token in self.expand([Token(word, 0, 0) for word in phrase]))

    def _is_plain(self, short: str, tokens: Sequence[Token], plain: Sequence[str], index: int) -> bool:
        if short in self._capital and not _is_word_in_capitals(tokens, index):
            return False
        near = self._near[short]
        if not near:
            return True
        around = (*plain[max(0, index - _NEIGHBOURHOOD) : index], *plain[index + 1 : index + 1 + _NEIGHBOURHOOD])
        return any(word in near for word in around)


def _is_word_in_capitals(tokens: Sequence[Token], index: int) -> bool:
    """ "W" before a space, but not the "W" of "W7"."""
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    return tokens[index].capital and not (follows and follows.start == tokens[index].end and follows.text.isalnum())
