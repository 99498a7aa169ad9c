"""The table of OWASP ASVS 5.0, levels 1 and 2, from docs/security/asvs.yaml: what is met and by what, what does not apply,
what is argued and in which paper, what is open.

    make asvs

writes docs/security/asvs.md and prints how many rows there are of each.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import yaml  # noqa: E402
from pydantic import Field, TypeAdapter, model_validator  # noqa: E402

from app.content.schema import Strict  # noqa: E402

FOLDER = ROOT / "docs" / "security"
CHAPTERS = (
    "Encoding and sanitising", "Validation and business logic", "Web front end", "API and web service", "Files", "Authentication",
    "Sessions", "Authorisation", "Self-contained tokens", "OAuth and OIDC", "Cryptography", "Communication", "Configuration",
    "Data protection", "Secure coding and architecture", "Logging and errors", "WebRTC",
)  # fmt: skip


class Row(Strict):
    """One requirement. `by` names code, `shown` tests or papers.

    `argued` says why it is not met by the program: it is the host's, or a departure. `paper` is where that is set out.
    """

    id: str = Field(pattern=r"^V\d{1,2}\.\d{1,2}\.\d{1,2}$")
    level: Literal[1, 2]
    asks: str = Field(min_length=3)
    by: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    not_applicable: str = ""
    argued: str = ""
    paper: str = ""
    open: str = ""

    @model_validator(mode="after")
    def _has_one_verdict(self) -> "Row":
        if [bool(self.shown), bool(self.not_applicable), bool(self.argued), bool(self.open)].count(True) != 1:
            raise ValueError(f"{self.id}: shown, not_applicable, argued or open, and only one of them")
        if bool(self.argued) != bool(self.paper):
            raise ValueError(f"{self.id}: what is argued is argued in a paper")
        if self.shown and not self.by:
            raise ValueError(f"{self.id}: what is shown is met by something")
        return self

    @property
    def verdict(self) -> str:
        verdicts = {"met": self.shown, "argued": self.argued, "not applicable": self.not_applicable, "open": self.open}
        return next(name for name, said in verdicts.items() if said)

    @property
    def chapter(self) -> int:
        return int(self.id[1:].split(".")[0])


@dataclass(frozen=True)
class Table:
    """All rows, in their order."""

    rows: tuple[Row, ...]

    def counts(self) -> Counter[str]:
        return Counter(row.verdict for row in self.rows)

    def summary(self) -> str:
        counts = self.counts()
        return (
            f"{len(self.rows)} requirements: "
            + ", ".join(f"{counts[name]} {name}" for name in ("met", "argued", "not applicable", "open"))
            + "."
        )

    def markdown(self) -> str:
        """The table, a section for each chapter."""
        parts = [
            "# OWASP ASVS 5.0, levels 1 and 2\n",
            "Written by `make asvs` from `docs/security/asvs.yaml`; change that. Ids are those of the standard (OWASP, CC BY-SA 4.0), the "
            "words are ours.\nNobody from outside has looked at this. Met means: there is code, and a test or paper shows it.\n"
            "Argued means: the program does not meet it, because it is the host's or because we depart from it; the paper says why, and "
            "the deploying organisation has to accept it.\n",
            f"{self.summary()}\n",
        ]
        for number, title in enumerate(CHAPTERS, 1):
            rows = [row for row in self.rows if row.chapter == number]
            parts.append(f"## V{number} {title}\n\n| id | level | asks | verdict | by | shown by, or why |\n|---|---|---|---|---|---|")
            parts += [_line(row) for row in rows]
            parts.append("")
        return "\n".join(parts).rstrip() + "\n"


def _line(row: Row) -> str:
    argued = f"{row.argued} (`{row.paper}`)" if row.argued else ""
    why = ", ".join(f"`{name}`" for name in row.shown) or argued or row.not_applicable or row.open
    return f"| {row.id} | {row.level} | {row.asks} | {row.verdict} | {', '.join(f'`{name}`' for name in row.by)} | {why} |"


def read() -> Table:
    """The rows of docs/security/asvs.yaml. Raises pydantic's ValidationError."""
    return Table(TypeAdapter(tuple[Row, ...]).validate_python(yaml.safe_load((FOLDER / "asvs.yaml").read_text(encoding="utf-8"))))


if __name__ == "__main__":
    table = read()
    (FOLDER / "asvs.md").write_text(table.markdown(), encoding="utf-8")
    print(table.summary())
