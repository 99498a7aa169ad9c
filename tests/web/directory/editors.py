"""Two editors of a council, its administrator and one of the council beside it, each with a browser."""

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.places import actions as places
from tests.web.accounts.browser import Browser, new_person
from tests.web.directory.feed import COUNCIL, imported

OTHER_COUNCIL = "E99000002"
DESK = f"/council/{COUNCIL}/services"
PAIRS = f"/council/{COUNCIL}/duplicates"


@dataclass
class Desk:
    """Who works at the desk, and the feed that lists the council's services."""

    editor: Browser
    second: Browser
    boss: Browser
    stranger: Browser
    report: Path

    def feed(self, *records: dict[str, Any]) -> None:
        imported(records, self.report)


def made(app: Flask, folder: Path) -> Desk:
    for code, name in ((COUNCIL, "Marlshire Council"), (OTHER_COUNCIL, "Southern Council")):
        places.load_council(council=places.CouncilFile.model_validate({"code": code, "name": name, "contacts": {}}), by="command line")
    browsers = []
    for name, role, council in (
        ("ada", "directory_editor", COUNCIL), ("ben", "directory_editor", COUNCIL),
        ("cleo", "council_admin", COUNCIL), ("dai", "directory_editor", OTHER_COUNCIL),
    ):  # fmt: skip
        new_person(app, f"{name}@example.org", (role, council, None), name=f"{name.title()} Marsh")
        browser = Browser(app)
        browser.sign_in(f"{name}@example.org")
        browsers.append(browser)
    return Desk(*browsers, folder / "report.csv")


def sent_by(page: TestResponse) -> dict[str, Any]:
    """What the page's last form would send as it stands."""
    text = page.get_data(as_text=True)
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") not in ("checkbox", "radio") or re.search(r"\schecked", tag):
            fields[given["name"]] = html.unescape(given.get("value", ""))
    for name, said in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', text):
        fields[name] = html.unescape(said)
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        fields[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    return fields


def kept_feed(page: TestResponse, address: str) -> str:
    """Where the feed with this address is changed, by the page of a council's imports."""
    (section,) = [part for part in page.get_data(as_text=True).split("<section") if f">{address}<" in part]
    return re.findall(r'href="(/council/\w+/imports/feeds/\w+)"', section)[0]
