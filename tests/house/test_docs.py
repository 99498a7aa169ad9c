"""The documents name only commands and targets that exist."""

import re
from pathlib import Path

import click
import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "bench").glob("*.md"))]
COMMAND = re.compile(r"(?:^|[\s`/])flask ([a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)?)")
TARGET = re.compile(r"^\s*(?:[A-Z_]+=\S+ )*make ([a-z-]+)", re.M)


def commands(app: Flask) -> set[str]:
    names: set[str] = set()
    for name, command in app.cli.commands.items():
        names.add(name)
        if isinstance(command, click.Group):
            names |= {f"{name} {sub}" for sub in command.commands}
    return names


def in_code(text: str) -> str:
    """What stands in code blocks and between backticks."""
    blocks = re.findall(r"```.*?```|^(?: {4}|\t).*$|`[^`\n]+`", text, re.S | re.M)
    return "\n".join(block.strip("`") for block in blocks)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_only_commands_that_exist(path: Path, app: Flask) -> None:
    known = commands(app)
    groups = {name.split()[0] for name in known if " " in name}
    named = COMMAND.findall(in_code(path.read_text()))
    wrong = [name for name in named if name not in known and not (name.split()[0] in known and name.split()[0] not in groups)]
    assert wrong == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_only_targets_that_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert [name for name in TARGET.findall(in_code(path.read_text())) if name not in targets] == []
