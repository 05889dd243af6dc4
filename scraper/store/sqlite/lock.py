"""One run at a time for each store: a lock on a file beside it, free again when its process ends, however that is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scraper.errors import LockHeld, StoreError


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
            _lock(descriptor)
        except OSError:
            raise LockHeld(path, os.read(descriptor, 200).decode("ascii", "replace").strip()) from None
        with suppress(OSError):  # a full disk: the name of the holder is a courtesy, the lock is not
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock the open file or raise OSError; the lock is the open file's, and no child process inherits it."""
    try:
        import fcntl  # what this system has
    except ImportError:  # Windows
        import msvcrt  # what this system has

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
