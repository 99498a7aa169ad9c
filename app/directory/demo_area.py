"""Where the demonstration area's practices and postcodes are."""

from pathlib import Path
from typing import Any

from pydantic import Field

from app.content.reading import read_yaml
from app.content.schema import Reviewed, Strict

FOLDER = "demo"


class DemonstrationPractice(Strict):
    """An invented GP practice."""

    ods_code: str = Field(pattern=r"^Z99\d{3}$")
    name: str
    address: str
    postcode: str
    phone: str
    lat: float
    lon: float
    pcn_code: str
    pcn_name: str
    list_size: int
    patients_65plus: int


class PracticesFile(Reviewed):
    practices: tuple[DemonstrationPractice, ...] = Field(min_length=1)


class DemonstrationPostcode(Strict):
    """An invented postcode; there is no postcode area ZZ."""

    postcode: str = Field(pattern=r"^ZZ\d \d[A-Z]{2}$")
    lat: float
    lon: float
    council: str


class PostcodesFile(Reviewed):
    postcodes: tuple[DemonstrationPostcode, ...] = Field(min_length=1)


def heads(root: Path) -> dict[Path, Reviewed]:
    """The reviewed heads of practices and postcodes, for the content check. Raises ContentError."""
    folder = root / FOLDER
    schemas: dict[str, type[Reviewed]] = {"practices.yaml": PracticesFile, "postcodes.yaml": PostcodesFile}
    return {folder / name: read_yaml(folder / name, schema) for name, schema in schemas.items()}


def practice_rows(root: Path, council_code: str) -> list[dict[str, Any]]:
    """The practices in the columns of their table. Raises ContentError."""
    practices = read_yaml(root / FOLDER / "practices.yaml", PracticesFile).practices
    return [practice.model_dump() | {"council_code": council_code} for practice in practices]


def postcode_rows(root: Path) -> list[dict[str, Any]]:
    """The postcodes in the columns of their table. Raises ContentError."""
    postcodes = read_yaml(root / FOLDER / "postcodes.yaml", PostcodesFile).postcodes
    return [{"postcode": one.postcode, "lat": one.lat, "lon": one.lon, "lad_code": one.council} for one in postcodes]
