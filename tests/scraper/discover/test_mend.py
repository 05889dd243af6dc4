"""What is no XML is made so, sign by sign, and nothing of a sound list is changed by it."""

from __future__ import annotations

from contextlib import suppress
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.feed import read_feed
from scraper.discover.mend import in_utf8, mended, recovered
from scraper.errors import FetchError

ROOTS = {"rss"}


def title(text: str) -> str | None:
    """What a title reads once it is mended."""
    return fromstring(mended(f"<rss><title>{text}</title></rss>".encode(), ROOTS)).findtext("title")


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Rain &amp; wind &lt;b&gt; &#65; &#x41; &quot;&apos;", "Rain & wind <b> A A \"'"),
        ("Rain & wind", "Rain & wind"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("a &nbsp; b", "a \xa0 b"),
        ("&eacute;&hellip;&rsquo;&euro;", "é…’€"),
        ("&AMP; &lt &copy", "& &lt &copy"),
        ("&#55357;&#56834;", "😂"),
        ("&#xD83D;&#xDE02;", "😂"),
        ("&#55357; &#56834;", "\ufffd \ufffd"),
        ("&#150; &#146;", "– ’"),
        ("&#38; &#60;", "& <"),
        ("&#99999999999;", "&#99999999999;"),
        ("2 < 3 and 3 > 2", "2 < 3 and 3 > 2"),
        ("a<br>b<BR/>c", "a<br>b<BR/>c"),
        ("<i>Nature</i> says", "<i>Nature</i> says"),
        ("bell\x07 and \x0b", "bell and "),
    ],
)
def test_signs_that_may_not_stand_are_put_right(printed: str, read: str) -> None:
    assert title(printed) == read


def test_what_is_in_cdata_stays_as_it_is() -> None:
    assert title("<![CDATA[a & b <br> &nbsp;]]> & c") == "a & b <br> &nbsp; & c"


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="<&"), max_size=200))
def test_a_sound_title_stays_as_it_is(text: str) -> None:
    assert title(text) == fromstring(f"<rss><title>{text}</title></rss>").findtext("title")


@given(st.text(st.sampled_from("<>&;#x/!?[]CDATA-rsitemlnk \"'=\ud83d\n"), max_size=300))
def test_anything_is_read_or_refused(text: str) -> None:
    body = f"<rss><channel>{text}".encode("utf-8", "surrogatepass")
    list(recovered(mended(body, ROOTS), {"item"}))
    with suppress(FetchError):
        read_feed(body, "https://example.org/feed")


@pytest.mark.parametrize("name", ["utf-8", "UTF-8", "utf8"])
def test_a_document_in_utf_8_is_not_touched(name: str) -> None:
    body = f'<?xml version="1.0" encoding="{name}"?><rss/>'.encode()
    assert in_utf8(body) is body


@pytest.mark.parametrize("name", ["iso-8859-1", "windows-1252", "undefined", "idna", "utf-16", "x" * 90])
def test_a_document_in_anything_else_is_decoded_here(name: str) -> None:
    body = f'<?xml version="1.0" encoding="{name}"?><rss>Café</rss>'.encode()
    assert in_utf8(body).decode() == "<rss>Café</rss>"
