"""Training modules from their folders, with every reference in and between the files checked."""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from app.content.figures import Support, unsourced
from app.content.markup import Page, PageHead, parse_page
from app.content.problems import ContentError, Problem
from app.content.reading import parse_yaml, read_text
from app.content.schema import Figured
from app.training.kits.catalogue import is_kit
from app.training.progress import FINISH, MODULE, Way
from app.training.schema import Form, ModuleFile, Question, QuestionFile
from app.vocabulary.catalogue import texts_of

T = TypeVar("T")


@dataclass(frozen=True)
class Module:
    """A module, ready to teach from. `bank` holds the questions of all four forms; `files` is what its authors wrote, by relative
    path, and `release` the SHA-256 of that in hex."""

    head: ModuleFile
    pages: tuple[Page, ...]
    bank: tuple[Question, ...]
    cases: dict[str, str]
    heads: dict[Path, Figured]
    files: dict[str, str]
    release: str

    def form(self, form: Form) -> tuple[Question, ...]:
        """The questions of a form, in the order in which they are asked."""
        return tuple(question for question in self.bank if question.form == form)

    def story(self, question: Question) -> str:
        """The vignette of a question, its own or that of its case."""
        return self.cases[question.case] if question.case else question.vignette

    def question(self, id: str) -> Question | None:
        """The question of the bank with this id."""
        return next((question for question in self.bank if question.id == id), None)

    def way(self, part: str) -> Way:
        """What an attempt goes through: of the part "module" questions, pages and questions again; of a follow-up its questions."""
        if part != MODULE:
            return Way(after=tuple(question.id for question in self.form(Form(part))))
        before, after = (tuple(question.id for question in self.form(form)) for form in (Form.BEFORE, Form.AFTER))
        return Way(before=before, pages=tuple(page.slug for page in self.pages), after=after)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of everything that the module rests on, each once, in the order of its text."""
        named = (*self.head.sources, *(one for page in self.pages for one in page.head.sources))
        return tuple(dict.fromkeys((*named, *(one for question in self.bank for one in question.sources))))


def load(root: Path, *, sources: Container[str], alternatives: Container[str]) -> dict[str, Module]:
    """Every module by its slug, in the order of their numbers. Raises ContentError with all that is wrong in any of them."""
    problems: list[Problem] = []
    found: dict[str, Module] = {}
    for folder in sorted(path for path in root.glob("*") if path.is_dir() and not is_kit(path)):
        try:
            module = read(folder, sources=sources, alternatives=alternatives)
        except ContentError as error:
            problems += error.problems
        else:
            found[module.head.slug] = module
    if not found and not problems:
        problems.append(Problem(root, 0, "No module was found here.", "Check that the folder is complete."))
    problems += _numbers(root, found)
    if problems:
        raise ContentError(problems)
    return dict(sorted(found.items(), key=lambda one: one[1].head.number))


def read(folder: Path, *, sources: Container[str], alternatives: Container[str]) -> Module:
    """One module. Raises ContentError with all that is wrong in it."""
    module = _made(folder, written(folder))
    if problems := [*_misfits(folder, module), *_unknown_ids(folder, module, sources, alternatives)]:
        raise ContentError(problems)
    return module


def written(folder: Path) -> dict[str, str]:
    """What stands in the files of a module, by relative path. Raises ContentError."""
    paths = [folder / "module.yaml", folder / "questions.yaml", *sorted((folder / "pages").glob("*.md"))]
    return {str(path.relative_to(folder)): read_text(path) for path in paths if path.exists()}


def digest(files: Mapping[str, str]) -> str:
    """The SHA-256 of a module's files, in hex."""
    return sha256(json.dumps(sorted(files.items())).encode()).hexdigest()


def _numbers(root: Path, found: Mapping[str, Module]) -> Iterator[Problem]:
    taken: dict[int, str] = {}
    for slug, module in found.items():
        if (other := taken.setdefault(module.head.number, slug)) != slug:
            yield Problem(root / slug / "module.yaml", 0, f"{other} has the number {module.head.number} too.", "Give each its own.")


def restored(files: Mapping[str, str]) -> Module:
    """A module as it was, from the files of a release. Raises ContentError."""
    return _made(Path(), files)


