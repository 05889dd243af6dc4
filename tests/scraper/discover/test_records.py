"""Records are read as a stream, and a document that would swell or nest without end is refused."""

from __future__ import annotations

import pytest

from scraper.discover.records import NOT_WELL_FORMED, read_records
from scraper.errors import Bomb, NotAFeed


def titles(body: bytes) -> list[str | None]:
    return [item.findtext("t") for item, _ in read_records([body], "https://example.org/f", {"r"}, {"i"})]


def test_records_come_with_the_address_that_their_links_are_relative_to() -> None:
    body = b'<r xml:base="/news/"><i xml:base="today/"><t>1</t></i><i><t>2</t></i></r>'
    found = [base for _, base in read_records([body], "https://example.org/f", {"r"}, {"i"})]
    assert found == ["https://example.org/news/today/", "https://example.org/news/"]


def test_what_came_before_a_fault_is_given_before_it_is_raised() -> None:
    records = read_records([b"<r><i><t>1</t></i><i><t>2</i></r>"], "", {"r"}, {"i"})
    assert next(records)[0].findtext("t") == "1"
    with pytest.raises(NOT_WELL_FORMED):
        next(records)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'<!DOCTYPE r [<!ENTITY a "aaaa">]><r><i><t>&a;</t></i></r>', Bomb),
        (b"<r>" + b"<x>" * 200 + b"</x>" * 200 + b"</r>", Bomb),
        (b"<html><i/></html>", NotAFeed),
        (b"   ", NotAFeed),
    ],
)
def test_what_is_no_list_is_refused(body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        titles(body)
