"""Every format that services come in, each read into the records that Open Referral UK 3.0 would have."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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

MOST_FINDINGS = 20_000


def tables_of(stream: BinaryIO, largest: int | None = None) -> Iterator[Iterator[Row]]:
    """The tables of a workbook, or the one of a CSV file: people mistake one for the other. `largest` bytes unpacked are read.

    Raises Unreadable, also while they are gone through.
    """
    packed = stream.read(2) == b"PK"
    stream.seek(0)
    return xlsx.sheets(stream, largest) if packed else iter([csv_rows(stream, largest)])


READERS: dict[str, Reader] = {
    "oruk": lambda stream, _source, _template: feeds.of_stream(stream),
    "oruk1": lambda stream, source, _template: oruk1.entries(feeds.of_stream(stream), source),
    "hsds-csv": lambda stream, source, _template: hsds_csv.entries(hsds_csv.in_zip(stream), source),
    "cqc": lambda stream, source, _template: cqc.entries(tables_of(stream), source),
    "csv": lambda stream, source, template: sheet.entries(tables_of(stream), template, source),
    "xlsx": lambda stream, source, template: sheet.entries(tables_of(stream), template, source),
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


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that an import would refuse, as it was given."""

    line: int
    raw: object
    findings: Sequence[Finding]


@dataclass
class Checked:
    """What a check found: how many records were read, accepted with a repair and refused, the first MOST_FINDINGS findings, and the
    refused records."""

    read: int = 0
    repaired: int = 0
    findings: list[Found] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def check(records: Iterable[Entry], setting: Setting) -> Checked:
    """Read records as an import would, and keep nothing. Raises FeedError and Unreadable as `entries` does."""
    checked, seen = Checked(), set[str]()
    for entry in records:
        reading = read(entry.raw, setting, entry.notes)
        if reading.service_id in seen:
            reading.notes.note(Fault.REPEATED, "id", reading.source_id)
        elif reading.service_id:
            seen.add(reading.service_id)
        checked.read += 1
        checked.repaired += reading.notes.verdict is Verdict.REPAIR
        if reading.notes.verdict is Verdict.REJECT:
            checked.refused.append(Refused(entry.line, entry.raw, reading.notes.findings))
        named = [
            Found(entry.line, reading.source_id, entry.columns.get(found.field, found.field), found) for found in reading.notes.findings
        ]
        checked.findings += named[: MOST_FINDINGS - len(checked.findings)]
    return checked
