"""What other checkers find in the code, each shown first to find what was planted. None of them asks another host."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".venv-tools" / "bin"
RULES = ROOT / "tests" / "house" / "semgrep"
EXAMPLES = RULES / "examples"
OURS = ("app", "supply", "config.py", "wsgi.py")
RULE_IDS = [rule["id"] for file in sorted(RULES.glob("*.yaml")) for rule in yaml.safe_load(file.read_text())["rules"]]

UNSAFE = {
    "import pickle\n\nheld = pickle.loads(b'')\n": ("B301", "S301"),
    "import yaml\n\nread = yaml.load('a: 1', Loader=yaml.Loader)\n": ("B506", "S506"),
    "import subprocess\n\nsubprocess.call('ls ' + input(), shell=True)\n": ("B602", "S602"),
    "import requests\n\nrequests.get('https://example.org', verify=False, timeout=1)\n": ("B501", "S501"),
    "import hashlib\n\ndigest = hashlib.md5(b'').hexdigest()\n": ("B324", "S324"),
    "import hashlib\n\ndigest = hashlib.sha1(b'').hexdigest()\n": ("B324", "S324"),
    "from markupsafe import Markup\n\nshown = Markup(input())\n": ("B704", "S704"),
    "query = 'SELECT name FROM service WHERE id = ' + input()\n": ("", "S608"),
    "from datetime import datetime\n\nnow = datetime.now()\n": ("", "DTZ005"),
    "from datetime import datetime\n\nnow = datetime.utcnow()\n": ("", "DTZ003"),
    "print(input())\n": ("", "T201"),
}
"""Planted code, and what bandit (at medium or more) and ruff call it."""


def run(*command: str | Path, **environ: str) -> str:
    result = subprocess.run(command, cwd=ROOT, env=os.environ | environ, capture_output=True, text=True, check=False)
    assert result.stdout, result.stderr
    return result.stdout


def semgrep(home: Path, *paths: str | Path) -> dict[str, Any]:
    command = [TOOLS / "semgrep", "scan", "--metrics=off", "--disable-version-check", "--quiet", "--json", "--config", RULES]
    found: dict[str, Any] = json.loads(run(*command, *paths, SEMGREP_SETTINGS_FILE=str(home / "settings.yml")))
    assert found["errors"] == []
    return found


def places(found: dict[str, Any]) -> set[tuple[str, str, int]]:
    return {(hit["check_id"].rpartition(".")[2], hit["path"], hit["start"]["line"]) for hit in found["results"]}


def bandit(*paths: str | Path) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = json.loads(run(TOOLS / "bandit", "-q", "-ll", "-r", "-f", "json", *paths))["results"]
    return results


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, int]]:
    """What our own rules find in the examples: rule, file, line."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(EXAMPLES, folder / "examples")
    return {(rule, Path(path).name, line) for rule, path, line in places(semgrep(folder, folder / "examples"))}


def marked(word: str) -> set[tuple[str, str, int]]:
    """The lines that the examples mark as bad ("ruleid") or good ("ok"): the line after the mark."""
    return {
        (match[1], path.name, number)
        for path in EXAMPLES.iterdir()
        for number, line in enumerate(path.read_text().splitlines(), start=2)
        if (match := re.search(rf"{word}: ([a-z-]+)", line))
    }


@pytest.mark.parametrize("rule", RULE_IDS)
def test_a_rule_of_ours_finds_what_is_planted_and_lets_the_right_way_pass(rule: str, planted: set[tuple[str, str, int]]) -> None:
    bad, good = ({place for place in marked(word) if place[0] == rule} for word in ("ruleid", "ok"))
    assert bad
    assert good
    assert {place for place in planted if place[0] == rule} == bad


def test_our_rules_find_nothing_and_look_everywhere(tmp_path: Path) -> None:
    found = semgrep(tmp_path, *OURS)
    assert places(found) == set()
    wanted = {path for kind in ("*.py", "*.html") for path in (ROOT / "app").rglob(kind) if path.stat().st_size}
    wanted |= set((ROOT / "app" / "ui" / "static").glob("*.js"))
    assert {str(path.relative_to(ROOT)) for path in wanted} - set(found["paths"]["scanned"]) == set()


def test_bandit_finds_nothing_of_medium_or_more() -> None:
    assert [(hit["test_id"], hit["filename"], hit["line_number"]) for hit in bandit(*OURS, "migrations")] == []


def test_bandit_and_ruff_find_what_is_planted(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for number, code in enumerate(UNSAFE):
        (tmp_path / "app" / f"planted{number}.py").write_text(code)
    by_bandit = {(Path(hit["filename"]).name, hit["test_id"]) for hit in bandit(tmp_path / "app")}
    told = run(Path(sys.executable).parent / "ruff", "check", "--no-cache", "--output-format=json", tmp_path / "app")
    by_ruff = {(Path(hit["filename"]).name, hit["code"]) for hit in json.loads(told)}
    for number, (in_bandit, in_ruff) in enumerate(UNSAFE.values()):
        assert (f"planted{number}.py", in_ruff) in by_ruff
        assert not in_bandit or (f"planted{number}.py", in_bandit) in by_bandit


def unexplained(text: str) -> list[str]:
    """Lines that silence a security check without naming it and saying why, or that silence one of our own rules."""
    silent = re.compile(r"#\s*(nosec\b|nosemgrep|noqa\b(?!: [A-RT-Z]))")
    explained = re.compile(r"#\s*(?:nosec B\d+ # )?noqa: S\d+ - \w+|# nosec B\d+ - \w+")
    return [line.strip() for line in text.splitlines() if silent.search(line) and ("nosemgrep" in line or not explained.search(line))]


def test_what_is_silenced_says_why() -> None:
    files = [path for part in OURS for path in ([ROOT / part] if part.endswith(".py") else (ROOT / part).rglob("*.py"))]
    assert {str(path): lines for path in files if (lines := unexplained(path.read_text()))} == {}


@pytest.mark.parametrize("comment", ["# nosec", "# nosec B104", "# noqa", "# noqa: S104", "# nosec B104 # noqa: S104", "# nosemgrep"])
def test_a_silenced_line_without_a_reason_is_noticed(comment: str) -> None:
    assert unexplained(f"host = '0.0.0.0'  {comment}\n")
