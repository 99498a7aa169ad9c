"""Which reviews are old."""

from sqlalchemy import select

from app.jobs.retention import Keeping
from app.training.review.models import ReviewCard

RULES = (Keeping("review_card", lambda before: select(ReviewCard).where(ReviewCard.reviewed_at < before)),)
