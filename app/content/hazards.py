"""Clinical hazards as files: what each has to say, and the log that is made of them. `make hazards` writes the log."""

from pathlib import Path
from typing import Annotated, Literal

from jinja2 import Template
from pydantic import Field, StringConstraints, model_validator

from app.content.reading import read_folder, read_yaml
from app.content.schema import Strict

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "clinical-safety"
CLOSED_AT_MOST = 2
"""The highest residual risk at which a hazard may be closed."""

Words = Annotated[str, StringConstraints(min_length=3)]
Step = Annotated[int, Field(ge=1, le=5)]
Row = tuple[Step, Step, Step, Step, Step]


class Matrix(Strict):
    """The scales, and the risk for each likelihood (row) and severity (place in the row), all from 1 to 5."""

    likelihood: dict[Step, Words]
    severity: dict[Step, Words]
    risk: dict[Step, Row]
    acceptability: dict[Step, Words]

    def of(self, score: "Score") -> int:
        """The risk of a likelihood and a severity."""
        return self.risk[score.likelihood][score.severity - 1]


class Score(Strict):
    """How likely harm is, how bad it would be, and the risk that the matrix makes of the two."""

    likelihood: Step
    severity: Step
    risk: Step


class Control(Strict):
    """Something that lowers a risk. What the software does is shown by tests; what people do is not."""

    kind: Literal["design", "test", "training", "process"]
    what: Words
    tests: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _software_is_tested(self) -> "Control":
        if bool(self.tests) != (self.kind in ("design", "test")):
            raise ValueError("a design or test control names at least one test, a training or process control names none")
        return self


class Hazard(Strict):
    """One hazard. `not_built` is what would lower the risk and does not exist yet."""

    id: Annotated[str, StringConstraints(pattern=r"^HAZ-[0-9]{3}$")]
    name: Words
    description: Words
    causes: tuple[Words, ...] = Field(min_length=1)
    effect: Words
    harm: Words
    initial: Score
    controls: tuple[Control, ...] = Field(min_length=1)
    residual: Score
    status: Literal["open", "closed", "transferred"]
    deployer: bool
    deployer_does: Words | None = None
    owner: Words
    not_built: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> "Hazard":
        if self.status == "closed" and self.residual.risk > CLOSED_AT_MOST:
            raise ValueError(f"a hazard is closed only where its residual risk is {CLOSED_AT_MOST} or less")
        if self.residual.risk > self.initial.risk:
            raise ValueError("controls cannot raise the risk")
        if self.deployer != bool(self.deployer_does):
            raise ValueError("deployer_does is given exactly where deployer is true")
        if self.status == "transferred" and not self.deployer:
            raise ValueError("a hazard is transferred only to a deployer who has something to do")
        return self


def matrix(folder: Path = FOLDER) -> Matrix:
    """The matrix and its scales. Raises ContentError."""
    return read_yaml(folder / "matrix.yaml", Matrix)


def hazards(folder: Path = FOLDER) -> dict[str, Hazard]:
    """Every hazard by its id. Raises ContentError with everything that is wrong in any file."""
    return read_folder(folder / "hazards", Hazard)


def log(folder: Path = FOLDER) -> str:
    """The hazard log as Markdown."""
    template = Template((folder / "hazard-log.j2").read_text(encoding="utf-8"), trim_blocks=True, lstrip_blocks=True)
    rendered: str = template.render(hazards=list(hazards(folder).values()), matrix=matrix(folder))
    return rendered.rstrip() + "\n"


if __name__ == "__main__":
    (FOLDER / "hazard-log.md").write_text(log(), encoding="utf-8")
