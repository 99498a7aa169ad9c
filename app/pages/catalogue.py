"""Pages of text and the examples, read once."""

from functools import lru_cache
from pathlib import Path

from app.content.markup import Page, read_page
from app.content.reading import read_yaml
from app.content.schema import Reviewed
from app.pages.schema import Example, ExampleFile


@lru_cache(maxsize=4)
def pages(root: Path) -> dict[str, Page]:
    """Every page of content/pages by its slug."""
    return {path.stem: read_page(path) for path in sorted((root / "pages").glob("*.md"))}


@lru_cache(maxsize=4)
def examples(root: Path) -> tuple[Example, ...]:
    """What a GP might type, for the buttons under the box."""
    return read_yaml(root / "examples.yaml", ExampleFile).examples


def heads(root: Path) -> dict[Path, Reviewed]:
    """For the content check."""
    found: dict[Path, Reviewed] = {root / "pages" / f"{slug}.md": page.head for slug, page in pages(root).items()}
    return found | {root / "examples.yaml": read_yaml(root / "examples.yaml", ExampleFile)}
