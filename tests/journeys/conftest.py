"""A real browser on a real server: the demonstration area, and the real pilot area where ../shared is at hand."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.server import Server


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = shutil.which("chromium")
    assert path, "Chromium is not installed. Run: apt-get install chromium"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("demonstration")) as server:
        yield server


@pytest.fixture(scope="session")
def pilot(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Server]:
    """Oldham, Trafford, Hounslow, Shropshire and Telford as the real feeds give them. Nothing of it leaves the machine."""
    server = Server(tmp_path_factory.mktemp("pilot"))
    data = shared / "data"
    server.flask("db", "upgrade")
    server.flask("places", "import-councils", str(data / "councils" / "social_care_councils_england.csv"))
    server.flask("places", "import-councils", str(data / "councils" / "local_authority_districts_gb.csv"))
    server.flask("places", "import-postcodes", str(data / "postcodes" / "postcodes_pilot_areas.csv.gz"))
    server.flask("places", "import-practices", str(data / "gp_practices" / "gp_practices_active_2026-02.csv.gz"))
    feed = str(data / "pilot" / "services.ndjson.gz")
    server.flask("directory", "import", feed, "--format", "oruk", "--council", "E08000004")
    with server:
        yield server


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """A page on which nothing may be refused by the policy, asked of another host, or said in error."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert said == []
    assert [url for url in asked if not url.startswith("http://127.0.0.1")] == []


def assert_accessible(page: Page) -> None:
    """No finding of axe for WCAG 2.2 A and AA."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
