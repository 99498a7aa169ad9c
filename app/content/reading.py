"""Content files into checked objects, with the line of every mistake."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from app.content.problems import ContentError, Problem

T = TypeVar("T", bound=BaseModel)
UNREADABLE = (yaml.YAMLError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What PyYAML raises: its own errors, and Python's where a value is not what its tag or form says ("2024-13-45" is no day)."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, schema: type[T]) -> T:
    """The file as an object of the schema. Raises ContentError with line and remedy for everything that is wrong."""
    return parse_yaml(path, read_text(path), schema)


def read_text(path: Path) -> str:
    """The file's text. Raises OSError where it cannot be opened, ContentError where it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ContentError([Problem(path, 0, "This is not a text file in UTF-8.", "Save it as UTF-8.")]) from None


def read_folder(folder: Path, schema: type[T]) -> dict[str, T]:
    """Every .yaml file of a folder by its id, which has to be the file's name. All problems are collected first."""
    found: dict[str, T] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            entry = read_yaml(path, schema)
        except ContentError as error:
            problems += error.problems
            continue
        if (identity := getattr(entry, "id", path.stem)) != path.stem:
            problems.append(Problem(path, 1, f"id is {identity!r} but the file is called {path.name}.", "Make them equal."))
        found[identity] = entry
    if not found and not problems:
        problems.append(Problem(folder, 0, "No .yaml file was found here.", "Check that the folder is complete."))
    if problems:
        raise ContentError(problems)
    return found


def parse_yaml(path: Path, text: str, schema: type[T]) -> T:
    """As `read_yaml`, for text that is already in hand; `path` only names it in messages."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        data = loader.construct_document(root) if root is not None else None
    except UNREADABLE as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        fix = 'Check indents and quotes; quote text that starts with ? or holds ": ".'
        raise ContentError([Problem(path, mark.line + 1 if mark else 0, f"Not readable as YAML: {what}.", fix)]) from None
    finally:
        loader.dispose()
    problems = list(_repeated_keys(path, root))
    try:
        entry = schema.model_validate(data)
    except ValidationError as error:
        problems += [_as_problem(path, root, item) for item in error.errors()]
    if problems:
        raise ContentError(problems)
    return entry


def _as_problem(path: Path, root: yaml.Node | None, error: Any) -> Problem:
    where = ".".join(str(step) for step in error["loc"]) or "the file"
    given = error.get("input")
    shown = f" (found {given!r})" if isinstance(given, str | int | float | bool) else ""
    return Problem(path, _line_of(root, error["loc"]), f"{where}: {error['msg']}{shown}.", _fix_for(error["type"]))


def _fix_for(kind: str) -> str:
    return {
        "missing": "Add this key.",
        "union_tag_invalid": "Write one of those that are named.",
        "extra_forbidden": "Remove it or mend its spelling.",
        "string_type": "Put the value in quotes.",
        "string_too_long": "Shorten it.",
        "cannot_be_withdrawn": "Take it out; switch off a rule that is wrong (flask assistant off RULE), or change the rules or the text.",
    }.get(kind, "")


def _line_of(node: yaml.Node | None, loc: tuple[Any, ...]) -> int:
    """The line of the deepest part of `loc` that the file has."""
    line = node.start_mark.line + 1 if node is not None else 0
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if step not in pairs:
                continue  # The schema's name for the kind of part that this is, or a key that is missing.
            key, node = pairs[step]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _repeated_keys(path: Path, root: yaml.Node | None) -> Iterator[Problem]:
    """Each part once, however often an alias names it, be it inside itself."""
    waiting, met = [root], set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.CollectionNode) and id(node) not in met:
            met.add(id(node))
            waiting += [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, _ in node.value:
                if key.value in seen:
                    what = f"{key.value} stands here twice; only the last would count."
                    yield Problem(path, key.start_mark.line + 1, what, "Keep one.")
                seen.add(key.value)
