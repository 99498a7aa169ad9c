"""The direction of imports, by import-linter; and that it would notice a break."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / "lint-imports"

BREAKS = {
    "training looks into insights": ("app/training/queries.py", "import app.insights.queries\n"),
    "the assistant knows training": ("app/assistant/actions.py", "import app.training.queries\n"),
    "search reads the directory's tables": ("app/search/queries.py", "import app.directory.models\n"),
    "ranking knows the web": ("app/assistant/ranking.py", "import flask\n"),
    "reading knows the database": ("app/vocabulary/reading.py", "import sqlalchemy\n"),
    "the floor knows a feature": ("app/extensions.py", "import app.places.queries\n"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_every_import_points_downwards() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("name", BREAKS)
def test_a_planted_break_is_noticed(name: str, tmp_path: Path) -> None:
    for part in ("app", "config.py", "pyproject.toml"):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "static", "templates"))
        else:
            shutil.copy(source, tmp_path / part)
    path, line = BREAKS[name]
    file = tmp_path / path
    file.write_text(file.read_text() + "\n" + line)
    assert lint(tmp_path).returncode != 0
