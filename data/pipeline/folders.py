"""Staging folders: one per import, held by a lock, removed when their process is gone."""

import fcntl
import shutil
import tempfile
from pathlib import Path


class StagingFolder:
    """A fresh folder under `parent` that belongs to this process until it is removed."""

    def __init__(self, parent: Path) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(parent)
        self.path = Path(tempfile.mkdtemp(prefix="import-", dir=parent))
        self._lock = (self.path / "lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Delete the folder with all it holds."""
        self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)


def clear_leftovers(parent: Path) -> int:
    """Remove the folders of imports that were killed; return how many."""
    removed = 0
    for folder in sorted(parent.glob("import-*")):
        if not _is_held(folder):
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed


def _is_held(folder: Path) -> bool:
    """Whether a living process holds the lock of a staging folder."""
    try:
        with (folder / "lock").open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
