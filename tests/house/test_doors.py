"""Across features only the doors are used: queries, actions, and the access decorators of accounts."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOOR = {"content", "disclosure", "events", "extensions", "jobs", "schema", "tenancy", "ui", "vocabulary"}
DOORS = {"queries", "actions", "access"}
SHAPES = {"app.places.geometry", "app.places.records"}
"""Plain shapes of places: pure modules that other pure modules need, and that could not go through `queries`."""


def crossings() -> list[str]:
    found = []
    for path in (ROOT / "app").rglob("*.py"):
        here = path.relative_to(ROOT / "app").parts[0]
        if here in ("__init__.py", "cli"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app."):
                feature, *rest = node.module.split(".")[1:]
                names = rest[:1] or [alias.name for alias in node.names]
                if node.module not in SHAPES and feature not in FLOOR and feature != here and not set(names) <= DOORS:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} imports {node.module} {names}")
    return found


def test_features_meet_only_at_their_doors() -> None:
    assert crossings() == []
