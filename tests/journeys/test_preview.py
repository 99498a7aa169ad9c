"""An author sees a module on one page, which follows the files as they are saved."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible
from tests.journeys.server import ROOT, Server, free_port

SLUG = "planning-ahead"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "training_modules" / SLUG, tmp_path / SLUG))


@pytest.fixture
def preview(folder: Path, demonstration: Server) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "flask", "training", "preview", str(folder), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=demonstration.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout and f":{port}/preview" in process.stdout.readline().decode()
        yield f"http://127.0.0.1:{port}/preview"
        process.terminate()


def test_the_page_follows_what_is_saved_and_says_what_is_wrong(quiet: Page, preview: str, folder: Path) -> None:
    quiet.goto(preview)
    expect(quiet.get_by_text("What to do on Monday")).to_be_visible()
    assert_accessible(quiet)
    head = folder / "module.yaml"
    good = head.read_text(encoding="utf-8")
    title = next(line for line in good.splitlines() if line.startswith("title:"))
    head.write_text(good.replace(title, "title: A title that was just written"), encoding="utf-8")
    expect(quiet.get_by_role("heading", level=1)).to_have_text("A title that was just written")
    head.write_text(good.replace("minutes:", "minuets:"), encoding="utf-8")
    expect(quiet.get_by_role("alert")).to_contain_text("module.yaml, line")
    assert_accessible(quiet)
    head.write_text(good, encoding="utf-8")
    expect(quiet.get_by_role("alert")).to_have_count(0)
    expect(quiet.get_by_text("What to do on Monday")).to_be_visible()
