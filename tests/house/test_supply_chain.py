"""What others wrote is locked with hashes, listed with its licence, billed, and audited by a database that is known to know something."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from supply import audit, licences, sbom
from supply.changes import changes
from supply.parts import LOCKS, ROOT, LockError, npm_parts, page_parts, python_parts, wanted
from tests.house.advisories import advisories, asking_at

TOOLS = ROOT / ".venv-tools" / "bin"
PLANTED = {"jinja2 3.1.2": "PYSEC-0000-1", "minimist 0.0.8": "GHSA-0000-1"}
NOBODY = 9
"""A port that nothing listens at."""

VALIDATE = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read())
sys.exit(str(wrong.data.message) if wrong else 0)
"""


def write(folder: Path, name: str, lock: str, wanted: str = "") -> None:
    (folder / f"{name}.txt").write_text(lock)
    (folder / f"{name}.in").write_text(wanted)


# Locks


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_that_is_asked_for_is_locked_and_says_what_for(lock: str) -> None:
    asked = dict(wanted((ROOT / lock).with_suffix(".in").read_text()))
    assert [name for name, purpose in asked.items() if not purpose] == []
    assert asked.keys() <= {part.name for part in python_parts(lock)}


def test_a_package_without_a_hash_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "requirements", "flask==3.1.3\n    # via -r requirements.in\n")
    with pytest.raises(LockError, match="flask is locked without a hash"):
        python_parts("requirements.txt", tmp_path)


def test_the_pages_packages_say_what_for() -> None:
    assert [part.name for part in page_parts() if not part.purpose] == []
    assert [part.name for part in npm_parts() if not part.purpose and not part.needed_by] == []


def test_no_lock_names_where_it_was_fetched() -> None:
    for name in (*LOCKS, "bench/attack.txt", "bench/lrs.txt", "package-lock.json", "supply/control/package-lock.json"):
        assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|\"resolved\"", (ROOT / name).read_text()), name


def test_nothing_planted_old_is_in_a_lock() -> None:
    locked = {f"{part.name} {part.version}" for lock in LOCKS for part in python_parts(lock)}
    locked |= {f"{part.name} {part.version}" for part in npm_parts()}
    assert locked & PLANTED.keys() == set()


def test_the_parts_to_watch_are_parts() -> None:
    text = (ROOT / "docs" / "security" / "dependencies.md").read_text()
    watched = {
        name for row in re.findall(r"^\| (`.+?) \|", text.partition("## Parts to watch")[2], re.M) for name in re.findall(r"`(.+?)`", row)
    }
    assert watched
    assert watched - {part.name for part in (*python_parts(licences.HERE), *page_parts())} == set()


# Licences


def test_the_list_of_licences_is_up_to_date() -> None:
    assert licences.PAGE.read_text() == licences.listed(), "`make licences` writes it"


def test_every_licence_is_one_that_we_allow() -> None:
    rows = re.findall(r"^\| (\S+) \| \S+ \| ([^|]+) \|", licences.PAGE.read_text(), re.M)
    assert len(rows) > len(python_parts(licences.HERE))
    assert [(name, licence) for name, licence in rows if name != "part" and not licences.allowed(licence)] == []


@pytest.mark.parametrize(
    ("licence", "verdict"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", True),
        ("MIT AND (ISC OR Apache-2.0)", True),
        ("GPL-3.0-only AND (MIT OR ISC)", False),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("SSPL-1.0 OR BUSL-1.1", False),
    ],
)
def test_an_and_needs_all_of_its_licences_allowed_and_an_or_one(licence: str, verdict: bool) -> None:
    assert licences.allowed(licence) is verdict


def installed(folder: Path, metadata: str) -> Path:
    made = folder / "lib" / "python3.11" / "site-packages" / "thing-1.0.dist-info"
    made.mkdir(parents=True)
    (made / "METADATA").write_text(f"Metadata-Version: 2.4\nName: thing\nVersion: 1.0\n{metadata}")
    return folder


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: AGPL-3.0-only\nLicense: MIT\n", "AGPL-3.0-only"),
        ("License: MIT\n", "MIT"),
        ("Classifier: License :: OSI Approved :: BSD License\n", "BSD-3-Clause"),
    ],
)
def test_a_licence_is_read_from_what_is_installed(metadata: str, licence: str, tmp_path: Path) -> None:
    write(tmp_path, "requirements", "thing==1.0 \\\n    --hash=sha256:00\n")
    parts = python_parts("requirements.txt", tmp_path)
    assert licences.licences(parts, installed(tmp_path, metadata)) == {"pkg:pypi/thing@1.0": licence}


@pytest.mark.parametrize(("version", "licence"), [("1.0", "Ask us"), ("1.1", "MIT")])
def test_a_part_of_unknown_licence_or_another_version_stops_the_list(version: str, licence: str, tmp_path: Path) -> None:
    write(tmp_path, "requirements", f"thing=={version} \\\n    --hash=sha256:00\n")
    with pytest.raises(licences.LicenceError, match="thing"):
        licences.licences(python_parts("requirements.txt", tmp_path), installed(tmp_path, f"License: {licence}\n"))


