"""Texts of very many lines: at most 40 times their size and 64 MB, Python itself included."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaners.blocks import MANY, Block, gather
from cleaners.read.text import read_text

STRESS = bool(os.environ.get("STRESS"))
#: The long form is as long as the promise says: a million lines.
LINES = 1_000_000 if STRESS else 120_000

CLEAN = """
import resource, sys
from pathlib import Path
from cleaners import clean_html, clean_text, decode_text
data = Path(sys.argv[2]).read_bytes()
article = clean_text(decode_text(data)) if sys.argv[1] == "text" else clean_html(data)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""

TEXTS: dict[str, Callable[[int], str]] = {
    "lines that differ": lambda n: "".join(f"It rained {i}.\n" for i in range(n)),
    "short lines that differ": lambda n: "".join(f"{i:x}\n" for i in range(n)),
    "letters": lambda n: "a\n" * n,
    "numbers": lambda n: "".join(f"{i}\n" for i in range(n)),
    "ads that differ": lambda n: "".join(
        f"It rained.\n200% Deposit Bonus up to €{i}\n" for i in range(n // 4)
    ),
    "a menu": lambda n: "".join(f"District {i}\n" for i in range(n // 2)) + "Post navigation\n",
    "bylines": lambda n: "".join(f"By Anna Smith{i}\n" for i in range(n // 2)),
    "tabs": lambda n: "\t" * 10 * n,
}


def peak(kind: str, data: bytes, tmp_path: Path) -> int:
    """Return the most memory of a process that cleans this, in bytes."""
    path = tmp_path / "large"
    path.write_bytes(data)
    # A process is counted with what its parent had when it began, so the parent is a small one: a shell.
    command = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", CLEAN, kind, str(path)]
    return int(subprocess.run(command, capture_output=True, timeout=300, check=True).stdout)


@pytest.mark.speed
@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_takes_at_most_forty_times_its_size_and_64_mb(kind: str, tmp_path: Path) -> None:
    data = TEXTS[kind](LINES).encode()
    assert peak("text", data, tmp_path) <= 40 * len(data) + 64_000_000


def test_very_many_lines_are_the_same_lines() -> None:
    few = [Block(f"It rained {n}.", n) for n in range(MANY)]
    many = gather(iter(few), MANY + 1)
    assert not isinstance(many, list)
    assert [(block.text, block.line) for block in many] == [(block.text, block.line) for block in few]
    assert (len(many), many[-1].text, many[2:4][1].line) == (MANY, few[-1].text, 3)


def test_wrapped_lines_are_rejoined_in_very_many_lines() -> None:
    wrapped = (
        "It rained in Kyiv on Thursday, and the river rose above\nits banks, which the mayor said is rare.\n"
    )
    blocks = read_text(wrapped * MANY).blocks
    assert len(blocks) == MANY
    assert blocks[1].text == wrapped.replace("\n", " ").strip()
