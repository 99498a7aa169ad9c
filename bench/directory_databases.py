"""Databases to import into, with Great Britain's places loaded, and running commands on them in processes of their own."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

from flask import Flask
from sqlalchemy import create_engine, text

from app import create_app
from app.directory.models import ServiceVersion
from app.directory.queries import live
from app.extensions import db
from config import Settings
from tests.postgres import PostgresServer

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PILOT = SHARED / "data/pilot/services.ndjson.gz"
KINDS = ("SQLite", "PostgreSQL")
EVERY = 0.25
"""Seconds between two looks at a process."""


@dataclass(frozen=True)
class Ran:
    """A command that has ended well: what it said, its seconds, those of the processor, and its memory in megabytes: at most, and
    one look after another."""

    output: str
    seconds: float
    processor: float
    most: float
    memory: list[float]


@dataclass(frozen=True)
class Place:
    """A database of its own with places and without services. `url` is the application's, `owner_url` may make tables."""

    kind: str
    folder: Path
    url: str
    owner_url: str

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"DATABASE_OWNER_URL": self.owner_url} if self.owner_url != self.url else {}
        settings = {"DATA_DIR": str(self.folder), "DATABASE_URL": self.url, "SECRET_KEY": "for measuring only", "FLASK_APP": "wsgi"}
        return kept | own | settings

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """`flask` with these arguments; what it says goes to the file said.txt."""
        with (self.folder / "said.txt").open("w") as said:
            command = [sys.executable, "-m", "flask", *arguments]
            return subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=said, stderr=subprocess.STDOUT)

    def flask(self, *arguments: str) -> Ran:
        """The command, measured to its end. One that fails ends the measurement."""
        started = time.perf_counter()
        process, memory = self.start(*arguments), []
        while True:
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            memory += [seen] if (seen := _memory(process.pid)) else []
            time.sleep(EVERY)
        process.returncode = os.waitstatus_to_exitcode(status)
        output = (self.folder / "said.txt").read_text()
        if process.returncode:
            raise SystemExit(output)
        now = [seen["VmRSS"] for seen in memory]
        most = max(seen["VmHWM"] for seen in memory)
        return Ran(output, time.perf_counter() - started, used.ru_utime + used.ru_stime, most, now)

    def imports(self, feed: Path, *more: str) -> Ran:
        """The feed, imported as people do it."""
        return self.flask("directory", "import", str(feed), "--format", "oruk", "--report", str(self.folder / "report.csv"), *more)

    @contextmanager
    def app(self) -> Iterator[Flask]:
        """The application in this process, over this database."""
        app = create_app(Settings.from_environ(self.environ))
        with app.app_context():
            yield app
        app.extensions["database"].dispose()


def state() -> tuple[int, str]:
    """How many services are live now, and a digest of the ids and fingerprints of them all."""
    wanted = live(ServiceVersion.service_id, ServiceVersion.fingerprint).order_by(ServiceVersion.service_id)
    digest, number = blake2b(digest_size=8), 0
    db.session.rollback()
    for row in db.session.execute(wanted).yield_per(10_000):
        digest.update(f"{row.service_id} {row.fingerprint}\n".encode())
        number += 1
    db.session.rollback()
    return number, digest.hexdigest()


def _memory(pid: int) -> dict[str, float]:
    """Megabytes that a process and those that it started have now (VmRSS) and had at most (VmHWM, of each at another moment); empty
    once it has ended. What the system says of a process that has ended would count the one that started it, too."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    said = (line.partition(":") for line in status.splitlines())
    found = {name: int(value.split()[0]) / 1024 for name, _, value in said if name in ("VmRSS", "VmHWM")}
    below = [_memory(int(child)) for child in started]
    return {name: value + sum(one.get(name, 0) for one in below) for name, value in found.items()}


class Databases:
    """Databases of the kinds that are asked for, copied from one into which places were imported once."""

    def __init__(self, folder: Path, kinds: tuple[str, ...]) -> None:
        self.kinds = kinds
        self.folder = folder
        self._number = 0
        self._stack = ExitStack()

    def __enter__(self) -> "Databases":
        self.folder.mkdir(parents=True, exist_ok=True)
        if "SQLite" in self.kinds and not (self.folder / "places/loaded").exists():
            _load(self._sqlite(self.folder / "places"))
            (self.folder / "places/loaded").touch()
        if "PostgreSQL" in self.kinds:
            self._server = self._stack.enter_context(PostgresServer(self.folder, durable=True))
            self._admin = create_engine(self._server.owner_url, isolation_level="AUTOCOMMIT")
            self._command("CREATE DATABASE places")
            _load(self._postgres(self.folder / "places-postgresql", "places"))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if "PostgreSQL" in self.kinds:
            self._admin.dispose()
        self._stack.close()

    def _command(self, sql: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(sql))

    def _sqlite(self, folder: Path) -> Place:
        folder.mkdir(exist_ok=True)
        url = f"sqlite:///{folder / 'fingerpost.sqlite3'}"
        return Place("SQLite", folder, url, url)

    def _postgres(self, folder: Path, name: str) -> Place:
        folder.mkdir(exist_ok=True)
        of_role, of_owner = (url.replace("/postgres?", f"/{name}?") for url in (self._server.url, self._server.owner_url))
        return Place("PostgreSQL", folder, of_role, of_owner)

    @contextmanager
    def fresh(self, kind: str) -> Iterator[Place]:
        """A database with places and without services, gone afterwards."""
        self._number += 1
        name = f"work{self._number}"
        folder = self.folder / f"work-{os.getpid()}-{self._number}"
        if kind == "SQLite":
            place = self._sqlite(folder)
            shutil.copy(self.folder / "places/fingerpost.sqlite3", folder)
        else:
            self._command(f"CREATE DATABASE {name} TEMPLATE places")
            place = self._postgres(folder, name)
        try:
            yield place
        finally:
            shutil.rmtree(folder)
            if kind == "PostgreSQL":
                self._command(f"DROP DATABASE {name} WITH (FORCE)")


def _load(place: Place) -> None:
    data = SHARED / "data"
    place.flask("db", "upgrade")
    for name in ("social_care_councils_england.csv", "local_authority_districts_gb.csv"):
        place.flask("places", "import-councils", str(data / "councils" / name))
    place.flask("places", "import-postcodes", str(data / "postcodes/postcodes_gb.csv.gz"))


def table(title: str, headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Print a table as Markdown, with the load of the machine."""
    print(f"\n### {title}\n\nLoad of the machine: {os.getloadavg()[0]:.1f}\n")
    print("\n".join(f"| {' | '.join(map(str, row))} |" for row in (headings, ["---"] * len(headings), *rows)), flush=True)
