"""Known vulnerabilities in what is locked: `make audit` asks the advisory databases of Python and npm.

A database that cannot be reached, or does not know the packages, gives no finding either. So each is first asked about an old version
with known vulnerabilities (`supply/control`), and only one that reports it is believed when it reports nothing.

Exit codes: 0 nothing known, 1 something found, 3 not run for at least one of the two.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supply.parts import LOCKS, ROOT

CONTROL = ROOT / "supply" / "control"
PIP_AUDIT = (
    ROOT / ".venv-tools" / "bin" / "pip-audit",
    "--strict",
    "--no-deps",
    "--disable-pip",
    "--format=json",
    "--progress-spinner=off",
)
NPM_AUDIT = ("npm", "audit", "--json", "--package-lock-only")
CLEAN, FOUND, NOT_RUN = 0, 1, 3
LONGEST_WAIT = 300
"""Seconds that one question to a database may take."""


class NotRun(Exception):
    """The database gave no answer that can be believed; says why."""


@dataclass(frozen=True)
class Source:
    """One database: the lock files that it is asked about, the planted old one, and how to ask."""

    name: str
    asks: Callable[[Path], list[str]]
    locks: Sequence[Path]
    control: Path


def python_findings(requirements: Path) -> list[str]:
    """What the database knows against the versions in a requirements file, a line each."""
    told = _told([*PIP_AUDIT, "--requirement", requirements], ROOT)
    return [f"{part['name']} {part['version']}: {known['id']}" for part in told["dependencies"] for known in part["vulns"]]


def npm_findings(lock: Path) -> list[str]:
    """What the database knows against the packages in a package-lock.json, a line each."""
    told = _told(NPM_AUDIT, lock.parent)
    return [f"{name}: {known['severity']}" for name, known in sorted(told["vulnerabilities"].items())]


def _told(command: Sequence[str | Path], folder: Path) -> dict[str, Any]:
    """The answer as JSON. Both programs leave with 1 when they find something and when they fail, so only what they print counts."""
    try:
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=LONGEST_WAIT)
        told: dict[str, Any] = json.loads(result.stdout)
    except FileNotFoundError:
        raise NotRun(f"{Path(command[0]).name} is not installed") from None
    except subprocess.TimeoutExpired:
        raise NotRun(f"no answer within {LONGEST_WAIT} seconds") from None
    except ValueError:
        raise NotRun(_last_line(result.stderr)) from None
    if not {"dependencies", "vulnerabilities"} & told.keys():
        raise NotRun(str(told.get("message") or "an answer of an unknown form"))
    return told


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no answer")


SOURCES = (
    Source("Python", python_findings, [ROOT / lock for lock in LOCKS], CONTROL / "requirements.txt"),
    Source("npm", npm_findings, [ROOT / "package-lock.json"], CONTROL / "package-lock.json"),
)


def audit(source: Source) -> int:
    """Print the verdict of one database and give its exit code."""
    try:
        if not source.asks(source.control):
            raise NotRun("the database does not report the planted old version, so it knows nothing")
        found = {lock.name: source.asks(lock) for lock in source.locks}
    except NotRun as why:
        print(f"{source.name}: not run: {why}")
        return NOT_RUN
    for name, lines in found.items():
        print(f"{source.name}: {name}: {'; '.join(lines) or 'nothing known'}")
    return FOUND if any(found.values()) else CLEAN


if __name__ == "__main__":
    codes = {audit(source) for source in SOURCES}
    sys.exit(FOUND if FOUND in codes else max(codes))
