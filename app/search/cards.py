"""Cards on disk: a file beside the engine's own that is only added to. The engine gives back what it stores by unpacking the
block around it, which takes four times as long."""

import os
import weakref
from pathlib import Path
from zlib import crc32

NAME = "cards"
_SUM_BYTES = 4
_SIZE_BITS = 24
"""Bits of a place that hold the size; the others hold where it begins."""


class CardWriter:
    """Adds cards. What is added and never committed by the engine, or replaced later, stays until the index is made anew."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / NAME).open("ab")

    def add(self, card: bytes) -> int:
        """The place to find it again."""
        place = self._file.tell() << _SIZE_BITS | (_SUM_BYTES + len(card))
        self._file.write(crc32(card).to_bytes(_SUM_BYTES, "big") + card)
        return place

    def close(self) -> None:
        """Once it returns, the cards are on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


class CardReader:
    """Reads cards. A file that is cut short or overwritten meanwhile is an error, not a crash as of a mapped one."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / NAME, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)

    def read(self, place: int) -> bytes:
        """The card at this place. Raises ValueError where it is damaged."""
        size = place & ((1 << _SIZE_BITS) - 1)
        kept = os.pread(self._file, size, place >> _SIZE_BITS)
        card = kept[_SUM_BYTES:]
        if len(kept) != size or crc32(card).to_bytes(_SUM_BYTES, "big") != kept[:_SUM_BYTES]:
            raise ValueError("a card is damaged")
        return card
