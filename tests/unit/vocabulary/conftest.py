"""The reading files, compiled once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.vocabulary import catalogue, lexicon
from app.vocabulary.catalogue import Vocabulary
from app.vocabulary.lexicon import Lexicon
from app.vocabulary.reading import Reading, read

CONTENT = Path(__file__).resolve().parents[3] / "content"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return catalogue.load(CONTENT)


@pytest.fixture(scope="session")
def compiled(vocabulary: Vocabulary) -> Lexicon:
    return lexicon.load(CONTENT, [*vocabulary.needs, *vocabulary.red_flags])


@pytest.fixture(scope="session")
def reading_of(vocabulary: Vocabulary, compiled: Lexicon) -> Callable[..., Reading]:
    def of(*turns: str, flipped: dict[str, str] | None = None) -> Reading:
        return read(turns, compiled, vocabulary.red_flags, flipped)

    return of
