"""What other parts read of relationships."""

from app.relationships.sessions.queries import leading
from app.relationships.sessions.steps import AGREE, ASK, READ, Step
from app.relationships.surveys.catalogue import surveys
from app.relationships.surveys.queries import PULSE
from app.relationships.surveys.schema import Survey

__all__ = ["AGREE", "ASK", "READ", "Step", "leading", "pulse"]


def pulse() -> Survey:
    """The questions of the pulse."""
    return surveys()[PULSE]
