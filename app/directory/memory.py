"""What an import remembers of every record that it has met, small enough for hundreds of thousands. Pure."""

from hashlib import blake2b
from typing import NamedTuple

_SHORT = 8


class Seen(NamedTuple):
    """A service met earlier in the same feed: its content, whose it is, and when it was last changed (sortable text)."""

    fingerprint: bytes
    organisation: bytes
    modified: str


class Memory:
    """Services by id, and the (source, source_id) pairs that stood in the feed, also those that were refused."""

    def __init__(self) -> None:
        self._services: dict[bytes, bytes] = {}
        self._keys: set[int] = set()
        self._refused: set[str] = set()

    def seen(self, service_id: str) -> Seen | None:
        """What was taken under this id, or None."""
        packed = self._services.get(_packed(service_id))
        return Seen(packed[:16], packed[16:24], packed[24:].decode()) if packed else None

    def remember(self, service_id: str, fingerprint: str, organisation: str, modified: str) -> None:
        """Note a service that was taken; a later one under its id replaces it."""
        self._services[_packed(service_id)] = bytes.fromhex(fingerprint) + short_digest(organisation) + modified.encode()

    def remember_refused(self, service_id: str) -> None:
        self._refused.add(service_id)

    def remember_key(self, source: str, source_id: str) -> None:
        self._keys.add(hash((source, source_id)))

    def knows_key(self, source: str, source_id: str) -> bool:
        return hash((source, source_id)) in self._keys

    def met(self, service_id: str, source: str, source_id: str) -> bool:
        """True when the feed spoke of this service, whatever became of the record."""
        return self.knows_key(source, source_id) or service_id in self._refused or _packed(service_id) in self._services


def _packed(service_id: str) -> bytes:
    """The sixteen bytes of a UUID in its usual form."""
    return bytes.fromhex(service_id.replace("-", ""))


def short_digest(text: str) -> bytes:
    return blake2b(text.encode(errors="replace"), digest_size=_SHORT).digest()
