"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from cleaners.errors import OutputFailed


class WholeFile:
    """A file that appears under its name only when all of it is there.

    What is written goes to a temporary file beside it, which takes the name when the `with` block ends well and
    goes away when it does not. A link leads to the file that is written; a device or pipe is written to as it is.
    Raises OutputFailed where the disk or the folder does not let it.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with WholeFile(folder / "rain.txt") as file:
    ...     file.write("It rained.")
    >>> [path.read_text() for path in folder.iterdir()]
    ['It rained.']
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._target = Path(os.path.realpath(path))
        self._is_device = self._target.exists() and not self._target.is_file()
        partial = self._target.with_name(f".{self._target.name}.{os.getpid()}.part")
        self._partial = self._target if self._is_device else partial

    def __enter__(self) -> WholeFile:
        try:
            self._stream = self._partial.open("wb")
        except OSError as error:
            raise OutputFailed(self._why(error)) from None
        return self

    def write(self, text: str) -> None:
        """Add the text, as UTF-8."""
        try:
            self._stream.write(text.encode())
        except OSError as error:
            raise OutputFailed(self._why(error)) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._stream.close()
            if kind is None and not self._is_device:
                if self._target.exists():
                    self._partial.chmod(self._target.stat().st_mode)
                self._partial.replace(self._target)
        except OSError as failure:
            raise OutputFailed(self._why(failure)) from None
        finally:
            if not self._is_device:
                self._partial.unlink(missing_ok=True)

    def _why(self, error: OSError) -> str:
        return f"{self.path}: cannot be written: {(error.strerror or str(error)).lower()}"
