"""What is done when a wheel is built: the word files are made into tables, and the commands' options into manuals."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Where manuals are written, and where a wheel installs them: `man clean`.
MANUALS, INSTALLED = "man", "share/man/man1"


class Built(BuildHookInterface[BuilderConfig]):
    """Makes `cleaners/words/words.tables` and `man/*.1`, for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Check the word files and write the tables and manuals. Raises `WordsError` for mistakes in the words."""
        # A build has nothing but the standard library: this stands in for the package, which imports much more.
        package = ModuleType("cleaners")
        package.__path__ = [str(Path(self.root, "cleaners"))]
        vars(package)["__version__"] = self.metadata.version
        sys.modules["cleaners"] = package
        sys.path.insert(0, self.root)
        from cleaners.words.compile import write_tables

        write_tables()
        for manual in write_manuals(Path(self.root, MANUALS)):
            build_data["shared_data"][f"{MANUALS}/{manual}"] = f"{INSTALLED}/{manual}"


def write_manuals(folder: Path) -> list[str]:
    """Write a manual for each command, made of the options that it takes; return the names of the files."""
    from argparse_manpage.manpage import Manpage

    from cleaners.arguments import make_parser
    from scraper.cli import make_parser as make_scrape_parser

    folder.mkdir(exist_ok=True)
    written = []
    for parser in (make_parser()[0], make_scrape_parser()):
        name = f"{parser.prog}.1"
        (folder / name).write_text(str(Manpage(parser)), encoding="utf-8")
        written.append(name)
    return written


if __name__ == "__main__":
    print(*write_manuals(Path(MANUALS)))
