"""What the pages about signposts show, as plain data."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from app.content.messages import say
from app.directory import queries as directory
from app.disclosure.control import Published
from app.places.queries import council_or_none, practice_or_none
from app.signposts.outcomes import Later, Outcome, Reason
from app.signposts.queries import Given, Returned, Sum, returned, summed
from app.signposts.sheet import MOST_LINES, Column, Fault, Line, Refused
from app.ui.numbers import in_groups
from app.vocabulary import queries as vocabulary


@dataclass(frozen=True)
class Row:
    """One signpost in words."""

    code: str
    given: Given
    offered: list[str]


def page_of(given: Given, checklist: Collection[str]) -> dict[str, Any]:
    """What answer.html shows."""
    reasons = [reason for reason in Reason if reason is not Reason.TOO_LITTLE_SAID]
    words = {"outcomes": [Outcome.STARTED, Outcome.NOT_REACHED], "reasons": reasons, "laters": list(Later)}
    return {"row": _row(given), "told": vocabulary.told(checklist), "too_little": Reason.TOO_LITTLE_SAID, **words}


def of_practice(given: Sequence[Given], practices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What yours.html shows."""
    total: Sum = summed(given)
    labels = {item.id: item.label for item in vocabulary.every_told()}
    councils = dict.fromkeys(
        practice.council_code for code, _ in practices if (practice := practice_or_none(code)) and practice.council_code
    )
    return {
        "rows": [_row(one) for one in given],
        "total": total,
        "practices": [name for _, name in practices],
        "outcomes": list(Outcome),
        "own_why": [(say(f"signposts.reason.{reason}"), number) for reason, number in total.by_reason.most_common()],
        "own_lacking": [(labels[item], number) for item, number in total.lacking.most_common() if item in labels],
        "council_why": [(council.name, of_returns(returned(code))) for code in councils if (council := council_or_none(code))],
    }


def of_returns(returned: Returned) -> dict[str, Any]:
    """What the table of reasons shows, the most frequent first: (words, how many, or None where that may not be said)."""
    labels = {item.id: item.label for item in vocabulary.every_told()}
    reasons = [(say(f"signposts.reason.{reason}"), returned.reasons[reason]) for reason in Reason]
    lacking = [(labels[item], cell) for item, cell in returned.lacking.items() if item in labels]
    return {"why": _by_size(reasons), "lacking": _by_size(lacking)}


def _by_size(cells: Sequence[tuple[str, Published]]) -> list[tuple[str, int | None]]:
    return sorted(((words, cell.value) for words, cell in cells), key=lambda one: -1 if one[1] is None else one[1], reverse=True)


def known_headings() -> dict[str, Column]:
    """How the columns of a sheet may be headed, in small letters."""
    return {name.casefold(): column for column in Column for name in (column.value, say(f"signposts.column.{column}"))}


def known_words() -> dict[str, Outcome | Reason | Later]:
    """What may stand in its cells, in small letters: the words of our buttons, or their ids."""
    return {name.casefold(): word for kind, word in _words() for name in (word.value, say(f"signposts.{kind}.{word}"))}


def words_of_sheets() -> dict[str, Any]:
    """What sheet.html says of the form of a sheet."""
    columns = [say(f"signposts.column.{column}") for column in Column]
    said = {name: [say(f"signposts.{kind}.{word}") for kind, word in _words() if kind in kinds] for name, kinds in _CELLS.items()}
    return {"columns": columns, "words": list(zip(columns[1:], said.values(), strict=True)), "most": MOST_LINES}


def of_sheet(lines: Sequence[Line | Refused], taken: Collection[str]) -> dict[str, Any]:
    """What sheet.html shows of one that was sent: how many lines were kept, and those that were not."""
    refused = [
        line if isinstance(line, Refused) else Refused(line.number, in_groups(line.code), Fault.NOT_HERE)
        for line in lines
        if isinstance(line, Refused) or line.code not in taken
    ]
    return {"all": len(lines), "kept": len(lines) - len(refused), "refused": refused}


def template() -> str:
    """A sheet of headings, with a line for each word that is understood."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(say(f"signposts.column.{column}") for column in Column)
    for kind, word in _words():
        said = say(f"signposts.{kind}.{word}")
        writer.writerow(["", "", said] if kind == "later" else ["", said, ""])
    return text.getvalue()


_CELLS = {"outcome": ("outcome", "reason"), "later": ("later",)}


def _words() -> list[tuple[str, Outcome | Reason | Later]]:
    outcomes = [("outcome", word) for word in Outcome if word is not Outcome.NOT_SUITABLE]
    return [*outcomes, *(("reason", word) for word in Reason), *(("later", word) for word in Later)]


def _row(given: Given) -> Row:
    services = directory.by_ids(list(given.services))
    known = vocabulary.alternatives()
    named = [known[identity].label for identity in given.alternatives if identity in known]
    return Row(in_groups(given.code), given, [services[one].name for one in given.services if one in services] or named)
