"""The application as people run it: `flask serve` in a process of its own, with its own folder."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """Started on entering, stopped on leaving; `flask()` runs a command on the same data. `environ` holds further settings. `port`
    is that of a server that was killed, where people go on with the next."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", port: int = 0, **settings: str) -> None:
        self.port = port or free_port()
        self.url = f"http://{host}:{self.port}"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        known = {"DATA_DIR": str(folder), "PORT": str(self.port), "PUBLIC_URL": self.url, "FLASK_APP": "wsgi"}
        self.environ = kept | known | settings
        self._log = (folder / "serve.log").open("w")
        self._process: subprocess.Popen[bytes] | None = None

    def flask(self, *arguments: str) -> str:
        """Run a command and give back what it said; a failing one fails the test."""
        command = [sys.executable, "-m", "flask", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def __enter__(self) -> "Server":
        command = [sys.executable, "-m", "flask", "serve"]
        self._process = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=self._log, stderr=self._log)
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return self
            except (urllib.error.URLError, OSError):
                assert self._process.poll() is None, Path(self._log.name).read_text()
                time.sleep(0.1)
        raise AssertionError("the server did not get ready in a minute:\n" + Path(self._log.name).read_text())

    def kill(self) -> None:
        """End the program as a crash would, without a word to it."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(timeout=20)

    def is_deaf(self) -> bool:
        """True once nothing listens on the port any more."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(timeout=20)
        self._log.close()
