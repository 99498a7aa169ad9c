"""flask serve: everything that `make run` needs once packages are there."""

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

from app.cli import database, demo
from app.places import queries as places
from app.search import actions as search

WORKERS = 2
THREADS = 4
ROOT = Path(__file__).resolve().parents[2]


@click.command("serve")
def serve_command() -> None:
    """Prepare the database, load the demonstration where nothing is loaded yet, and serve."""
    host, port = current_app.config["HOST"], current_app.config["PORT"]
    _refuse_taken(host, port)
    click.get_current_context().invoke(database.upgrade_command)
    if not places.councils():
        click.echo("Nothing is loaded yet: loading the demonstration area.")
        click.get_current_context().invoke(demo.load_command)
    click.echo(search.ensure())
    jobs = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"], cwd=ROOT)
    threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    try:
        _server(host, port).serve()
    finally:
        jobs.terminate()
        jobs.wait(timeout=10)


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
        log_enabled=True,
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


def _announce(host: str, port: int) -> None:
    """Print the address once it answers."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - only shown
    address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1):  # noqa: S310 - our own address
                click.echo(f"Fingerpost is at {address} (Ctrl-C stops it)")
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
