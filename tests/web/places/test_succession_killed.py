"""A succession that is killed in the middle has moved nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from flask import Flask

from tests.web.directory.feed import a_service, imported
from tests.web.places.succeeded import A_MERGER, Command, everything, left_behind, make_councils

ROOT = Path(__file__).resolve().parents[3]
COMMAND = """
import os, sys
from app import create_app
from config import Settings
sys.exit(create_app(Settings.from_environ(os.environ)).test_cli_runner().invoke(args=sys.argv[1:]).exit_code)
"""


def wait_until_it_writes(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until somebody else holds the write lock."""
    with closing(sqlite3.connect(url, timeout=0, isolation_level=None)) as connection:
        while process.poll() is None:
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.OperationalError:
                return
            time.sleep(0.002)
    pytest.fail("it was over before it could be killed")


def test_killed_while_it_writes_it_has_moved_nothing(app: Flask, tmp_path: Path) -> None:
    make_councils()
    imported([a_service(number) for number in range(400)], tmp_path / "report.csv")
    before = everything()
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(A_MERGER))
    database = app.extensions["database"].url
    environ = os.environ | {"DATABASE_URL": str(database), "DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only"}
    command = [sys.executable, "-c", COMMAND, "council", "succeed", str(tmp_path / "plan.yaml"), "--yes"]
    for pause in (0.0, 0.1, 0.2):
        process = subprocess.Popen(command, cwd=ROOT, env=environ | {"PYTHONPATH": str(ROOT)})
        wait_until_it_writes(database.database, process)
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert everything() == before
    assert Command(app, tmp_path)(A_MERGER, "--yes").exit_code == 0
    assert not any(left_behind(A_MERGER["ended"]).values())
