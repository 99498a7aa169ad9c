"""Modules to other systems and back, on the command line."""

import io
import shutil
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import yaml
from click.testing import Result
from flask import Flask

from app.content.problems import ContentError
from app.training import catalogue
from app.training.interchange.folder import LEFT_OVER
from app.training.interchange.told import bank_of
from app.training.queries import modules
from app.training.schema import QuestionFile
from app.vocabulary.queries import vocabulary

MODULE = "before-the-care-home"


def run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["training", *map(str, arguments)])


def exported(app: Flask, form: str, file: Path) -> bytes:
    done = run(app, "export", MODULE, "--format", form, "--output", file)
    assert done.exit_code == 0, done.output
    assert str(file.stat().st_size) in done.output
    return file.read_bytes()


def test_a_package_has_all_that_its_manifest_names_and_nothing_from_elsewhere(app: Flask, tmp_path: Path) -> None:
    with ZipFile(io.BytesIO(exported(app, "scorm12", tmp_path / "m.zip"))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}
    manifest = ElementTree.fromstring(files["imsmanifest.xml"])
    ims, adl = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}", "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
    (resource,) = manifest.iter(f"{ims}resource")
    assert {file.get("href") for file in resource} == files.keys() - {"imsmanifest.xml"}
    assert (resource.get("href"), resource.get(f"{adl}scormtype"), resource.get("type")) == ("index.html", "sco", "webcontent")
    assert [one.text for one in manifest.iter(f"{ims}schemaversion")] == ["1.2"]
    assert [one.text for one in manifest.iter(f"{adl}masteryscore")] == ["80"]
    (organizations,) = manifest.iter(f"{ims}organizations")
    (organization,) = manifest.iter(f"{ims}organization")
    (item,) = manifest.iter(f"{ims}item")
    assert organizations.get("default") == organization.get("identifier")
    assert item.get("identifierref") == resource.get("identifier")
    assert not any(name.startswith("/") or "\\" in name for name in files)
    for name in ("nhsuk.css", "training.css", "player.css"):
        assert b"//" not in files[name].replace(b"http://www.w3.org", b"")


def test_the_same_module_makes_the_same_package(app: Flask, tmp_path: Path) -> None:
    assert exported(app, "scorm12", tmp_path / "one.zip") == exported(app, "scorm12", tmp_path / "two.zip")


def test_moodle_xml_is_written(app: Flask, tmp_path: Path) -> None:
    quiz = ElementTree.fromstring(exported(app, "moodle-xml", tmp_path / "m.xml"))
    assert sum(one.get("type") != "category" for one in quiz) == len(modules()[MODULE].bank)


def test_what_was_written_as_gift_is_a_draft_of_the_same_questions(app: Flask, tmp_path: Path) -> None:
    exported(app, "gift", tmp_path / "m.gift")
    done = run(app, "import-gift", tmp_path / "m.gift", "--module", tmp_path / "modules" / "a-copy")
    assert done.exit_code == 0, done.output
    written = yaml.safe_load((tmp_path / "modules" / "a-copy" / "questions.yaml").read_text(encoding="utf-8"))
    assert QuestionFile.model_validate(written) == bank_of(modules()[MODULE])
    assert not (tmp_path / "modules" / "a-copy" / LEFT_OVER).exists()


def test_the_check_says_what_a_draft_still_wants_and_lets_a_filled_one_pass(app: Flask, tmp_path: Path) -> None:
    root = tmp_path / "modules"
    exported(app, "gift", tmp_path / "m.gift")
    run(app, "import-gift", tmp_path / "m.gift", "--module", root / "a-copy")
    words = vocabulary(app)
    with pytest.raises(ContentError) as refused:
        catalogue.load(root, sources=words.sources, alternatives=words.alternatives)
    assert {problem.path for problem in refused.value.problems} == {root / "a-copy" / "module.yaml"}
    assert {"title", "outcomes", "pages"} <= {problem.what.split(":")[0] for problem in refused.value.problems}
    source = app.config["MODULES_DIR"] / MODULE
    head = (source / "module.yaml").read_text(encoding="utf-8").replace(f"slug: {MODULE}", "slug: a-copy")
    (root / "a-copy" / "module.yaml").write_text(head, encoding="utf-8")
    shutil.copytree(source / "pages", root / "a-copy" / "pages")
    made = catalogue.load(root, sources=words.sources, alternatives=words.alternatives)
    assert made["a-copy"].bank == modules()[MODULE].bank


FOREIGN = """// made elsewhere
::Who pays?::Who pays for reablement?{~She does#No =The council#Yes ~%50%Both}

How many weeks? {#6}
"""


def test_of_another_systems_file_the_report_names_line_reason_and_what_to_do(app: Flask, tmp_path: Path) -> None:
    file, folder = tmp_path / "theirs.gift", tmp_path / "modules" / "theirs"
    file.write_text(FOREIGN, encoding="utf-8")
    done = run(app, "import-gift", file, "--module", folder)
    assert done.exit_code == 0, done.output
    assert f"{file}:1: Who pays?: Its answers count different shares" in done.output
    assert f"{file}:4: How many weeks? {{#6}}: Fingerpost has no questions that are answered by a number; left out." in done.output
    assert "1 question(s) written" in done.output
    assert "{#6}" in (folder / LEFT_OVER).read_text(encoding="utf-8")
    words = vocabulary(app)
    with pytest.raises(ContentError) as refused:
        catalogue.load(folder.parent, sources=words.sources, alternatives=words.alternatives)
    wanted = [problem for problem in refused.value.problems if problem.path.name == "questions.yaml"]
    assert {"questions.0.single.outcome", "questions.0.single.form"} <= {problem.what.split(":")[0] for problem in wanted}
    assert all(problem.line for problem in wanted)


def test_a_module_that_is_there_is_never_written_over(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "theirs.gift").write_text(FOREIGN, encoding="utf-8")
    (tmp_path / "module").mkdir()
    (tmp_path / "module" / "module.yaml").write_text("mine", encoding="utf-8")
    done = run(app, "import-gift", tmp_path / "theirs.gift", "--module", tmp_path / "module")
    assert done.exit_code == 1
    assert "There is a module in" in done.output
    assert [path.name for path in (tmp_path / "module").iterdir()] == ["module.yaml"]
    assert (tmp_path / "module" / "module.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"\xff\xfe", "This is not a text file in UTF-8."),
        (b"", "holds no question"),
        (b"How old? {#85}", "holds no question"),
    ],
    ids=["no file", "no text", "empty", "nothing that fits"],
)
def test_a_file_without_questions_makes_nothing(app: Flask, tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "x.gift").write_bytes(content)
    done = run(app, "import-gift", tmp_path / "x.gift", "--module", tmp_path / "module")
    assert done.exit_code == 1
    assert said in done.output
    assert not (tmp_path / "module").exists()


@pytest.mark.parametrize("form", ["scorm12", "gift", "moodle-xml"])
def test_an_unknown_module_or_a_folder_that_is_not_there_is_said(app: Flask, tmp_path: Path, form: str) -> None:
    unknown = run(app, "export", "nope", "--format", form, "--output", tmp_path / "x")
    assert (unknown.exit_code, MODULE in unknown.output) == (1, True)
    nowhere = run(app, "export", MODULE, "--format", form, "--output", tmp_path / "nowhere" / "x")
    assert (nowhere.exit_code, "cannot be written" in nowhere.output) == (1, True)
    assert list(tmp_path.iterdir()) == []
