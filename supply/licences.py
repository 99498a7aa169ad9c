"""Which licence each part has: `make licences` writes docs/security/licences.md from what is installed."""

import json
import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path

from jinja2 import Template

from supply.parts import ROOT, Part, normal, npm_parts, page_parts, python_parts

PAGE = ROOT / "docs" / "security" / "licences.md"
TEMPLATE = ROOT / "docs" / "security" / "licences.j2"
HERE = "requirements.txt"
CHECKS = {"requirements-dev.txt": None, "requirements-tools.txt": ROOT / ".venv-tools"}
"""The lock files of what only tests and checks use, and the virtual environment that each is installed in (None: this one)."""

ALLOWED = frozenset(
    ["0BSD", "Apache-2.0", "Artistic-1.0-Perl", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0"]
    + ["Unlicense", "Zlib"]
    + ["LGPL-2.1-or-later", "LGPL-3.0-only", "MPL-1.1", "MPL-2.0"]
)
"""Those that ask no more of us than their text and, for LGPL and MPL, the source of their own files, which we fetch and never change."""

SAID = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Artistic License": "Artistic-1.0-Perl",
    "BSD License": "BSD-3-Clause",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
"""How packages without a licence expression word their licence, and its SPDX identifier. "BSD License" is read as the three-clause form."""

IN_THEIR_FILES = {"axe-playwright-python": "MIT", "face": "BSD-3-Clause", "peewee": "MIT", "rulr": "MIT"}
"""Packages whose metadata name no licence: what the licence file inside says."""


class LicenceError(Exception):
    """A part is not installed as it is locked, or its licence is not known."""


def allowed(licence: str) -> bool:
    """Whether an SPDX expression can be kept to with licences that we allow: all of an AND, any of an OR.

    Where there are brackets everything in it has to be allowed: a person looks at the rest.
    """
    if "(" in licence:
        return set(re.findall(r"[A-Za-z0-9.+-]+", licence)) - {"AND", "OR"} <= ALLOWED
    return any(set(choice.split(" AND ")) <= ALLOWED for choice in licence.split(" OR "))


def licences(parts: Iterable[Part], environment: Path | None = None) -> dict[str, str]:
    """The SPDX expression of each part by its purl, read from what is installed in a virtual environment (None: this one)."""
    path = sys.path if environment is None else [str(folder) for folder in environment.glob("lib/python*/site-packages")]
    installed = {normal(found.name): found for found in distributions(path=path)}
    found = {}
    for part in parts:
        one = installed.get(part.name)
        if one is None or one.version != part.version:
            raise LicenceError(f"{part.name} {part.version} is locked but not installed: `make test` installs it")
        found[part.purl] = _licence(part.name, one)
    return found


def _licence(name: str, installed: Distribution) -> str:
    stated = {field: " ".join(installed.metadata.get_all(field, [])).strip() for field in ("License-Expression", "License")}
    if stated["License-Expression"]:
        return stated["License-Expression"]
    if stated["License"] in ALLOWED:
        return stated["License"]
    classifiers = [line.rpartition(" :: ")[2] for line in installed.metadata.get_all("Classifier", []) if line.startswith("License ::")]
    known = sorted({SAID[words] for words in classifiers if words in SAID})
    licence = " OR ".join(known) or SAID.get(stated["License"]) or IN_THEIR_FILES.get(name)
    if licence is None:
        raise LicenceError(f"{name}: no licence is known by {stated['License']!r} or {classifiers}")
    return licence


def page_licences(root: Path = ROOT) -> dict[str, str]:
    """The SPDX expression of each part from npm by its purl, from package-lock.json."""
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {part.purl: str(packages[f"node_modules/{part.name}"].get("license") or IN_THEIR_FILES[part.name]) for part in npm_parts(root)}


def listed() -> str:
    """The page of all parts and their licences, as Markdown."""
    production, pages = python_parts(HERE), page_parts()
    checks = {lock: python_parts(lock) for lock in CHECKS}
    known = licences(production) | page_licences()
    for lock, environment in CHECKS.items():
        known |= licences(checks[lock], environment)
    shipped = {part.purl for part in production}
    checked = [*(part for parts in checks.values() for part in parts), *page_parts(of_checks=True)]
    once = {part.purl: part for part in checked if part.purl not in shipped}
    only_checks = sorted(once.values(), key=lambda part: (part.name, part.version))
    template = Template(TEMPLATE.read_text(encoding="utf-8"), trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    rendered: str = template.render(production=production, pages=pages, checks=only_checks, licences=known)
    return rendered


if __name__ == "__main__":
    PAGE.write_text(listed(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")
