"""The words of content/search: abbreviations, synonyms, and words that carry no meaning of their own in a search."""

from pathlib import Path

from pydantic import Field

from app.content.reading import read_folder
from app.content.schema import Reviewed, Strict

FOLDER = "search"


class OneWay(Strict):
    """Who types `from_` also means each of `to`, but not the other way round."""

    from_: str = Field(alias="from", min_length=2)
    to: tuple[str, ...] = Field(min_length=1)


class WordFile(Reviewed):
    """A file of search words."""

    one_way: tuple[OneWay, ...] = ()
    two_way: tuple[tuple[str, ...], ...] = ()
    """Groups whose members all mean the same."""

    ignored: tuple[str, ...] = ()
    """Words that say nothing of what is looked for."""

    weak: tuple[str, ...] = ()
    """Words that nearly every service uses of itself; they count for little."""

    ordinary: tuple[str, ...] = ()
    """Everyday words that are right as they stand, though few services use them: never corrected."""


def load(root: Path) -> dict[str, WordFile]:
    """Every file of search words. Raises ContentError."""
    return read_folder(root / FOLDER, WordFile)


def heads(root: Path) -> dict[Path, Reviewed]:
    """For the content check."""
    return {root / FOLDER / f"{name}.yaml": entry for name, entry in load(root).items()}
