"""How long `POST /api/assistant` takes with services, over HTTP on a real server, where a council has 10,000 services.

    .venv/bin/python bench/api.py

Loads ../shared as `make bench` does, into a folder of its own, with the services of the pilot feed copied under new ids and
moved by up to 3 km; serves it on PORT (8766), and sends each of the 377 texts of ../shared/eval/assistant once after ten to warm up.
"""

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SERVICES = 10_000
COUNCIL = "E08000004"
MOVED_DEGREES = 0.03
IMPORTS = (
    ("places", "import-councils", "data/councils/social_care_councils_england.csv"),
    ("places", "import-councils", "data/councils/local_authority_districts_gb.csv"),
    ("places", "import-postcodes", "data/postcodes/postcodes_gb.csv.gz"),
)


def main() -> None:
    port = int(os.environ.get("PORT", "8766"))
    texts = [json.loads(line)["text"] for path in sample() for line in path.open()]
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"DATA_DIR": folder, "PORT": str(port), "FLASK_APP": "wsgi"}
        feed = Path(folder) / "services.ndjson"
        number = write_copies(feed)
        flask(env, "db", "upgrade")
        for group, command, path in IMPORTS:
            flask(env, group, command, str(SHARED / path))
        flask(env, "directory", "import", str(feed), "--format", "oruk", "--council", COUNCIL)
        server = subprocess.Popen([sys.executable, "-m", "flask", "serve"], env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            taken, given = measure(port, texts)
        finally:
            server.terminate()
            server.wait()
    taken.sort()
    print(f"{len(taken)} texts, {number:,} services, {given:.0f} services in the average answer")
    print(f"p50 {taken[len(taken) // 2]:.1f} ms  p95 {taken[int(len(taken) * 0.95)]:.1f} ms  max {taken[-1]:.1f} ms")


def sample() -> list[Path]:
    folder = SHARED / "eval/assistant"
    return [folder / "vignettes.jsonl", *sorted((folder / "voices").glob("*.jsonl"))]


def write_copies(to: Path) -> int:
    """The pilot feed, and copies of its records until there are SERVICES. Says how many."""
    with gzip.open(SHARED / "data/pilot/services.ndjson.gz", "rt") as lines:
        records = [json.loads(line) for line in lines]
    chance = random.Random(1)
    with to.open("w") as out:
        for number in range(SERVICES):
            by = [chance.uniform(-MOVED_DEGREES, MOVED_DEGREES) for _ in range(2)]
            copy = number // len(records)
            record = records[number % len(records)]
            out.write(json.dumps(moved(record, copy, *by) if copy else record) + "\n")
    return SERVICES


def moved(value: Any, copy: int, north: float, east: float) -> Any:
    """A record under other ids and a little elsewhere."""
    if isinstance(value, list):
        return [moved(each, copy, north, east) for each in value]
    if not isinstance(value, dict):
        return value
    made = {name: moved(each, copy, north, east) for name, each in value.items()}
    for name, each in value.items():
        if isinstance(each, str) and (name == "id" or name.endswith("_id")):
            made[name] = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{each}/{copy}"))
        elif name == "latitude" and each is not None:
            made[name] = each + north
        elif name == "longitude" and each is not None:
            made[name] = each + east
    return made


def flask(env: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "flask", *words], env=env, cwd=ROOT, check=True)


def wait_for(port: int, seconds: float = 180) -> None:
    """Until the server says that it is ready."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz"):
                return
        except OSError:
            if time.monotonic() > until:
                raise SystemExit("the server does not answer") from None
            time.sleep(0.2)


def measure(port: int, texts: list[str]) -> tuple[list[float], float]:
    """Milliseconds of each request, with its connection, and how many services an answer gives on average."""
    connection = HTTPConnection("127.0.0.1", port)
    taken, services = [], 0
    for number, text in enumerate([*texts[:10], *texts]):
        body = json.dumps({"text": text, "council": COUNCIL})
        started = time.perf_counter()
        connection.request("POST", "/api/assistant", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = response.read()
        lasted = (time.perf_counter() - started) * 1000
        if response.status != 200:
            raise SystemExit(f"{response.status}: {answer[:200]!r}")
        if number >= 10:
            taken.append(lasted)
            services += sum(len(each["services"]) for each in json.loads(answer)["alternatives"])
    return taken, services / len(texts)


if __name__ == "__main__":
    main()
