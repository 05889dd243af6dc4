"""Lists that are no XML are made XML, whatever they are; the feeds of the wild are in tests/scraper/hostile."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.mend import in_utf8, mended, recovered, undeclared

#: Signs that are no markup where they stand, and markup that is no feed's.
SIGNS = st.lists(
    st.sampled_from("&|< |> |&amp;|&nbsp;|&#55357;|&#56834;|&#x0;|<br>|]]>|\0|\x1b|é|Rain| ".split("|")),
    max_size=30,
).map("".join)


@given(SIGNS)
def test_whatever_is_in_a_title_the_feed_around_it_can_be_read(title: str) -> None:
    body = mended(f"<rss><item><title>{title}</title></item></rss>".encode(), {"rss"})
    assert fromstring(body.decode()).find("item/title") is not None


@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd(body: bytes) -> None:
    for made in (in_utf8(body), undeclared(body), mended(body, {"rss"})):
        made + b""
    list(recovered(body, {"item"}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<rss>&#128514; &euro; &bogus;</rss>", "<rss>😂 € &amp;bogus;</rss>"),
        (b"Notice: x in y.php<rss>a</rss>", "<rss>a</rss>"),
        (b"<rss><![CDATA[a & b <br>]]> & c</rss>", "<rss><![CDATA[a & b <br>]]> &amp; c</rss>"),
    ],
)
def test_what_was_meant_is_kept(before: bytes, after: str) -> None:
    assert mended(before, {"rss"}).decode() == after
