"""A wrong content file takes nothing down: what was good last time answers, and the start says what has to be mended."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.content import keeping
from app.content.kinds import load_all
from app.content.problems import ContentError
from app.schema import upgrade
from config import ROOT, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    environ = {"DATA_DIR": str(tmp_path / "data"), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}
    return replace(Settings.from_environ(environ), content_dir=tmp_path / "content")


def started(settings: Settings) -> Flask:
    app = create_app(settings)
    upgrade(app.extensions["database"])
    return app


def write(settings: Settings, old: str, new: str) -> None:
    path = settings.content_dir / "alternatives/reablement.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_the_last_good_content_answers_until_the_file_is_mended(settings: Settings) -> None:
    assert load_all(started(settings)) == []
    write(settings, "\nlabel: ", "\nlabbel: ")
    held_back = started(settings)
    problems = load_all(held_back)
    assert [(problem.path.name, problem.fix) for problem in problems if "labbel" in problem.what] == [
        ("reablement.yaml", "Remove it or mend its spelling.")
    ]
    client = held_back.test_client()
    assert client.post("/api/assistant", json={"text": "82F lives alone, 2 falls"}).status_code == 200
    assert client.get("/alternatives/reablement").status_code == 200
    assert "A file that was changed since is wrong" in client.get("/status").text

    write(settings, "\nlabbel: ", "\nlabel: Mended ")
    mended = started(settings)
    assert load_all(mended) == []
    assert "Mended" in mended.test_client().get("/alternatives/reablement").text


def test_with_nothing_good_to_fall_back_on_the_start_is_refused_and_every_wrong_file_named(settings: Settings) -> None:
    wrong = ("alternatives/reablement.yaml", "pages/help.md", "messages/assistant.yaml", "measures.yaml", "search/words.yaml")
    for name in wrong:
        path = settings.content_dir / name
        path.write_text(path.read_text(encoding="utf-8").replace("author:", "writer:"), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_all(started(settings))
    assert all(Path(name).name in str(error.value) for name in wrong)
    assert not (settings.data_dir / "content-kept").exists()


def test_files_that_only_one_page_needs_are_read_at_the_start_too(settings: Settings) -> None:
    wrong = {"pages/help.md", "messages/assistant.yaml", "measures.yaml", "service_types/cues.yaml"}
    for name in wrong:
        path = settings.content_dir / name
        path.write_text(path.read_text(encoding="utf-8").replace("author:", "writer:"), encoding="utf-8")
    app = started(settings)
    found: set[str] = set()
    for load in app.extensions["content_loaders"]:
        try:
            load(app)
        except ContentError as error:
            found |= {str(problem.path.relative_to(settings.content_dir)) for problem in error.problems}
    assert found == wrong


def test_a_copy_left_by_a_kill_between_two_renames_is_found(tmp_path: Path) -> None:
    config: dict[str, object] = {"DATA_DIR": tmp_path, "CONTENT_DIR": tmp_path / "content", "MODULES_DIR": tmp_path / "modules"}
    for name in ("content", "modules"):
        (tmp_path / name).mkdir()
    keeping.keep(config)
    (tmp_path / "content-kept").rename(tmp_path / "content-kept.old")
    (tmp_path / "content-kept.new").mkdir()
    assert keeping.use_kept(dict(config))
    keeping.keep(config)
    assert sorted(path.name for path in tmp_path.glob("content-kept*")) == ["content-kept", "content-kept.lock"]


def test_a_copy_that_this_program_cannot_read_is_no_help_and_the_files_to_mend_are_named(settings: Settings) -> None:
    app = started(settings)
    keeping.keep(app.config)
    (settings.data_dir / "content-kept/CONTENT_DIR/measures.yaml").write_text("of: another version\n")
    write(settings, "\nlabel: ", "\nlabbel: ")
    with pytest.raises(ContentError, match="reablement.yaml"):
        load_all(started(settings))


def test_a_server_that_is_given_the_application_has_its_content_before_anybody_asks(tmp_path: Path) -> None:
    told = "import wsgi; print('assistant' in wsgi.app.extensions.get('content', {}))"
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    for more, loaded in (({}, "True"), ({"FLASK_RUN_FROM_CLI": "true"}, "False")):
        made = subprocess.run(
            [sys.executable, "-c", told],
            cwd=ROOT,
            env={**environ, **more, "DATA_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert made.stdout.strip() == loaded
