"""Is every control of every hazard held by a test? Take its code out, and its tests have to turn red.

    .venv/bin/python bench/controls.py [EDIT ...]

bench/controls.yaml names for every control the edits that remove it. Each is made by itself in a copy of the tree, and only the
tests that the hazard files name for its controls are run. GREEN is a defect of the test, or of what is claimed. Exits 1 then.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pydantic import Field, StringConstraints  # noqa: E402

from app.content.hazards import hazards  # noqa: E402
from app.content.reading import read_yaml  # noqa: E402
from app.content.schema import Strict  # noqa: E402

COPIED = ("app", "content", "docs", "migrations", "tests", "training_modules", "config.py", "wsgi.py", "pyproject.toml")
_RED = re.compile(r"^(?:FAILED|ERROR) (tests/\S+?\.py::\w+)", re.M)


class Edit(Strict):
    """The text that is taken out of a file, where it stands once, and what is put in its place."""

    file: str
    out: Annotated[str, StringConstraints(strip_whitespace=False, min_length=1)]
    put: Annotated[str, StringConstraints(strip_whitespace=False)] = ""


class Removals(Strict):
    """For each control, by hazard and place in its file: the names of the edits that remove it, or why it is not code."""

    edits: dict[str, Edit]
    controls: dict[str, dict[int, str | Annotated[tuple[str, ...], Field(min_length=1)]]]


@dataclass(frozen=True)
class Removal:
    """One control, one edit that removes it, and the tests that the hazard file names for the control."""

    control: str
    edit: str
    tests: frozenset[str]


def read_removals() -> Removals:
    """The file, checked. Raises ContentError."""
    return read_yaml(ROOT / "bench" / "controls.yaml", Removals)


def planned(removals: Removals) -> list[Removal]:
    """Every control that is code with every edit that removes it."""
    known = hazards()
    return [
        Removal(f"{identity} {place}", edit, frozenset(known[identity].controls[place - 1].tests))
        for identity, entries in removals.controls.items()
        for place, edits in entries.items()
        if not isinstance(edits, str)
        for edit in edits
    ]


def turns_red(folder: Path, tests: Collection[str]) -> list[str]:
    """The first of the tests that fails in this tree, those that take long tried last; or nothing."""
    order = sorted(tests, key=lambda test: (test.startswith("tests/journeys"), "killed" in test, test))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=no", *order]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    if done.returncode == 0:
        return []
    if found := _RED.findall(done.stdout):
        return found
    if "ImportError while loading conftest" in done.stderr:  # Not even the program can be read any more.
        return order[:1]
    raise SystemExit(f"pytest could not run:\n{done.stdout}{done.stderr}")


def copy_to(folder: Path) -> None:
    """What the tests need of the tree, without what was installed or made."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)


def main(wanted: Collection[str]) -> None:
    removals = read_removals()
    plan = [removal for removal in planned(removals) if not wanted or removal.edit in wanted]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_to(folder)
        for tests in dict.fromkeys(removal.tests for removal in plan):
            if broken := turns_red(folder, tests):
                raise SystemExit(f"red before anything was taken out: {broken[0]}")
        green = sum(not _is_red(removal, removals.edits[removal.edit], folder) for removal in plan)
    print(f"{len(plan)} removals, {green} GREEN")
    raise SystemExit(1 if green else 0)


@cache
def _red_without(edit: Edit, tests: frozenset[str], folder: Path) -> tuple[str, ...]:
    path = folder / edit.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(edit.out, edit.put), encoding="utf-8")
    try:
        return tuple(turns_red(folder, tests))
    finally:
        path.write_text(whole, encoding="utf-8")


def _is_red(removal: Removal, edit: Edit, folder: Path) -> bool:
    red = _red_without(edit, removal.tests, folder)
    print(f"{removal.control:10} {removal.edit:34} {'red: ' + red[0] if red else 'GREEN'}", flush=True)
    return bool(red)


if __name__ == "__main__":
    main(sys.argv[1:])
