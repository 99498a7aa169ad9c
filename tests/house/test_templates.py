"""Templates link to endpoints that exist, and hold nothing that the Content-Security-Policy would refuse."""

import re
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "app").rglob("templates/**/*.html"))


def test_links_lead_to_endpoints_that_exist(app: Flask) -> None:
    for path in TEMPLATES:
        for endpoint in re.findall(r"url_for\(['\"]([\w.]+)['\"]", path.read_text()):
            assert endpoint in app.view_functions, f"{path.relative_to(ROOT)}: {endpoint}"


def test_static_files_named_exist() -> None:
    for path in TEMPLATES:
        for name in re.findall(r"asset\(['\"]([\w./-]+)['\"]", path.read_text()):
            assert (ROOT / "app" / "ui" / "static" / name).exists(), f"{path.relative_to(ROOT)}: {name}"


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    forbidden = re.compile(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|hx-on|(?:src|action)=[\"']https?:", re.I)
    for path in TEMPLATES:
        assert not forbidden.search(path.read_text()), path.relative_to(ROOT)


def test_every_template_reads() -> None:
    from jinja2 import Environment

    for path in TEMPLATES:
        Environment(autoescape=True).parse(path.read_text())
