"""Kits from their folders, with every reference in and between the files checked."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.content.figures import Support, unsourced
from app.content.markup import Page, PageHead, read_page
from app.content.problems import ContentError, Problem
from app.content.reading import read_yaml
from app.content.schema import Figured
from app.training.kits.schema import KIT, KitFile, Meeting, Vignette
from app.vocabulary.catalogue import texts_of


@dataclass(frozen=True)
class Kit:
    """A kit, ready to be shown."""

    head: KitFile
    papers: dict[str, Page]
    heads: dict[Path, Figured]

    def meeting(self, id: str) -> Meeting | None:
        """The meeting with this id, the taster too."""
        return next((one for one in self.head.all_meetings if one.id == id), None)

    def vignettes(self, meeting: Meeting) -> tuple[Vignette, ...]:
        """What is judged at a meeting, in its order."""
        known = {one.id: one for one in self.head.vignettes}
        return tuple(known[id] for id in meeting.vignettes)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of everything that the kit rests on, each once."""
        return tuple(dict.fromkeys(one for head in self.heads.values() for one in head.sources))


def is_kit(folder: Path) -> bool:
    """Whether a folder of training_modules/ holds a kit and no module to be read alone."""
    return (folder / KIT).exists()


def load(root: Path, *, sources: Container[str]) -> dict[str, Kit]:
    """Every kit by its slug. Raises ContentError with all that is wrong in any of them."""
    problems: list[Problem] = []
    found: dict[str, Kit] = {}
    for folder in sorted(path for path in root.glob("*") if is_kit(path)):
        try:
            kit = _read(folder)
        except ContentError as error:
            problems += error.problems
            continue
        problems += _misfits(folder, kit, sources)
        found[kit.head.slug] = kit
    if problems:
        raise ContentError(problems)
    return found


def figures_without_source(kit: Kit, support: Support) -> Iterator[Problem]:
    """For the content check, not for the start."""
    for path, head in kit.heads.items():
        texts = (head.title, head.description, kit.papers[path.stem].text) if isinstance(head, PageHead) else texts_of(head)
        yield from unsourced(path, texts, head, support)


def _read(folder: Path) -> Kit:
    head = read_yaml(folder / KIT, KitFile)
    problems, papers = [], {}
    for slug in head.papers:
        path = folder / "papers" / f"{slug}.md"
        try:
            papers[slug] = read_page(path)
        except FileNotFoundError:
            problems.append(Problem(path, 0, "This file does not exist.", f"Add it, or take its name out of {KIT}."))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    heads: dict[Path, Figured] = {folder / KIT: head}
    return Kit(head, papers, heads | {folder / "papers" / f"{slug}.md": page.head for slug, page in papers.items()})


def _misfits(folder: Path, kit: Kit, sources: Container[str]) -> Iterator[Problem]:
    path = folder / KIT
    if kit.head.slug != folder.name:
        yield Problem(path, 0, f"slug is {kit.head.slug!r} but the folder is called {folder.name!r}.", "Make them equal.")
    known = {one.id for one in kit.head.vignettes}
    used = {id for meeting in kit.head.all_meetings for id in meeting.vignettes}
    for id in sorted(used - known):
        yield Problem(path, 0, f"There is no vignette {id!r}.", "Mend its spelling or add it under vignettes.")
    for id in sorted(known - used):
        yield Problem(path, 0, f"No meeting uses the vignette {id!r}.", "Name it under a meeting, or remove it.")
    ids = [meeting.id for meeting in kit.head.all_meetings]
    if len(set(ids)) < len(ids):
        yield Problem(path, 0, "Two meetings have the same id.", "Give each its own.")
    for written in sorted((folder / "papers").glob("*.md")):
        if written.stem not in kit.head.papers:
            yield Problem(written, 0, "This paper is never shown.", f"Name it under papers in {KIT}, or remove it.")
    for file, head in kit.heads.items():
        for source in head.sources:
            if source not in sources:
                yield Problem(file, 0, f"There is no source {source!r}.", "Mend its spelling or add it.")
