"""What other parts may have done."""

from app.relationships.sessions.actions import begin

__all__ = ["begin"]
