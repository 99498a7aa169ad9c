"""The software bill of materials: `make sbom` writes what runs in production as CycloneDX 1.6.

It holds no time and no serial number, so that the same locks always give the same file. Debian's packages are not in it.
"""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from supply.licences import HERE, licences, page_licences
from supply.parts import ROOT, Part, page_parts, python_parts

WRITTEN = ROOT / "var" / "sbom.cdx.json"
ALGORITHMS = {"sha256": "SHA-256", "sha512": "SHA-512"}
"""What lock files and CycloneDX call them."""

Json = dict[str, Any]


def bill(parts: list[Part], licences: Mapping[str, str], root: Path = ROOT) -> Json:
    """The bill of materials of the parts, each with its licence by purl, in the form of CycloneDX 1.6."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    us = {"type": "application", "bom-ref": project["name"], "name": project["name"], "version": project["version"]}
    refs = {part.name: part.purl for part in parts}
    wanted: dict[str, list[str]] = {us["bom-ref"]: [], **{purl: [] for purl in refs.values()}}
    for part in parts:
        for other in part.needed_by:
            wanted[refs[other]].append(part.purl)
        if part.purpose is not None:
            wanted[us["bom-ref"]].append(part.purl)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": us | {"description": project["description"]}},
        "components": [_component(part, licences[part.purl]) for part in parts],
        "dependencies": [{"ref": ref, "dependsOn": sorted(others)} for ref, others in wanted.items()],
    }


def _component(part: Part, licence: str) -> Json:
    component = {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "licenses": [{"expression": licence}],
        "externalReferences": [
            {"type": "distribution", "url": part.purl, "hashes": [{"alg": ALGORITHMS[algorithm], "content": digest}]}
            for algorithm, digest in part.hashes
        ],
    }
    return component | ({"description": part.purpose} if part.purpose else {})


def of_production() -> str:
    """What runs in production, as JSON."""
    production = python_parts(HERE)
    made = bill([*production, *page_parts()], licences(production) | page_licences())
    return json.dumps(made, indent=2) + "\n"


if __name__ == "__main__":
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(of_production(), encoding="utf-8")
    print(f"{WRITTEN.relative_to(ROOT)} written")
