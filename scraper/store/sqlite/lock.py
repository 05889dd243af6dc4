"""One run at a time for each store: a lock on a file beside it, free again when its process ends, however that is."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper.errors import LockHeld, StoreError


class RunLock:
    """The lock of a store; use as a context manager. Raises LockHeld at once when another process has it,
    and StoreError when there can be no lock in that place.

    The system frees it when the process ends, so a killed run leaves a file but no lock. The file is never
    deleted: two processes could otherwise hold the lock of two files of one name.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with RunLock(Path(folder.name) / "wire.db"):
    ...     (Path(folder.name) / "wire.db.lock").exists()
    True
    >>> folder.cleanup()
    """

    def __init__(self, database: Path | str) -> None:
        self.path = Path(f"{database}.lock")
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StoreError(self.path, (error.strerror or str(error)).lower()) from error
        try:
            _lock(descriptor)
        except OSError:
            holder = os.read(descriptor, 200).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise LockHeld(self.path, holder) from None
        self._descriptor = descriptor
        try:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()}\n".encode())
        except OSError:  # a full disk: the name of the holder is a courtesy, the lock is not
            pass
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _lock(descriptor: int) -> None:
    """Lock the open file or raise OSError; the lock is the open file's, and no child process inherits it."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
