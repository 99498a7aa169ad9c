"""flask serve: everything that `make run` needs once packages are there."""

import ctypes
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import click
from flask import current_app
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app.cli import database, demo
from app.content.kinds import load_all
from app.extensions import db
from app.places import queries as places
from app.ui.overload import THREADS

WORKERS = 2
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 5
"""Seconds that workers and the job runner have to finish what they are at."""


@click.command("serve")
def serve_command() -> None:
    """Prepare the database, load the demonstration where nothing is loaded yet, and serve."""
    host, port = current_app.config["HOST"], current_app.config["PORT"]
    _refuse_taken(host, port)
    context = click.get_current_context()
    context.invoke(database.upgrade_command)
    database.refuse_unsafe_role()
    if not places.councils():
        click.echo("Nothing is loaded yet: loading the demonstration area.")
        context.invoke(demo.load_command)
    click.echo("Starting the server and making sure of the search index.")
    _read_content()
    # Workers are forked from here: they may not share an open database, and the index is theirs to open.
    db.session.close()
    db.engine.dispose()
    os.register_at_fork(after_in_child=_end_with_parent)
    beside: list[subprocess.Popen[bytes]] = []
    threading.Thread(target=_when_ready, args=(host, port, beside), daemon=True).start()
    try:
        _server(host, port).serve()
    finally:
        for process in beside:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _read_content() -> None:
    """Once, for all workers, which are forked from here and share it. It lives as long as they do, so the collector need not
    walk through it at every pause."""
    load_all(current_app._get_current_object())  # type: ignore[attr-defined]
    gc.collect()
    gc.freeze()


_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In a child: be told to stop when this program is killed, so that nothing keeps the port (Linux)."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _server(host: str, port: int) -> Any:
    """Typed Any: granian chooses its server class when it is imported."""
    return Granian(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
        working_dir=ROOT,
    )


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"{host}:{port} cannot be used ({error.strerror}). Choose another, for example: PORT={port + 1} make run"
            ) from None


def _when_ready(host: str, port: int, beside: list[subprocess.Popen[bytes]]) -> None:
    """Print the address once it answers, and only then start the job runner, so that it does not slow the start."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # nosec B104 # noqa: S104 - only shown
    address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    while True:
        time.sleep(0.1)
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=30):  # nosec B310 # noqa: S310 - our own address
                break
        except (urllib.error.URLError, OSError):
            continue
    click.echo(f"Fingerpost is at {address} (Ctrl-C stops it)")
    jobs = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]
    beside.append(subprocess.Popen(jobs, cwd=ROOT, preexec_fn=_end_with_parent))  # noqa: S603 - our own words; one call into libc
    beside[0].wait()  # The child ends with the thread that made it, so this one stays.
