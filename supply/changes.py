"""What an update changed: the locks as they are against the locks of the last commit. `make update` prints it."""

import subprocess
import tempfile
from pathlib import Path

from supply.parts import LOCKS, ROOT, Part, npm_parts, python_parts

REMINDER = "docs/security/dependencies.md says who decides, by when, and how to go back."


def changes(before: list[Part], after: list[Part]) -> list[str]:
    """A line for each part that came, went or changed its version."""
    old, new = ({part.name: part.version for part in parts} for parts in (before, after))
    lines = {name: f"{name} {old.get(name, 'new')} -> {new.get(name, 'gone')}" for name in old.keys() | new.keys()}
    return [lines[name] for name in sorted(lines) if old.get(name) != new.get(name)]


def committed(root: Path, folder: Path) -> None:
    """Fill a folder with the lock files of the last commit, and the files that they are made from."""
    for name in [*LOCKS, *(lock.replace(".txt", ".in") for lock in LOCKS), "package.json", "package-lock.json"]:
        shown = subprocess.run(["git", "show", f"HEAD:{name}"], cwd=root, capture_output=True, check=True)  # noqa: S607 - git, wherever it is
        (folder / name).write_bytes(shown.stdout)


def report(root: Path = ROOT) -> str:
    """The changes of every lock since the last commit."""
    with tempfile.TemporaryDirectory() as name:
        before = Path(name)
        committed(root, before)
        found = {lock: changes(python_parts(lock, before), python_parts(lock, root)) for lock in LOCKS}
        found["package-lock.json"] = changes(npm_parts(before), npm_parts(root))
    return "\n".join(f"{lock}:\n  " + "\n  ".join(lines or ["nothing changed"]) for lock, lines in found.items())


if __name__ == "__main__":
    print(report())
    print(REMINDER)
