"""A wrong content file takes nothing down: what was good last time answers, and the start says what has to be mended."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
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
