"""What other parts read of the assistant."""

from app.assistant.knowledge import versions

__all__ = ["versions"]
