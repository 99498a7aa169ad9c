"""The sentences that the program says, by id: content/messages/*.yaml holds the words."""

from functools import lru_cache
from pathlib import Path

from flask import current_app

from app.content.problems import ContentError, Problem
from app.content.reading import read_yaml
from app.content.schema import Figured


class MessageFile(Figured):
    """Messages of one part of the program: id to sentence, with {names} to fill in."""

    messages: dict[str, str]


@lru_cache(maxsize=4)
def load(folder: Path) -> dict[str, str]:
    """All messages by id. Raises ContentError where an id stands in two files."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        for identity, text in read_yaml(path, MessageFile).messages.items():
            if identity in found:
                raise ContentError([Problem(path, 0, f"Message {identity} is in another file too.", "Keep one.")])
            found[identity] = text
    return found


def say(identity: str, **values: object) -> str:
    """The sentence for this id with its values filled in. An unknown id is a programming error: KeyError."""
    return _of(current_app.config["CONTENT_DIR"])[identity].format(**values)


@lru_cache(maxsize=4)
def _of(content: Path) -> dict[str, str]:
    """The messages of a content folder: a page says some fifty, and to put their folder's name together took longer than to say them."""
    return load(content / "messages")
