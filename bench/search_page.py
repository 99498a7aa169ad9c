"""Result pages a second within a council, beside the same pages with their rows in memory, through the production server.

    .venv/bin/python bench/search_page.py 10000

Services and queries are those of `services.py` and `search_queries.py`, each asked from a practice; the server is granian with
the workers and threads of `flask serve`. The load comes from two processes of this script, so that the requests a second are those
of two cores less what the load takes. What the server's processes use of the processor for a page does not depend on that, nor on
who else is on the machine: the share is taken of it. A result page also records that somebody searched.
"""

import multiprocessing
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

CLIENTS, CONNECTIONS, SECONDS = 2, 4, 15
TICK = os.sysconf("SC_CLK_TCK")


def main(number: int) -> None:
    from search_queries import queries
    from services import application

    app = application(number)
    with app.app_context():
        asked = [urlencode({"q": query.text, "ods": query.practice}) for query in queries(app, 1)]
        app.extensions["database"].dispose()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, __file__, "serve", str(port)])
    try:
        wait_for(port)
        costs = {}
        for path in ("/search", "/rows"):
            load(port, path, asked, SECONDS)
            before, started = used(server.pid), time.perf_counter()
            pages = load(port, path, asked, SECONDS)
            costs[path] = (used(server.pid) - before) / pages * 1000
            rate = pages / (time.perf_counter() - started)
            print(f"{number:,} services, {path}: {rate:.0f} pages a second, {costs[path]:.2f} ms of the processor each")
        print(f"a search reaches {costs['/rows'] / costs['/search']:.2f} of the pages whose rows are in memory")
    finally:
        server.terminate()
        server.wait()


def serve(port: int) -> None:
    import search_page_app
    from granian import Granian
    from granian.constants import Interfaces

    from app.cli.serve import WORKERS
    from app.ui.overload import THREADS

    search_page_app.app.extensions["database"].dispose()
    how = {"workers": WORKERS, "blocking_threads": THREADS, "log_enabled": False, "websockets": False}
    Granian("search_page_app:app", port=port, interface=Interfaces.WSGI, **how).serve()


def load(port: int, path: str, asked: list[str], seconds: float) -> int:
    """Ask for pages at random; how many came."""
    with multiprocessing.Pool(CLIENTS * CONNECTIONS) as pool:
        return sum(pool.starmap(ask, [(port, path, asked, seconds, seed) for seed in range(CLIENTS * CONNECTIONS)]))


def ask(port: int, path: str, asked: list[str], seconds: float, seed: int) -> int:
    chance, connection = random.Random(seed), HTTPConnection("127.0.0.1", port)
    pages, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        connection.request("GET", f"{path}?{chance.choice(asked)}")
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        pages += 1
    return pages


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server does not answer")


def used(parent: int) -> float:
    """Seconds of the processor that the server's workers have used."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            total += int(fields[11]) + int(fields[12])
    return total / TICK


if __name__ == "__main__":
    serve(int(sys.argv[2])) if sys.argv[1] == "serve" else main(int(sys.argv[1]))
