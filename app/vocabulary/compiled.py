"""A compiled tree of phrases beside the files that it was made from, as Python keeps its own modules: made once, not at each start.

What is kept is used only for the very files, program and Python that it was made with, and only where it is whole; else, and where
nothing can be written, the tree is made anew. Whoever could put another one here could write into the reading files too.
"""

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

_NAME = Path("__pycache__") / "phrases.marshal"
_SIZE = hashlib.sha256().digest_size


def kept(folder: Path, made_from: Iterable[Path], known: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, of tuples, dicts, sets and strings only, read from `folder` where the same was made there before.
    `known` is what it depends on beside the files and this package."""
    key = _key([*sorted(made_from), *sorted(Path(__file__).parent.glob("*.py"))], known)
    file = folder / _NAME
    found = _read(file, key)
    if found is None:
        found = make()
        _write(file, key, marshal.dumps(found))
    return found


def _key(files: Iterable[Path], known: str) -> bytes:
    key = hashlib.sha256(f"{sys.version} {known}".encode())
    for path in files:
        content = path.read_bytes()
        key.update(f" {path.name} {len(content)} ".encode())
        key.update(content)
    return key.digest()


def _read(file: Path, key: bytes) -> Any:
    """None where there is nothing, or something of other files, or only a part."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    made_from, checksum, body = content[:_SIZE], content[_SIZE : 2 * _SIZE], content[2 * _SIZE :]
    if made_from != key or checksum != hashlib.sha256(body).digest():
        return None
    return marshal.loads(body)  # nosec B302 # noqa: S302 - our own, and whole


def _write(file: Path, key: bytes, body: bytes) -> None:
    """Whole or not at all. Content that may only be read is made anew at each start."""
    new = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        try:
            new.write_bytes(key + hashlib.sha256(body).digest() + body)
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)
