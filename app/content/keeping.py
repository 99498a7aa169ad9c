"""The content that was good last time, kept beside the data, so that a wrong file takes no answer down."""

import fcntl
import shutil
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_FOLDERS = ("CONTENT_DIR", "MODULES_DIR")


def keep(config: MutableMapping[str, Any]) -> None:
    """Copy the content that is in use. The copy is made beside the older one and takes its place when it is whole."""
    with _alone(config):
        kept, new, old = _kept(config), _kept(config, "new"), _kept(config, "old")
        shutil.rmtree(new, ignore_errors=True)
        for name in _FOLDERS:
            shutil.copytree(config[name], new / name)
        if kept.is_dir():
            shutil.rmtree(old, ignore_errors=True)
            kept.rename(old)
        new.rename(kept)
        shutil.rmtree(old, ignore_errors=True)


def use_kept(config: MutableMapping[str, Any]) -> bool:
    """Have content read from the copy from now on. False where there is none."""
    with _alone(config):
        kept, old = _kept(config), _kept(config, "old")
        if not kept.is_dir() and old.is_dir():  # Killed between the two renames.
            old.rename(kept)
    if not kept.is_dir():
        return False
    config.update({name: kept / name for name in _FOLDERS})
    return True


def _kept(config: MutableMapping[str, Any], state: str = "") -> Path:
    return Path(config["DATA_DIR"]) / f"content-kept{state and '.'}{state}"


@contextmanager
def _alone(config: MutableMapping[str, Any]) -> Iterator[None]:
    """Workers that start side by side wait for one another; the lock falls with the process that holds it."""
    with _kept(config, "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