def _made(folder: Path, files: Mapping[str, str]) -> Module:
    problems: list[Problem] = []

    def made(name: str, parse: Callable[[Path, str], T]) -> T | None:
        if name not in files:
            problems.append(Problem(folder / name, 0, "This file does not exist.", "Add it, or take its name out of module.yaml."))
            return None
        try:
            return parse(folder / name, files[name])
        except ContentError as error:
            problems.extend(error.problems)
            return None

    head = made("module.yaml", lambda path, text: parse_yaml(path, text, ModuleFile))
    bank = made("questions.yaml", lambda path, text: parse_yaml(path, text, QuestionFile))
    pages = [made(f"pages/{slug}.md", parse_page) for slug in (head.pages if head else ())]
    if problems or head is None or bank is None:
        raise ContentError(problems)
    read = tuple(page for page in pages if page is not None)
    heads: dict[Path, Figured] = {folder / "module.yaml": head, folder / "questions.yaml": bank}
    return Module(
        head=head, pages=read, bank=bank.questions, cases={case.id: case.vignette for case in bank.cases},
        heads=heads | {folder / "pages" / f"{page.slug}.md": page.head for page in read},
        files=dict(files), release=digest(files),
    )  # fmt: skip


def _misfits(folder: Path, module: Module) -> Iterator[Problem]:
    """What is well-formed by itself but does not fit together."""
    head, questions = folder / "module.yaml", folder / "questions.yaml"
    if module.head.slug != folder.name:
        what = f"slug is {module.head.slug!r} but the folder is called {folder.name!r}."
        yield Problem(head, _line(head, "slug:"), what, "Make them equal.")
    for path in sorted((folder / "pages").glob("*.md")):
        if path.stem not in module.head.pages:
            yield Problem(path, 0, "This page is never shown.", "Name it under pages in module.yaml, or remove it.")
    outcomes = {outcome.id for outcome in module.head.outcomes}
    steps = {FINISH, *module.head.pages}
    for question in module.bank:
        line = _line(questions, f"id: {question.id}")
        if question.outcome not in outcomes:
            yield Problem(questions, line, f"outcome: {question.outcome!r} is not in module.yaml.", "Mend its spelling or add it there.")
        if question.id in steps:
            yield Problem(questions, line, f"{question.id!r} is the name of another step.", "Give the question its own id.")
        steps.add(question.id)
    for form in Form:
        asked = [question.outcome for question in module.form(form)]
        for outcome in sorted(outcomes - set(asked)):
            line = _line(head, f"id: {outcome}")
            what = f"No question of the form {form.value!r} is about {outcome!r}."
            yield Problem(head, line, what, f"Add one with form: {form.value}, so that the four forms can be compared.")
        if form is not Form.AFTER and len(asked) > len(outcomes):
            yield Problem(questions, 0, f"The form {form.value!r} asks about an outcome twice.", "Ask about each outcome once.")


def _unknown_ids(folder: Path, module: Module, sources: Container[str], alternatives: Container[str]) -> Iterator[Problem]:
    for path, head in module.heads.items():
        yield from _unknown(path, "source", head.sources, sources)
    for question in module.bank:
        yield from _unknown(folder / "questions.yaml", "source", question.sources, sources)
    yield from _unknown(folder / "module.yaml", "alternative", module.head.alternatives, alternatives)


def _unknown(path: Path, kind: str, ids: Iterable[str], known: Container[str]) -> Iterator[Problem]:
    for identity in ids:
        if identity not in known:
            yield Problem(path, _line(path, identity), f"There is no {kind} {identity!r}.", "Mend its spelling or add it.")


def figures_without_source(module: Module, support: Support) -> Iterator[Problem]:
    """For the content check, not for the start. The story of an invented person claims nothing, so its numbers need no source."""
    written = {page.slug: page.text for page in module.pages}
    for path, head in module.heads.items():
        texts = (head.title, head.description, written[path.stem]) if isinstance(head, PageHead) else texts_of(head)
        yield from unsourced(path, texts, head, support)


def _line(path: Path, text: str) -> int:
    """The first line that holds the text, counted from 1; 0 where none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if text in line), 0)
