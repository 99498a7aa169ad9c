"""The server killed at once: nothing is left that keeps the port, and the next start serves what was there."""

import json
import time
import urllib.request
from pathlib import Path

from tests.journeys.server import Server


def found(server: Server) -> int:
    with urllib.request.urlopen(f"{server.url}/api/search?q=befriending&council=E99000001", timeout=20) as response:
        total: int = json.load(response)["total"]
        return total


def test_a_killed_server_leaves_nothing_behind_and_starts_again(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        before = found(server)
        server.kill()
        for _ in range(100):
            if server.is_deaf():
                break
            time.sleep(0.1)
        assert server.is_deaf()
    server = Server(tmp_path)
    with server:
        assert found(server) == before > 0
