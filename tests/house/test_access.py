"""Every endpoint says who may use it, and one that does not is served to nobody."""

from pathlib import Path

from flask import Flask

from app.accounts.access import audiences_of
from config import Settings


def test_every_endpoint_declares_who_may_use_it(app: Flask) -> None:
    undeclared = [rule.endpoint for rule in app.url_map.iter_rules() if not audiences_of(app, rule.endpoint)]
    assert undeclared == []


def test_an_endpoint_that_does_not_say_is_refused(tmp_path: Path) -> None:
    from app import create_app

    app = create_app(Settings.from_environ({"DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only"}))
    app.add_url_rule("/forgotten", "forgotten", lambda: "served")
    assert app.test_client().get("/forgotten").status_code == 403


def test_addresses_are_lower_case_with_hyphens(app: Flask) -> None:
    ours = [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("oruk.")]  # Those are the standard's own.
    fixed = [part for rule in ours for part in rule.rule.split("/") if part and "<" not in part]
    assert [part for part in fixed if part != part.lower() or "_" in part] == []
