"""flask serve refuses clearly what it cannot do, and commands say what is wrong with settings or content."""

import csv
import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def flask(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(folder), **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_taken_port_is_said_with_another_to_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = flask(tmp_path, "serve", PORT=str(port))
    assert result.returncode == 1
    assert f"PORT={port + 1} make run" in result.stderr


def test_a_wrong_setting_is_one_line(tmp_path: Path) -> None:
    result = flask(tmp_path, "serve", PORT="eighty")
    assert result.returncode != 0
    assert "PORT: 'eighty' is not a port number" in result.stderr and "Traceback" not in result.stderr


def test_a_database_of_another_version_is_refused(tmp_path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(tmp_path / "fingerpost.sqlite3")
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.commit()
    connection.close()
    result = flask(tmp_path, "db", "upgrade")
    assert result.returncode == 1 and "9999" in result.stderr and "Traceback" not in result.stderr


def test_the_assistant_answers_on_the_command_line(tmp_path: Path) -> None:
    assert flask(tmp_path, "db", "upgrade").returncode == 0
    result = flask(tmp_path, "assistant", "ask", "82F lives alone, 2 falls, suicidal")
    assert result.returncode == 0, result.stderr
    assert result.stdout.index("CHECK FIRST") < result.stdout.index("Read as:")


def test_the_whole_trace_is_printed(tmp_path: Path) -> None:
    result = flask(tmp_path, "assistant", "explain", "82F wnadering at night. is respite free?")
    assert result.returncode == 0, result.stderr
    for part in ("slip: wnadering read as wandering", "asks (cost)", "wandering present", "wandering.", "ALTERNATIVES", "NOT LISTED"):
        assert part in result.stdout


def test_every_rule_stands_in_the_table_with_its_tests(tmp_path: Path) -> None:
    result = flask(tmp_path, "assistant", "rules")
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert {"RA-04", "lives_alone.said"} <= {row["rule"] for row in rows}
    assert all(row["holds for"] for row in rows)
