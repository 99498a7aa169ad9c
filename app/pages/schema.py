"""What stands beside the pages of text: examples, cookies, and what is known not to be accessible."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from app.content.schema import Reviewed, Strict


class Example(Strict):
    """A line that somebody might type, and the words of its button."""

    id: str
    label: str = Field(max_length=30)
    text: str = Field(max_length=200)


class ExampleFile(Reviewed):
    examples: tuple[Example, ...]


class Cookie(Strict):
    """A cookie that a browser is asked to keep. Outside development its name begins with `__Host-`."""

    name: str
    purpose: str
    when: str
    days: int | None
    """How long it stays; None: until the browser is closed."""


class CookieFile(Reviewed):
    cookies: tuple[Cookie, ...]


class Issue(Strict):
    """A known failure of a success criterion of WCAG 2.2."""

    criterion: str = Field(pattern=r"^[1-4]\.\d\.\d{1,2}$")
    name: str
    level: Literal["A", "AA", "AAA"]
    what: str
    since: date
    why: Literal["non-compliance", "disproportionate burden", "out of scope"]
    planned: str


class IssueFile(Reviewed):
    """What is known to fail, when that was last looked at, and when the statement was first made."""

    prepared: date
    tested: date
    issues: tuple[Issue, ...]

    def compliance(self) -> Literal["fully", "partially"]:
        """The word of the regulations: one known failure of level A or AA is enough for "partially"."""
        return "partially" if any(issue.level != "AAA" for issue in self.issues) else "fully"


class ApiFile(Reviewed):
    """What the API takes and answers, as OpenAPI 3.1."""

    document: dict[str, Any]
