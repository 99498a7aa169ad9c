"""Every kind of event. Each holds ids of our own vocabulary only: never a person, never words that somebody typed."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """What all kinds share."""

    kind: ClassVar[str]

    def facts(self) -> dict[str, Any]:
        """The event's ids as plain data for the row."""
        return asdict(self)

    def only_counted(self) -> tuple[str, ...]:
        """Words of our own vocabulary that are counted by month and council and are no part of the row."""
        return ()


@dataclass(frozen=True)
class SearchMade(Event):
    """Somebody searched the directory. `found` says only whether anything fitted. `words` are those of the search that stand
    in our own published vocabulary; they are counted and not kept with the event."""

    kind: ClassVar[str] = "search_made"
    found: bool
    alternatives: tuple[str, ...]
    words: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        return {"found": self.found, "alternatives": self.alternatives}

    def only_counted(self) -> tuple[str, ...]:
        return self.words


@dataclass(frozen=True)
class AssistantAsked(Event):
    """Somebody asked the assistant. Ids of the needs read, the flags raised and the first alternatives shown."""

    kind: ClassVar[str] = "assistant_asked"
    needs: tuple[str, ...]
    red_flags: tuple[str, ...]
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class ServiceOpened(Event):
    """Somebody opened a service's page."""

    kind: ClassVar[str] = "service_opened"
    service: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class ModuleStarted(Event):
    """Somebody began a training module."""

    kind: ClassVar[str] = "module_started"
    module: str


@dataclass(frozen=True)
class ModuleFinished(Event):
    """Somebody answered a module's last question."""

    kind: ClassVar[str] = "module_finished"
    module: str
    right: int
    asked: int
