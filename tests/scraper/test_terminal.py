"""What others wrote cannot command a terminal, and a standard error that is closed stops nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.terminal import one_line, plain, plain_json, say, without_controls

ANY_TEXT = st.text(st.characters(categories=None))  # halves of surrogate pairs too


@given(ANY_TEXT)
def test_no_control_is_left(text: str) -> None:
    for cleaned in (plain(text), without_controls(text)):
        assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert "\n" not in one_line(text)
    plain(text).encode()


@given(ANY_TEXT)
def test_json_is_read_back_as_it_was_and_holds_no_control(text: str) -> None:
    written = plain_json({"title": text})
    assert json.loads(written) == {"title": text}
    assert not [c for c in written if unicodedata.category(c) in ("Cc", "Cs")]


@pytest.mark.parametrize(
    "text", ["Zürich – ein Überblick", "東京の天気", "وصلت السفينة", "בֵּית", "Rain\nin Kyiv\t2"]
)
def test_writing_of_every_script_stays(text: str) -> None:
    assert plain(text) == without_controls(text) == text


def test_marks_that_turn_a_line_round_go_from_the_terminal_and_stay_in_files() -> None:
    assert plain("evil\u202etxt.exe") == "eviltxt.exe"
    assert without_controls("\u2067שלום\u2069") == "\u2067שלום\u2069"


def test_times_are_written_as_everywhere() -> None:
    assert plain_json(datetime(2025, 1, 31, 12, tzinfo=UTC)) == '"2025-01-31T12:00:00Z"'


@pytest.mark.parametrize("stream", [None, "closed", "broken"])
def test_who_closed_standard_error_is_told_nothing_and_nothing_stops(
    stream: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        closed = False

        def write(self, text: str) -> None:
            raise ValueError if stream == "closed" else BrokenPipeError

        def flush(self) -> None:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stderr", Broken() if stream else None)
    say("Rain")
    say("Snow")


def test_a_stream_that_was_closed_is_no_file_that_is_opened_later() -> None:
    program = (
        "from scraper.terminal import fill_standard_streams; fill_standard_streams()\n"
        "import os; print(os.open('/dev/null', os.O_RDONLY) > 2)"
    )
    command = f'exec "{sys.executable}" -c "$1" 2>&- 0<&-'
    done = subprocess.run(["sh", "-c", command, "sh", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_what_the_caller_closed_can_be_asked_like_any_stream() -> None:
    program = (
        "from scraper.terminal import fill_standard_streams; fill_standard_streams()\n"
        "import sys; sys.stdout.write(f'{sys.stdin.read()!r} {sys.stderr.isatty()}')"
    )
    command = f'exec "{sys.executable}" -c "$1" 2>&- 0<&-'
    done = subprocess.run(["sh", "-c", command, "sh", program], capture_output=True, text=True, check=True)
    assert done.stdout == "'' False"
