"""An import that is killed at any moment leaves the old directory or the new one, whole."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from app.directory.actions import staged_imports
from app.extensions import db
from tests.web.directory.feed import a_service, all_live, reported

ROOT = Path(__file__).resolve().parents[3]
SERVICES = 1200
KILLS = 10
COMMAND = """
import sys
from app import create_app
from app.cli.directory import group
from config import Settings
import os
app = create_app(Settings.from_environ(os.environ))
result = app.test_cli_runner().invoke(group, ["import", sys.argv[1], "--format", "oruk", "--source", "s", "--report", sys.argv[2]])
print(result.output)
sys.exit(result.exit_code)
"""


def start(app: Flask, feed: Path) -> subprocess.Popen[str]:
    url = app.extensions["database"].url.render_as_string(hide_password=False)
    environ = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(feed.parent), "SECRET_KEY": "for tests only", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", COMMAND, str(feed), str(feed.with_suffix(".csv"))]
    return subprocess.Popen(command, cwd=ROOT, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def state() -> str | None:
    """Which of the two directories is live, if it is one of them to the last service."""
    db.session.rollback()
    names = {number: service.name for number, service in all_live().items()}
    for word, numbers in (("old", range(SERVICES)), ("new", range(100, SERVICES + 100))):
        if names == {str(number): f"{word} {number}" for number in numbers}:
            return word
    return None


@pytest.fixture
def feeds(tmp_path: Path) -> dict[str, Path]:
    found = {}
    for word, numbers in (("old", range(SERVICES)), ("new", range(100, SERVICES + 100))):
        found[word] = tmp_path / f"{word}.ndjson"
        lines = (json.dumps(a_service(number, name=f"{word} {number}")) for number in numbers)
        found[word].write_text("\n".join(lines))
    return found


@pytest.mark.both
def test_the_live_directory_is_always_whole(app: Flask, feeds: dict[str, Path]) -> None:
    first = start(app, feeds["old"])
    began = time.monotonic()
    output, _ = first.communicate()
    assert first.returncode == 0, output
    whole_run = time.monotonic() - began
    assert state() == "old"
    moments, killed = random.Random(7), 0
    for _ in range(KILLS):
        before = state()
        running = start(app, feeds["new" if before == "old" else "old"])
        time.sleep(whole_run * moments.uniform(0.35, 1.0))
        killed += running.poll() is None
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert state() in ("old", "new")
    assert killed >= KILLS // 2
    last = "new" if state() == "old" else "old"
    running = start(app, feeds[last])
    output, _ = running.communicate()
    assert (running.returncode, state()) == (0, last), output
    assert staged_imports() == []
    assert [row for row in reported(feeds[last].with_suffix(".csv")) if row["verdict"] == "reject"] == []
