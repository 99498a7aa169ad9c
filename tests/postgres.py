"""A real PostgreSQL server of the tests' own: Debian's, on a Unix socket, gone afterwards."""

import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType

HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


class PostgresServer:
    """Starts on entering, stops on leaving. Runs as the postgres user where the tests run as root. Only a `durable` one waits for
    the disk, as a server does on which people rely."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        if not HOMES:
            raise RuntimeError("PostgreSQL is not installed. Run: apt-get install postgresql")
        self._bin = HOMES[0]
        self._folder = Path("/tmp") / f"fingerpost-pg-{os.getpid()}"
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self._log = folder / "initdb.log"
        self._haste = "" if durable else "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"

    @property
    def owner_url(self) -> str:
        """As the superuser, who owns the tables."""
        return f"postgresql://postgres@/postgres?host={self._folder}"

    @property
    def url(self) -> str:
        """As the role that the application has: it owns nothing and is held by row-level security."""
        return f"postgresql://fingerpost@/postgres?host={self._folder}"

    def __enter__(self) -> "PostgresServer":
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700)
        if self._as:
            shutil.chown(self._folder, "postgres", "postgres")
        data = self._folder / "data"
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-k {self._folder} -c listen_addresses='' {self._haste}"
        self._run("pg_ctl", "-D", data, "-w", "-l", self._folder / "log", "-o", options, "start")
        self._run("createuser", "-h", self._folder, "-U", "postgres", "fingerpost")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        command = [*self._as, str(self._bin / program), *map(str, arguments)]
        with self._log.open("a") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd="/")
