"""No sentence that a person reads hides in Python, and every message that the code asks for exists and is used."""

import ast
import re
from pathlib import Path
from string import Formatter

from app.content.messages import load

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = load(ROOT / "content" / "messages")
WEB_FILES = ("routes.py", "forms.py", "presenters.py", "page.py", "errors.py")


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def calls_of_say() -> list[tuple[Path, ast.Call]]:
    found = []
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "say":
                found.append((path, node))
    return found


def test_every_message_asked_for_exists_and_gets_its_values() -> None:
    for path, call in calls_of_say():
        if not (call.args and isinstance(call.args[0], ast.Constant)):
            continue
        identity = call.args[0].value
        assert identity in MESSAGES, f"{path}: {identity}"
        given = {keyword.arg for keyword in call.keywords}
        if None not in given:
            assert names_in(MESSAGES[identity]) <= given, f"{path}: {identity}"


def test_no_message_is_left_that_nothing_says() -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "app").rglob("*") if path.suffix in (".py", ".html"))
    patterns = [
        re.compile(re.escape(prefix).replace(r"\{\}", ".+")) for prefix in re.findall(r'f"([a-z_.]*\.?\{[^"]*)"', code) if "." in prefix
    ]
    prefixes = tuple({pattern.pattern.split(r"\{")[0].replace("\\", "") for pattern in patterns})
    unused = [identity for identity in MESSAGES if f'"{identity}"' not in code and not identity.startswith(prefixes)]
    assert unused == []


def test_views_and_forms_hold_no_sentences() -> None:
    found = []
    for path in (ROOT / "app").rglob("*.py"):
        if path.name not in WEB_FILES:
            continue
        tree = ast.parse(path.read_text())
        docs = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs and len(node.value.split()) > 3:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}")
    assert found == []


def _has_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None
