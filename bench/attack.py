"""Attacks a site with planted faults, and then the application as a visitor and as a council administrator of the demonstration.

    make attack

Prints what was found in each. It takes about six minutes.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.journeys.crawl import addresses  # noqa: E402
from tests.journeys.faulty import Faulty, listening  # noqa: E402
from tests.journeys.scanner import OF_ADMINISTRATOR, cookie_of_administrator, scan  # noqa: E402
from tests.journeys.server import Server  # noqa: E402

SECONDS = 20
"""For each of the scanner's modules."""


def attack(who: str, url: str, folder: Path, starts: tuple[str, ...] = (), cookie: str = "") -> int:
    """How many faults there are."""
    began = time.monotonic()
    found = scan(url, folder, seconds=SECONDS, starts=starts, cookie=cookie)
    faults = found.faults(url, cookie)
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(Counter(kind for kind, _ in found.found).items())) or "nothing"
    print(f"{who}: {found.addresses} addresses in {time.monotonic() - began:.0f} s")
    print(f"  time ran out for: {', '.join(found.cut_short) or 'none'}")
    print(f"  found: {kinds}\n  faults: {len(faults)} {sorted(set(faults))}", flush=True)
    return len(faults)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("planted", "visitor", "administrator"):
            Path(folder, name).mkdir()
        with listening(Faulty) as url:
            attack("planted faults", url, Path(folder, "planted"))
        faults = 0
        for name in ("visitor", "administrator"):
            settings = {"PUBLIC_URL": "https://fingerpost.example.org", "SECRET_KEY": "for this run only, and long enough"}
            with Server(Path(folder, name), **settings) as server:
                if name == "visitor":
                    open_to_all = tuple(path for path in addresses(server) if not path.startswith("/account"))
                    faults += attack(name, server.url, Path(folder, name), open_to_all)
                else:
                    faults += attack(name, server.url, Path(folder, name), OF_ADMINISTRATOR, cookie_of_administrator(server))
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
