"""Views stay short and files stay small, so that a newcomer can read one at a sitting."""

import ast
import inspect
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
LONGEST_VIEW = 30
LONGEST_FILE = 400
LONGEST_CREATE_APP = 100


def python_files() -> list[Path]:
    return [path for folder in ("app", "tests", "bench", "migrations") for path in (ROOT / folder).rglob("*.py")]


def test_no_view_is_longer_than_thirty_lines(app: Flask) -> None:
    ours = {name: view for name, raw in app.view_functions.items() if (view := inspect.unwrap(raw)).__module__.startswith("app.")}
    lengths = {name: len(inspect.getsource(view).splitlines()) for name, view in ours.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_VIEW} == {}


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_create_app_stays_short() -> None:
    tree = ast.parse((ROOT / "app" / "__init__.py").read_text())
    make = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "create_app")
    assert (make.end_lineno or 0) - make.lineno < LONGEST_CREATE_APP
