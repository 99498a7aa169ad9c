"""Which signposts are old."""

from sqlalchemy import select

from app.jobs.retention import Keeping
from app.signposts.models import Signpost

RULES = (Keeping("signpost", lambda before: select(Signpost).where(Signpost.given_on < before.date())),)
