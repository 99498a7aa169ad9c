"""The log as a sheet."""

import csv
import io
from collections.abc import Iterable

from app.content.messages import say
from app.training.records.queries import Entry

COLUMNS = ("finished", "title", "version", "minutes", "outcomes", "number")


def log_as_csv(entries: Iterable[Entry]) -> bytes:
    """A CSV file that Excel opens with the right letters. Nothing in it was typed by anybody, so nothing in it can be run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([say(f"record.column.{name}") for name in COLUMNS])
    for one in entries:
        outcomes = "; ".join(one.outcomes)
        writer.writerow([one.record.finished_on.isoformat(), one.record.title, one.record.version, one.minutes, outcomes, one.number])
    return text.getvalue().encode("utf-8-sig")
