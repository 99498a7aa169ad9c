"""What lies in an application's files, read by another process.

Closing a second handle on a live SQLite file would drop this process's locks on it, and the next process to close the file would then take
its log away from under us.
"""

import subprocess
from pathlib import Path


def on_disk(folder: Path) -> bytes:
    """Every file below the folder as it lies there: database, its log, index, reports."""
    files = [str(path) for path in folder.rglob("*") if path.is_file()]
    return subprocess.run(["cat", "--", *files], capture_output=True, check=True).stdout
