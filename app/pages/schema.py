"""The examples under the box on the home page."""

from pydantic import Field

from app.content.schema import Reviewed, Strict


class Example(Strict):
    """A line that somebody might type, and the words of its button."""

    id: str
    label: str = Field(max_length=30)
    text: str = Field(max_length=200)


class ExampleFile(Reviewed):
    examples: tuple[Example, ...]
