"""The content that was good last time, kept beside the data, so that a wrong file takes no answer down."""

import os
import shutil
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

_FOLDERS = ("CONTENT_DIR", "MODULES_DIR")


def keep(config: MutableMapping[str, Any]) -> None:
    """Copy the content that is in use. The copy is made beside the older one and takes its place when it is whole."""
    kept = _kept(config)
    new, old = kept.with_name(f"{kept.name}.new{os.getpid()}"), kept.with_name(f"{kept.name}.old{os.getpid()}")
    for name in _FOLDERS:
        shutil.copytree(config[name], new / name)
    if kept.exists():
        kept.rename(old)
    new.rename(kept)
    shutil.rmtree(old, ignore_errors=True)


def use_kept(config: MutableMapping[str, Any]) -> bool:
    """Have content read from the copy from now on. False where there is none."""
    kept = _kept(config)
    if not kept.is_dir():
        return False
    config.update({name: kept / name for name in _FOLDERS})
    return True


def _kept(config: MutableMapping[str, Any]) -> Path:
    return Path(config["DATA_DIR"]) / "content-kept"
