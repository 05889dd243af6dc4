"""What is done when a wheel is built: the word files are checked and made into tables."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TablesOfWords(BuildHookInterface):  # type: ignore[type-arg]
    """Makes `cleaners/words/words.tables`, for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Check the word files and write the tables. Raises `WordsError` for mistakes in them."""
        # A build has nothing but the standard library: this stands in for the package, which imports much more.
        package = ModuleType("cleaners")
        package.__path__ = [str(Path(self.root, "cleaners"))]
        sys.modules["cleaners"] = package
        from cleaners.words.compile import write_tables

        write_tables()
