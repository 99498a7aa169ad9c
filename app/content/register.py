"""The register of what is kept: each table and column, what for, how long and who sees it."""

from pathlib import Path
from typing import Annotated, Literal

from flask import current_app
from pydantic import Field, StringConstraints, model_validator

from app.content.kinds import held
from app.content.reading import read_yaml
from app.content.schema import Reviewed, Strict

FILE = "register.yaml"

Words = Annotated[str, StringConstraints(min_length=3)]
Class = Literal[
    "id", "closed id", "organisation", "count", "time", "yes or no", "position", "version", "state", "role or command", "personal",
    "opaque id of a person", "hash", "secret", "organisation's words", "published text",
]  # fmt: skip
Whose = Literal["nobody's", "staff", "staff, pseudonymous", "patients, pseudonymous", "people in published data"]
Seer = Literal[
    "everybody", "whoever has its address", "the person", "member of the practice", "practice lead", "social worker",
    "provider", "directory editor", "council analyst", "council administrator", "platform administrator",
]  # fmt: skip


class Purpose(Strict):
    """What something is kept for, and the lawful basis in UK GDPR that we propose to the controller."""

    words: Words
    article_6: Words
    article_9: Words


class Kept(Strict):
    """After how many days, and counted from what, rows are removed by the rule of this name; `what` says which, and what of them."""

    rule: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$", max_length=40)]
    what: Words
    days: int = Field(ge=0, le=36_525)
    after: Words


class Table(Strict):
    """One table. `no_end` says why rows have no last day of their own, where that is so."""

    holds: Words
    whose: Whose
    note: Words | None = None
    purpose: str
    seen_by: tuple[Seer, ...] = ()
    kept: tuple[Kept, ...] = ()
    no_end: Words | None = None
    columns: dict[str, Class] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> "Table":
        if not self.kept and not self.no_end:
            raise ValueError("say after how many days it goes (kept), or why it stays (no_end)")
        if self.whose == "nobody's" and {"personal", "opaque id of a person"} & set(self.columns.values()):
            raise ValueError("a table with a personal column is somebody's")
        return self


class Register(Reviewed):
    """Every purpose and every table, each by its id."""

    purposes: dict[str, Purpose]
    tables: dict[str, Table]

    @model_validator(mode="after")
    def _holds_together(self) -> "Register":
        used = {table.purpose for table in self.tables.values()}
        if used != self.purposes.keys():
            raise ValueError(f"purposes that only one side names: {', '.join(sorted(used ^ self.purposes.keys()))}")
        rules = [kept.rule for table in self.tables.values() for kept in table.kept]
        if len(rules) != len(set(rules)):
            raise ValueError("two rules of retention have one name")
        return self


def heads(root: Path) -> dict[Path, Reviewed]:
    """The reviewed head of the file, for the content check."""
    return {root / FILE: read_yaml(root / FILE, Register)}


def days_kept() -> dict[str, int]:
    """After how many days each rule of retention removes, by its name. Raises ContentError."""
    path = current_app.config["CONTENT_DIR"] / FILE
    register = held(current_app, "register", lambda: read_yaml(path, Register))
    return {kept.rule: kept.days for table in register.tables.values() for kept in table.kept}
