"""Ids of what has none of its own here: made of names, so that they are the same in every answer and after every import. Pure."""

from functools import lru_cache
from uuid import NAMESPACE_URL, UUID, uuid5

_SPACE = uuid5(NAMESPACE_URL, "urn:fingerpost:oruk")


def _made_of(*parts: object) -> str:
    return str(uuid5(_SPACE, "|".join(str(part).replace("|", "||") for part in parts)))


def of_part(service_id: str, part: str, number: int = 0) -> str:
    """Of a part of a service: "at", "location", "address", "phone" and so on, counted from 0."""
    return _made_of("part", service_id, part, number)


def of_organisation(source: str, name: str) -> str:
    """Of an organisation that its feed gives no usable id."""
    return _made_of("organisation", source, name)


@lru_cache(maxsize=1_000)
def of_vocabulary(name: str) -> str:
    return _made_of("vocabulary", name)


@lru_cache(maxsize=10_000)
def of_term(vocabulary: str, name: str) -> str:
    return _made_of("term", vocabulary, name)


def uuid_or_none(text: object) -> str | None:
    """The usual form of a UUID, or None for anything else."""
    try:
        return str(UUID(text)) if isinstance(text, str) else None
    except ValueError:
        return None
