"""What other parts may have done."""

from app.relationships.agreed.actions import NotThere, end, plan, sign
from app.relationships.sessions.actions import begin

__all__ = ["NotThere", "begin", "end", "plan", "sign"]
