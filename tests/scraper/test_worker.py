"""The cleaning process, played in this one: pages in, articles or faults out, in their order."""

from __future__ import annotations

import io
import pickle
import signal
import sys

import pytest

from cleaners import Options
from scraper import worker
from scraper.worker import LENGTH, Cleaned, Fault, message_of

PAGE = b"<html><body><article><h1>Dam holds</h1><p>The harbour authority approved a plan for the dam.</p></article>"


class Stream:
    """A standard stream that has bytes below it."""

    def __init__(self, content: bytes = b"") -> None:
        self.buffer = io.BytesIO(content)


def answers(output: bytes) -> list[object]:
    found, source = [], io.BytesIO(output)
    while head := source.read(LENGTH.size):
        found.append(pickle.loads(source.read(LENGTH.unpack(head)[0])))
    return found


def test_each_page_has_its_answer_and_a_fault_says_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [(PAGE, Options(url="https://example.org/1")), (None, Options()), (PAGE, Options())]
    target = Stream()
    monkeypatch.setattr(signal, "signal", lambda number, action: None)
    monkeypatch.setattr(worker, "_limit_memory", lambda: None)
    monkeypatch.setattr(sys, "stdin", Stream(b"".join(map(message_of, pages)) + b"\0"))
    monkeypatch.setattr(sys, "stdout", target)
    worker.main()
    first, second, third = answers(target.buffer.getvalue())
    assert isinstance(first, Cleaned)
    assert isinstance(third, Cleaned)
    assert "approved a plan" in first.article.text
    assert isinstance(second, Fault)
    assert second.detail.startswith("TypeError")
    assert "Traceback" in second.trace
