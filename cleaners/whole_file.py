"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from cleaners.errors import OutputFailed


class WholeFile:
    """A file that appears under its name only when all of it is there.

    What is written goes to a temporary file beside it, which takes the name when the `with` block ends well and
    goes away when it does not. Raises OutputFailed where the disk or the folder does not let it.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with WholeFile(folder / "rain.txt") as file:
    ...     file.write("It rained.")
    >>> [path.read_text() for path in folder.iterdir()]
    ['It rained.']
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._partial = path.with_name(f".{path.name}.{os.getpid()}.part")

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
            if kind is None:
                self._partial.replace(self.path)
        except OSError as failure:
            raise OutputFailed(self._why(failure)) from None
        finally:
            self._partial.unlink(missing_ok=True)

    def _why(self, error: OSError) -> str:
        return f"{self.path}: cannot be written: {(error.strerror or str(error)).lower()}"
