"""Addresses of static files that change when the file does, so that browsers may keep them for good."""

import hashlib
from functools import cache
from pathlib import Path


class Assets:
    """The static folder, with a fingerprint of each file in its address's query."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.url = cache(self._url)

    def _url(self, name: str) -> str:
        digest = hashlib.sha256((self._root / name).read_bytes()).hexdigest()[:12]
        return f"/static/{name}?v={digest}"
