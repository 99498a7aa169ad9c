"""Cells that a spreadsheet would run as a formula: written so that it shows them, and read again as they were meant. Pure."""

import re

_RUNS = r"'*[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠]"
_WOULD_RUN = re.compile(_RUNS)
_WRITTEN = re.compile(f"'(?={_RUNS})")


def harmless(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would run it."""
    return f"'{cell}" if _WOULD_RUN.match(cell) else cell


def as_meant(cell: str) -> str:
    """The cell that `harmless` wrote."""
    return cell[1:] if _WRITTEN.match(cell) else cell
