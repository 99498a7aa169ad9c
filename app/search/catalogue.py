"""The words of content/search: abbreviations, synonyms, and words that carry no meaning of their own in a search."""

from pathlib import Path

from pydantic import Field

from app.content.problems import ContentError, Problem
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
    short: tuple[OneWay, ...] = ()
    """What is written short: it means each of `to`, and all that those mean both ways."""

    two_way: tuple[tuple[str, ...], ...] = ()
    """Groups whose members all mean the same."""

    described: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Phrases by which services describe that they do something of a kind, by the alternative's id."""

    asides: tuple[str, ...] = ()
    """Phrases about a building, its access and its hire: a sentence that holds one does not say what the service does."""

    akin: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What helps who looks for an alternative where it is not to be had: other alternatives, by its id."""

    akin_called: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """The same, where it is no alternative of ours: what such services call themselves ("care home"), by the alternative's id."""

    visiting: tuple[str, ...] = ()
    """Alternatives that come to where somebody lives, so that it matters little how far away their office is."""

    teams: tuple[str, ...] = ()
    """Alternatives that are asked for by name with the reason beside it: "district nurse, leg ulcer" asks for nothing else."""

    ignored: tuple[str, ...] = ()
    """Words that say nothing of what is looked for."""

    weak: tuple[str, ...] = ()
    """Words that nearly every service uses of itself; they count for little."""

    audience: tuple[str, ...] = ()
    """Words that say for whom something is: they count for little even in a phrase."""

    ordinary: tuple[str, ...] = ()
    """Everyday words that are right as they stand, though few services use them: never corrected."""


def load(root: Path) -> dict[str, WordFile]:
    """Every file of search words. Raises ContentError."""
    files = read_folder(root / FOLDER, WordFile)
    known = {path.stem for path in (root / "alternatives").glob("*.yaml")}
    wrong = [
        Problem(root / FOLDER / f"{name}.yaml", 0, f"There is no alternative {identity}.", "Name a file of content/alternatives.")
        for name, entry in files.items()
        for identity in sorted(_named(entry) - known)
    ]
    if wrong:
        raise ContentError(wrong)
    return files


def _named(entry: WordFile) -> set[str]:
    """Ids of the alternatives that a file names."""
    others = {other for named in entry.akin.values() for other in named}
    return {*entry.described, *entry.akin, *others, *entry.akin_called, *entry.visiting, *entry.teams}


def heads(root: Path) -> dict[Path, Reviewed]:
    """For the content check."""
    return {root / FOLDER / f"{name}.yaml": entry for name, entry in load(root).items()}
