"""Bytes from outside: gzip taken off, but never into something endless, and text that is not UTF-8. Pure."""

import codecs
import gzip
import io
from typing import BinaryIO, cast

from app.directory.refusal import Unreadable, Why

LARGEST = 300 * 1024 * 1024
"""Bytes that any packed file may have when it is unpacked."""
MOST_TIMES = 100
"""A larger one may be unpacked to so many times its size; text grows about tenfold, a zip bomb a thousandfold."""
WINDOWS_1252 = "fingerpost.windows_1252"
"""The name of the way to read text that is not UTF-8."""


def unpacked(stream: BinaryIO, largest: int | None = None) -> BinaryIO:
    """The stream from its start, without its gzip wrapping where it has one. Reading a zip bomb raises Unreadable, and so does what
    is larger unpacked than `largest` bytes."""
    packed = stream.read(2) == b"\x1f\x8b"
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if not packed:
        return stream
    return cast(BinaryIO, io.BufferedReader(_Capped(gzip.GzipFile(fileobj=stream), largest or max(LARGEST, MOST_TIMES * size))))


class _Capped(io.RawIOBase):
    """A stream that refuses to give more than `most` bytes."""

    def __init__(self, stream: gzip.GzipFile, most: int) -> None:
        self._stream = stream
        self._most = most

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._stream.seek(offset, whence)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        given = self._stream.read(len(buffer))
        if self._stream.tell() > self._most:
            raise Unreadable(Why.TOO_LARGE, megabytes=self._most // 1024**2)
        buffer[: len(given)] = given
        return len(given)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 are read as Windows-1252, and only those."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(WINDOWS_1252, _as_windows_1252)
