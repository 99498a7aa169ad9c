"""What the papers of the assurance folder say of the register, made from it between their marks. `make register` writes them."""

import re
from pathlib import Path

from jinja2 import Template

from app.content.reading import read_yaml
from app.content.register import FILE, Register

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "assurance"
PAPERS = ("dpia.md", "privacy-notice.md")
_MARKED = re.compile(r"(?P<begin>^[> ]*<!-- register: (?P<part>\w+) -->\n)(?:.*?)(?P<end>^[> ]*<!-- end of register -->$)", re.M | re.S)


def paper(name: str, content: Path = ROOT / "content") -> str:
    """A paper with its marked parts made anew."""
    register = read_yaml(content / FILE, Register)
    template = Template((FOLDER / "register.j2").read_text(encoding="utf-8"), trim_blocks=True, lstrip_blocks=True)
    parts = template.make_module({"purposes": register.purposes, "tables": register.tables})

    def made(found: re.Match[str]) -> str:
        return f"{found['begin']}{getattr(parts, found['part'])().strip()}\n{found['end']}"

    return _MARKED.sub(made, (FOLDER / name).read_text(encoding="utf-8"))


if __name__ == "__main__":
    for written in PAPERS:
        (FOLDER / written).write_text(paper(written), encoding="utf-8")
