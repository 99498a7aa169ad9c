"""The parts that are locked: Python's from the requirements files, the pages' from package-lock.json. Pure but for reading files."""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-tools.txt")
"""Each is made from the file of the same name that ends in .in."""

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)", re.M)
_HASH = re.compile(r"--hash=(\w+):([0-9a-f]+)")
_NEEDED_BY = re.compile(r"^ +# +(?:via +)?(?!via$)(\S.*)$", re.M)
_WANTED = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)[^#\n]*(?:# *(?P<purpose>.+))?$", re.M)


class LockError(Exception):
    """A lock file does not say what it has to."""


@dataclass(frozen=True)
class Part:
    """One locked package. `kind` is the package type of its purl: "pypi" or "npm".

    `hashes` are algorithm and hexadecimal digest of each file that may be installed, `needed_by` the other parts that ask for it.
    `purpose` is what Fingerpost asks for it for; None where it does not ask for it itself.
    """

    kind: str
    name: str
    version: str
    hashes: tuple[tuple[str, str], ...]
    needed_by: tuple[str, ...]
    purpose: str | None

    @property
    def purl(self) -> str:
        """The package URL, which names a part without naming where it is fetched from."""
        return f"pkg:{self.kind}/{self.name}@{self.version}"


def python_parts(lock: str, root: Path = ROOT) -> list[Part]:
    """What a requirements file locks, by name."""
    purposes = dict(wanted((root / lock).with_suffix(".in").read_text(encoding="utf-8")))
    return list(_read((root / lock).read_text(encoding="utf-8"), purposes))


def wanted(text: str) -> Iterator[tuple[str, str]]:
    """The packages that Fingerpost asks for itself, each with the comment beside it."""
    for line in _WANTED.finditer(text):
        yield normal(line["name"]), (line["purpose"] or "").strip()


def normal(name: str) -> str:
    """A Python package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _read(text: str, purposes: Mapping[str, str]) -> Iterator[Part]:
    pins = list(_PIN.finditer(text))
    for pin, following in zip(pins, [*pins[1:], None], strict=True):
        block = text[pin.end() : following.start() if following else None]
        name = normal(pin["name"])
        hashes = tuple((algorithm, digest) for algorithm, digest in _HASH.findall(block))
        if not hashes:
            raise LockError(f"{name} is locked without a hash")
        needed_by = tuple(normal(other) for other in _NEEDED_BY.findall(block) if not other.startswith(("-r ", "-c ")))
        yield Part("pypi", name, pin["version"], hashes, needed_by, purposes.get(name))


def page_parts(root: Path = ROOT, *, of_checks: bool = False) -> list[Part]:
    """What package-lock.json locks for the pages, or for tests and checks alone. The purposes stand in package.json."""
    purposes = json.loads((root / "package.json").read_text(encoding="utf-8"))["purposes"]
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    parts = []
    for place, package in packages.items():
        if place and package.get("dev", False) is of_checks:
            algorithm, _, digest = package["integrity"].partition("-")
            name = place.removeprefix("node_modules/")
            hashes = ((algorithm, base64.b64decode(digest).hex()),)
            parts.append(Part("npm", name, package["version"], hashes, _needed_by(name, packages), purposes.get(name)))
    return parts


def npm_parts(root: Path = ROOT) -> list[Part]:
    """Everything that package-lock.json locks: for the pages, then for tests and checks."""
    return [*page_parts(root), *page_parts(root, of_checks=True)]


def _needed_by(name: str, packages: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(place.removeprefix("node_modules/") for place, one in packages.items() if place and name in one.get("dependencies", {}))
