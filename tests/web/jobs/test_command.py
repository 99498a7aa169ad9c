"""flask jobs run, as a process of its own: it begins, works, and ends when told to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

SLOW = """
import sys, time
from flask.cli import ScriptInfo
from wsgi import app
from app.cli.jobs import group
from app.jobs.registry import Job

def slow():
    print("begun", flush=True)
    time.sleep(1.5)
    print("finished", flush=True)

def fail():
    raise LookupError("Mrs Invented")

app.extensions["jobs"] = [Job("test.slow", 3600, slow), Job("test.fail", 3600, fail)]
group(sys.argv[1:], obj=ScriptInfo(create_app=lambda: app))
"""


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "DATA_DIR": str(folder), "SECRET_KEY": "for tests only", "PYTHONPATH": str(ROOT), "FLASK_RUN_FROM_CLI": "1"}


@pytest.fixture
def database(tmp_path: Path) -> dict[str, str]:
    environ = environment(tmp_path)
    flask(environ, "db", "upgrade")
    return environ


def flask(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    return subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_once_runs_what_is_due_and_says_so_in_a_line_for_each_job(database: dict[str, str]) -> None:
    first = flask(database, "jobs", "run", "--once")
    assert first.returncode == 0, first.stderr
    assert sum("insights.roll_up done" in line for line in first.stdout.splitlines()) == 1


SEND = """
from wsgi import app
from app.jobs.actions import send

with app.app_context():
    send(to="ann@example.org", subject="Hello", body="Hello")
"""


def test_without_a_mail_server_it_says_how_many_letters_wait(database: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", SEND], env=database, cwd=ROOT, check=True, timeout=60)
    ended = flask(database, "jobs", "run", "--once")
    assert ended.returncode == 0 and "no MAIL_URL: 1 letter(s) wait" in ended.stdout
    assert "jobs.post" not in ended.stdout and "ann@" not in ended.stdout + ended.stderr


def test_the_head_of_the_audit_trail_stands_in_its_log(database: dict[str, str]) -> None:
    assert f"audit head {flask(database, 'audit', 'head').stdout}" in flask(database, "jobs", "run", "--once").stdout


def test_a_mail_url_that_cannot_be_used_stops_it_with_one_line(database: dict[str, str]) -> None:
    ended = flask(database | {"MAIL_URL": "smtp://ann:secret@mail.example.org"}, "jobs", "run", "--once")
    assert ended.returncode != 0 and "MAIL_URL: " in ended.stderr and "secret" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_once_ends_with_an_error_when_a_job_failed(database: dict[str, str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SLOW, "run", "--once"], env=database, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert "test.slow done" in ended.stdout
    assert "test.fail failed: LookupError" in ended.stderr
    assert "Invented" not in ended.stdout + ended.stderr


def test_told_to_end_it_finishes_the_job_in_hand_and_begins_no_other(database: dict[str, str]) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", SLOW, "run"], env=database, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout and running.stdout.readline() == "begun\n"
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 0, err
    assert "finished" in out
    assert "test.slow done" in out
    assert "test.fail" not in out + err


def test_told_to_end_while_idle_it_ends_at_once(database: dict[str, str]) -> None:
    running = subprocess.Popen(
        [sys.executable, "-u", "-c", SLOW.replace("time.sleep(1.5)", ""), "run", "--every", "60"],
        env=database, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stderr and "test.fail" in running.stderr.readline()
    begun = time.monotonic()
    running.terminate()
    running.communicate(timeout=30)
    assert running.returncode == 0
    assert time.monotonic() - begun < 5


def test_a_runner_that_was_killed_leaves_no_lock_behind(database: dict[str, str]) -> None:
    killed = subprocess.Popen([sys.executable, "-c", SLOW, "run"], env=database, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert killed.stdout and killed.stdout.readline() == "begun\n"
    killed.kill()
    killed.communicate(timeout=30)
    every_second = SLOW.replace('"test.slow", 3600', '"test.slow", 1')
    time.sleep(1)
    again = subprocess.run(
        [sys.executable, "-c", every_second, "run", "--once"], env=database, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert "test.slow done" in again.stdout
