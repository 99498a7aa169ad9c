"""The same services in SQLite's FTS5 and in PostgreSQL's full text, asked as their manuals say: the peers of our search."""

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402

from app.directory import queries as directory  # noqa: E402
from app.directory.queries import LiveService  # noqa: E402

COLUMNS = ("name", "types", "organisation", "summary", "description", "places")
LIMIT = 20
NATIONAL = "national"


class Rival(Protocol):
    """An engine under test: megabytes on disk, seconds to build, and a search by words, all or any of which must be held."""

    name: str
    megabytes: float
    seconds: float
    clock: Callable[[], float]
    """Seconds of the processor that this thread, and the server if there is one, have used."""

    def find(self, words: list[str], every: bool, council: str | None, category: str | None) -> list[str]: ...


class Fts5:
    """Porter stems, bm25() with a weight for each column; made once and kept beside the services."""

    name = "FTS5"
    clock = staticmethod(time.thread_time)

    def __init__(self, folder: Path) -> None:
        path = folder / "fts5.sqlite3"
        started = time.perf_counter()
        fresh = not path.exists()
        self._database = sqlite3.connect(path)
        if fresh:
            self._build()
            (folder / "fts5.seconds").write_text(str(time.perf_counter() - started))
        self.seconds = float((folder / "fts5.seconds").read_text())
        self.megabytes = path.stat().st_size / 1e6

    def _build(self) -> None:
        database = self._database
        database.executescript(f"""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE VIRTUAL TABLE text USING fts5({", ".join(COLUMNS)}, content='', tokenize='porter unicode61');
            CREATE TABLE service (number INTEGER PRIMARY KEY, id TEXT);
            CREATE TABLE area (council TEXT, number INTEGER, PRIMARY KEY (council, number)) WITHOUT ROWID;
            CREATE TABLE kind (alternative TEXT, number INTEGER, PRIMARY KEY (alternative, number)) WITHOUT ROWID;
        """)
        for number, service in enumerate(_services(), start=1):
            database.execute(f"INSERT INTO text (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)", (number, *_texts(service)))
            database.execute("INSERT INTO service VALUES (?, ?)", (number, service.id))
            database.executemany("INSERT INTO area VALUES (?, ?)", [(code, number) for code in _areas(service)])
            database.executemany("INSERT INTO kind VALUES (?, ?)", [(name, number) for name in service.alternatives])
        database.execute("INSERT INTO text(text) VALUES ('optimize')")
        database.commit()

    def find(self, words: list[str], every: bool, council: str | None, category: str | None) -> list[str]:
        wanted = (" AND " if every else " OR ").join(f'"{word}"' for word in words)
        joins, values = "", []
        if council:
            joins += " JOIN area ON area.number = text.rowid AND area.council IN (?, ?)"
            values += [council, NATIONAL]
        if category:
            joins += " JOIN kind ON kind.number = text.rowid AND kind.alternative = ?"
            values.append(category)
        statement = (
            f"SELECT service.id FROM text JOIN service ON service.number = text.rowid{joins}"
            f" WHERE text MATCH ? ORDER BY bm25(text, 4, 3, 2, 2, 1, 1) LIMIT {LIMIT}"
        )
        return [row[0] for row in self._database.execute(statement, (*values, wanted))]


class Postgres:
    """English stems with a weight for each field, GIN, ts_rank; made anew in a server of the tests."""

    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute("SET max_parallel_workers_per_gather = 0")
        started = time.perf_counter()
        self._connection.execute("""
            CREATE TABLE text (number integer PRIMARY KEY, id text, words tsvector);
            CREATE TABLE area (council text, number integer, PRIMARY KEY (council, number));
            CREATE TABLE kind (alternative text, number integer, PRIMARY KEY (alternative, number));
        """)
        self._load()
        self._connection.execute("CREATE INDEX ON text USING gin (words)")
        self._connection.execute("CREATE INDEX ON area (number)")
        self._connection.execute("VACUUM ANALYZE")
        self.seconds = time.perf_counter() - started
        size = self._connection.execute("SELECT sum(pg_total_relation_size(name)) FROM unnest(ARRAY['text', 'area', 'kind']) AS name")
        self.megabytes = float(size.fetchone()[0]) / 1e6  # type: ignore[index]

    def clock(self) -> float:
        used = Path(f"/proc/{self._connection.info.backend_pid}/schedstat").read_text().split()[0]
        return time.thread_time() + int(used) / 1e9

    def _load(self) -> None:
        cursor = self._connection.cursor()
        cursor.execute("CREATE TEMP TABLE raw (number integer, id text, a text, b text, c text, d text)")
        areas, kinds = [], []
        with cursor.copy("COPY raw FROM STDIN") as copy:
            for number, service in enumerate(_services(), start=1):
                name, types, organisation, summary, description, places = _texts(service)
                parts = (name, f"{types} {organisation}", summary, f"{description} {places}")
                copy.write_row((number, service.id, *(part.replace("\x00", "") for part in parts)))
                areas += [(code, number) for code in _areas(service)]
                kinds += [(kind, number) for kind in service.alternatives]
        for table, rows in (("area", areas), ("kind", kinds)):
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        weighed = " || ".join(f"setweight(to_tsvector('english', {letter}), '{letter.upper()}')" for letter in "abcd")
        cursor.execute(f"INSERT INTO text SELECT number, id, {weighed} FROM raw")

    def find(self, words: list[str], every: bool, council: str | None, category: str | None) -> list[str]:
        values: list[object] = [(" & " if every else " | ").join(words)]
        held = ""
        if council:
            held += " AND EXISTS (SELECT FROM area WHERE area.number = text.number AND area.council IN (%s, %s))"
            values += [council, NATIONAL]
        if category:
            held += " AND EXISTS (SELECT FROM kind WHERE kind.number = text.number AND kind.alternative = %s)"
            values.append(category)
        ranked = f"ORDER BY ts_rank(words, wanted) DESC LIMIT {LIMIT}"
        statement = f"SELECT id FROM text, to_tsquery('english', %s) AS wanted WHERE words @@ wanted{held} {ranked}"
        return [row[0] for row in self._connection.execute(statement, values)]  # type: ignore[arg-type]


def _services() -> Iterator[LiveService]:
    return (service for batch in directory.live_services() for service in batch)


def _texts(service: LiveService) -> tuple[str, ...]:
    where = [part for site in service.sites for part in (site.name, site.address, site.postcode)]
    return (
        service.name,
        " ".join((*service.types, *service.languages)),
        service.organisation,
        service.summary,
        f"{service.description} {service.eligibility}",
        " ".join((*where, service.area_served)),
    )


def _areas(service: LiveService) -> set[str]:
    return {*service.council_codes, *([NATIONAL] if service.national else [])}
