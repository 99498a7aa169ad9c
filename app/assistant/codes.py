"""SNOMED CT terms that a record entry may name: only those of content/codes.yaml, each with where it was read. Pure."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, field_validator
from stdnum import verhoeff

from app.content.reading import read_yaml
from app.content.schema import Reviewed, Strict
from app.vocabulary.schema import Alternative


class Code(Strict):
    """A term and its code, and for which alternatives: by the body that answers for them, or by name."""

    code: str
    term: str = Field(min_length=3)
    responsible: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    read_in: str = Field(min_length=3)

    @field_validator("code")
    @classmethod
    def _has_its_check_digit(cls, code: str) -> str:
        if not verhoeff.is_valid(code):
            raise ValueError(f"{code} is no SNOMED CT code: its check digit does not fit. Look it up again at its source")
        return code


class CodeFile(Reviewed):
    """All codes; no other may be shown anywhere."""

    entries: tuple[Code, ...]


def read_codes(root: Path) -> CodeFile:
    """The file, checked. Raises ContentError."""
    return read_yaml(root / "codes.yaml", CodeFile)


def fitting(file: CodeFile, offered: Iterable[Alternative]) -> list[Code]:
    """The codes for what was offered, in the order of the file."""
    entries = list(offered)
    bodies, names = {entry.responsible for entry in entries}, {entry.id for entry in entries}
    return [code for code in file.entries if bodies & set(code.responsible) or names & set(code.alternatives)]
