"""Every format that services come in, each read into the records that Open Referral UK 3.0 would have."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from app.directory import feeds
from app.directory.doors import cqc, hsds_csv, oruk1, sheet, xlsx
from app.directory.doors.tables import Row, csv_rows
from app.directory.feeds import Entry
from app.directory.findings import Fault, Finding, Verdict
from app.directory.record import Setting, read

Reader = Callable[[BinaryIO, str, sheet.Sheet], Iterator[Entry]]

MOST_FINDINGS = 1_000


def _sheets(stream: BinaryIO) -> Iterator[Iterator[Row]]:
    """The tables of a workbook, or the one of a CSV file: people mistake one for the other."""
    packed = stream.read(2) == b"PK"
    stream.seek(0)
    return xlsx.sheets(stream) if packed else iter([csv_rows(stream)])


READERS: dict[str, Reader] = {
    "oruk": lambda stream, _source, _template: feeds.of_stream(stream),
    "oruk1": lambda stream, source, _template: oruk1.entries(feeds.of_stream(stream), source),
    "hsds-csv": lambda stream, source, _template: hsds_csv.entries(hsds_csv.in_zip(stream), source),
    "cqc": lambda stream, source, _template: cqc.entries(_sheets(stream), source),
    "csv": lambda stream, source, template: sheet.entries(_sheets(stream), template, source),
    "xlsx": lambda stream, source, template: sheet.entries(_sheets(stream), template, source),
}


def entries(path: Path, form: str, source: str, template: sheet.Sheet) -> Iterator[Entry]:
    """Every record of a file, or of a folder of tables, in one of READERS' formats.

    Raises OSError where it cannot be opened, FeedError and Unreadable where it cannot be read to its end.
    """
    if form == "hsds-csv" and path.is_dir():
        yield from hsds_csv.entries(hsds_csv.in_folder(path), source)
        return
    with path.open("rb") as stream:
        yield from READERS[form](stream, source, template)


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a check: the line or row, the record's id, what the source calls the field, and what it is."""

    line: int
    identity: str
    column: str
    finding: Finding


@dataclass
class Checked:
    """What a check found: how many records were read, accepted with a repair and refused, and the first MOST_FINDINGS findings."""

    read: int = 0
    repaired: int = 0
    rejected: int = 0
    findings: list[Found] = field(default_factory=list)


def check(stream: BinaryIO, form: str, setting: Setting, template: sheet.Sheet) -> Checked:
    """Read a file as an import would, and keep nothing. Raises FeedError and Unreadable as `entries` does."""
    checked, seen = Checked(), set[str]()
    for entry in READERS[form](stream, setting.source, template):
        reading = read(entry.raw, setting, entry.notes)
        if reading.service_id in seen:
            reading.notes.note(Fault.REPEATED, "id", reading.source_id)
        elif reading.service_id:
            seen.add(reading.service_id)
        checked.read += 1
        checked.rejected += reading.notes.verdict is Verdict.REJECT
        checked.repaired += reading.notes.verdict is Verdict.REPAIR
        named = [
            Found(entry.line, reading.source_id, entry.columns.get(found.field, found.field), found) for found in reading.notes.findings
        ]
        checked.findings += named[: MOST_FINDINGS - len(checked.findings)]
    return checked