# The bill of materials


def validated(bill: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([TOOLS / "python", "-c", VALIDATE], input=bill, capture_output=True, text=True, check=False)


def test_the_bill_of_materials_follows_the_schema() -> None:
    result = validated(sbom.of_production())
    assert (result.returncode, result.stderr) == (0, "")


def test_a_wrong_bill_of_materials_is_noticed() -> None:
    assert validated(sbom.of_production().replace('"library"', '"thing"')).returncode == 1


def test_the_bill_of_materials_holds_every_part_with_the_hashes_of_its_lock() -> None:
    bill: dict[str, Any] = json.loads(sbom.of_production())
    billed = {
        part["purl"]: {one["content"] for files in part["externalReferences"] for one in files["hashes"]} for part in bill["components"]
    }
    lock = (ROOT / "requirements.txt").read_text()
    assert set(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock)) <= set().union(*billed.values())
    assert len(billed) == lock.count("==") + len(page_parts())
    assert all(billed.values())
    assert "pkg:npm/nhsuk-frontend@10.6.1" in billed


def test_the_bill_of_materials_says_what_needs_what() -> None:
    needs = {one["ref"].split("@")[0]: one["dependsOn"] for one in json.loads(sbom.of_production())["dependencies"]}
    assert any(purl.startswith("pkg:pypi/jinja2@") for purl in needs["pkg:pypi/flask"])
    assert any(purl.startswith("pkg:pypi/flask@") for purl in needs["fingerpost"])
    assert not any(purl.startswith("pkg:pypi/markupsafe@") for purl in needs["fingerpost"])


def test_the_bill_of_materials_is_the_same_each_time_and_names_no_registry() -> None:
    assert sbom.of_production() == sbom.of_production()
    assert not re.search(r"https?:|serialNumber|timestamp", sbom.of_production())


# Known vulnerabilities


def audited(environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "supply.audit"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environ, capture_output=True, text=True, check=False)


def test_a_database_out_of_reach_gives_no_verdict() -> None:
    result = audited(asking_at(NOBODY))
    assert result.returncode == audit.NOT_RUN
    assert re.findall(r"^(\w+): not run: .+$", result.stdout, re.M) == ["Python", "npm"]
    assert "nothing known" not in result.stdout


def test_a_database_that_knows_no_package_is_not_believed() -> None:
    with advisories({}) as environ:
        alone = subprocess.run(
            [*audit.PIP_AUDIT, "-r", audit.CONTROL / "requirements.txt"], env=os.environ | environ, capture_output=True, check=False
        )
        result = audited(environ)
    assert alone.returncode == 0, "pip-audit itself takes this silence for a pass"
    assert result.returncode == audit.NOT_RUN
    assert result.stdout.count("not run: the database does not report the planted old version") == len(audit.SOURCES)


def test_a_database_that_knows_the_planted_versions_is_believed() -> None:
    with advisories(PLANTED) as environ:
        result = audited(environ)
    assert result.returncode == audit.CLEAN, result.stdout
    assert re.findall(r"^\w+: (\S+): nothing known$", result.stdout, re.M) == [*LOCKS, "package-lock.json"]


def test_what_is_known_of_a_locked_package_is_reported() -> None:
    flask = next(part.version for part in python_parts("requirements.txt") if part.name == "flask")
    htmx = next(part.version for part in page_parts() if part.name == "htmx.org")
    with advisories(PLANTED | {f"flask {flask}": "PYSEC-0000-2", f"htmx.org {htmx}": "GHSA-0000-2"}) as environ:
        result = audited(environ)
    assert result.returncode == audit.FOUND
    assert f"requirements.txt: flask {flask}: PYSEC-0000-2" in result.stdout
    assert "package-lock.json: htmx.org: high" in result.stdout


def test_one_database_alone_is_not_enough() -> None:
    with advisories({"minimist 0.0.8": "GHSA-0000-1"}) as environ:
        result = audited(environ)
    assert result.returncode == audit.NOT_RUN
    assert "Python: not run" in result.stdout
    assert "npm: package-lock.json: nothing known" in result.stdout


# Updates


def test_what_an_update_changed_is_shown_by_name(tmp_path: Path) -> None:
    write(tmp_path, "before", "".join(f"{pin} \\\n    --hash=sha256:00\n" for pin in ("flask==3.1.2", "gone-one==1", "same==2")))
    write(tmp_path, "after", "".join(f"{pin} \\\n    --hash=sha256:00\n" for pin in ("flask==3.1.3", "new_one==1", "same==2")))
    before, after = (python_parts(f"{name}.txt", tmp_path) for name in ("before", "after"))
    assert changes(before, after) == ["flask 3.1.2 -> 3.1.3", "gone-one 1 -> gone", "new-one new -> 1"]
