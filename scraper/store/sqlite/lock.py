"""One run at a time for each store: a lock on a file beside it, free again when its process ends, however that is."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scraper.errors import LockHeld, StoreError

#: Hundredths of a second for which a run waits for the lock.
PATIENCE = 5


@contextmanager
def run_lock(database: Path | str) -> Iterator[None]:
    """Hold the lock of a store. Raises LockHeld at once when another process has it, and StoreError when there can
    be no lock in that place.

    The system frees it when the process ends, so a killed run leaves a file but no lock. The file is never deleted:
    two processes could otherwise hold the lock of two files of one name.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with run_lock(Path(folder.name) / "wire.db"):
    ...     (Path(folder.name) / "wire.db.lock").exists()
    True
    >>> folder.cleanup()
    """
    path = Path(f"{database}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(path, (error.strerror or str(error)).lower()) from error
    try:
        try:
            _take(descriptor)
        except OSError:
            holder = os.read(descriptor, 200).decode("ascii", "replace").strip()
            raise LockHeld(path, holder, time.time() - os.fstat(descriptor).st_mtime) from None
        with suppress(OSError):  # a full disk: the name of the holder is a courtesy, the lock is not
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def is_held(database: Path | str) -> bool:
    """Return whether a run goes on, in whichever process; also for who may only read the store."""
    try:
        descriptor = os.open(f"{database}.lock", os.O_RDONLY)
    except FileNotFoundError:
        return False
    except OSError:  # who may not even read the lock cannot know
        return True
    try:
        _lock(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _take(descriptor: int) -> None:
    """Lock the open file or raise OSError, after a moment: whoever asks whether it is held holds it that long."""
    for _ in range(PATIENCE):
        with suppress(OSError):
            return _lock(descriptor)
        time.sleep(0.01)
    return _lock(descriptor)


def _lock(descriptor: int) -> None:
    """Lock the open file or raise OSError; the lock is the open file's, and no child process inherits it."""
    try:
        import fcntl  # what this system has
    except ImportError:  # Windows
        import msvcrt  # what this system has

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
