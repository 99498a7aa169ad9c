"""Somebody with a browser and no JavaScript: follows the links and sends the forms that a page really has."""

from collections import defaultdict
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

MODULE = "/training/before-the-care-home"
RIGHT = {
    "after-pneumonia": ["b"],
    "broken-nights": ["d"],
    "too-well-off": ["b"],
    "lines-that-help": ["a", "c", "e"],
    "nobody-tonight": ["c"],
}
BEFORE = {
    "second-fall": ["a", "c"],
    "stairs-and-bath": ["a"],
    "son-of-a-reluctant-mother": ["a"],
    "cannot-stand-today": ["a"],
    "which-sentence": ["a"],
}
"""Answers to what is asked before reading, some of them right."""


class Page(HTMLParser):
    """What stands on a page: its text by element, its links, its one form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: dict[str, list[str]] = defaultdict(list)
        self.links: dict[str, str] = {}
        self.action = ""
        self.inputs: list[dict[str, str | None]] = []
        self._open: list[str] = []
        self._href = ""
        self.feed(html)
        self.html = html

    @property
    def text(self) -> str:
        return " ".join(self.parts["main"])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.action = given.get("action") or ""
        if tag == "input":
            self.inputs.append(given)
        if tag == "a":
            self._href = given.get("href") or ""
        if tag not in ("input", "meta", "link", "br", "img", "hr"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            continue

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text:
            return
        for tag in set(self._open):
            self.parts[tag].append(text)
        if "a" in self._open:
            self.links[text] = self._href


class Learner:
    """Goes through a module as a person would, one page after another."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.responses: list[TestResponse] = []
        self.page = Page("")

    @property
    def question(self) -> str:
        """The last part of the address of the page that is open."""
        return self.responses[-1].request.path.rsplit("/", 1)[1]

    @property
    def status(self) -> int:
        return self.responses[-1].status_code

    def open(self, address: str) -> Page:
        return self._keep(self.client.get(address, follow_redirects=True))

    def send(self, *chosen: str) -> Page:
        """Send the page's form with these options chosen."""
        return self._keep(self.client.post(self.page.action, data={"answer": list(chosen)}, follow_redirects=True))

    def follow(self, text: str) -> Page:
        return self.open(next(href for words, href in self.page.links.items() if words.startswith(text)))

    def reading(self) -> Page:
        """Start the module and answer what is asked before it, up to its first page."""
        self.open(MODULE)
        self.send()
        while self.page.parts["h1"][0].startswith("Before you read"):
            self.send(*BEFORE[self.question])
        return self.page

    def begin(self) -> Page:
        """Start the module and read its pages, up to the first question after them."""
        self.reading()
        while "legend" not in self.page.parts:
            self.send()
        return self.page

    def answer_all(self, answers: dict[str, list[str]]) -> Page:
        """Answer every question and open the last page."""
        for _ in answers:
            self.send(*answers[self.question])
            self.follow("Go on to" if "Go on to" in self.page.text else "See how you did")
        return self.page

    def _keep(self, response: TestResponse) -> Page:
        self.responses += [*response.history, response]
        self.page = Page(response.get_data(as_text=True))
        return self.page
