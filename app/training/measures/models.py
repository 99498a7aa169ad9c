"""The table of counts. Private to training."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base


class TrainingCount(Base):
    """How often something stood in the answers to one version of a module. Zeros are not stored; nobody's own answers are in it.

    The key begins with the module and its version because a page reads one version's counts, which then lie together.
    """

    __tablename__ = "training_count"
    __table_args__ = {"sqlite_with_rowid": False}

    module: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    form: Mapped[str] = mapped_column(String(10), primary_key=True)
    what: Mapped[str] = mapped_column(String(10), primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    cell: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
