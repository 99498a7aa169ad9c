"""The directory's figures: how a feed comes in, goes live and goes out again, and what a kill leaves.

    .venv/bin/python bench/directory.py                          everything, 500,000 records, about an hour
    .venv/bin/python bench/directory.py load --records 20000     one part, smaller; --database SQLite for one database

pilot     the pilot feed, the same again, and every line of the dirty feed as its key says
standard  our own Open Referral UK output against the compiled schemas, and pulled back into an empty directory
killed    kill -9 at random moments of importing and publishing
load      many records: speed, memory, going live, and the same again, beside plain inserts of the same lines

Each part makes databases of its own and takes them away. The feed and a database with Great Britain's postcodes are kept in the
folder fingerpost-directory of the temporary folder. PostgreSQL waits for the disk, as it is installed.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import gettempdir

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import directory_killed, directory_load, directory_pilot, directory_standard  # noqa: E402
from bench.directory_databases import KINDS, Databases  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description="The directory's figures.")
    parser.add_argument("part", nargs="*", help="pilot, standard, killed, load; without one all of them")
    parser.add_argument("--records", type=int, default=500_000, help="of load")
    parser.add_argument("--kills", type=int, default=50, help="of killed")
    parser.add_argument("--database", choices=KINDS, action="append", help="one of the two")
    given = parser.parse_args()
    parts: dict[str, Callable[[Databases, str], None]] = {
        "pilot": directory_pilot.measured,
        "standard": directory_standard.measured,
        "killed": partial(directory_killed.measured, kills=given.kills),
        "load": partial(directory_load.measured, number=given.records),
    }
    with Databases(Path(gettempdir()) / "fingerpost-directory", tuple(given.database or KINDS)) as databases:
        for name in given.part or parts:
            for kind in databases.kinds:
                parts[name](databases, kind)


if __name__ == "__main__":
    main()
