"""Every page that can be got to, in a real browser: by address where it needs no more, and by following links."""

import re
from collections import Counter

from playwright.sync_api import Page

from app import create_app
from config import Settings
from tests.journeys.server import Server

ENOUGH = 3
"""Pages of one kind that are visited: of services there are hundreds."""
NOT_PAGES = re.compile(r"^/(api/|healthz|readyz|static|account/data)|\.(pdf|txt|csv|xlsx)$")


def addresses(server: Server) -> list[str]:
    """Every address that needs nothing but itself."""
    rules = create_app(Settings.from_environ(server.environ)).url_map.iter_rules()
    return sorted({rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments and not NOT_PAGES.search(rule.rule)})


def crawl(page: Page, server: Server, without: frozenset[str] = frozenset()) -> set[str]:
    """Visit all but those named; the paths that were visited."""
    known = addresses(server)
    waiting, seen, kinds = list(known), set[str](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"/[^/]*$", "", path)
        if path in seen | without or (kind and kinds[kind] >= ENOUGH and path not in known):
            continue
        seen.add(path)
        kinds[kind] += 1
        page.goto(server.url + path)
        links = page.eval_on_selector_all("a[href^='/']", "links => links.map(link => link.getAttribute('href'))")
        waiting += [link.split("#")[0].split("?")[0] for link in links if not NOT_PAGES.search(link.split("#")[0].split("?")[0])]
    return seen
