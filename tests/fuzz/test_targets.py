"""The fuzzing that stays, in its short form: every seed, and what a few changes make of it. `make fuzz` is the long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.targets import TARGETS, seeds


@pytest.mark.parametrize(("name", "number"), [(name, n) for name in TARGETS for n in range(len(seeds(name)))])
def test_every_seed_is_read(name: str, number: int) -> None:
    TARGETS[name](seeds(name)[number])


def changed(data: bytes) -> st.SearchStrategy[bytes]:
    """Bytes with a part taken out, put twice, or other bytes in its place."""
    place = st.integers(0, len(data))
    odd = [b"\x00", b"\xed\xa0\x80", b"\xff", b"<", b"&#55357;", b'"', b"\n" * 40]
    piece = st.binary(max_size=6) | st.sampled_from(odd)

    def change(at: int, size: int, new: bytes, again: int) -> bytes:
        return data[:at] + new + data[at : at + size] * again + data[at + size :]

    return st.builds(change, place, st.integers(0, 60), piece, st.integers(0, 3))


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
def test_changed_seeds_are_read(name: str, data: st.DataObject) -> None:
    TARGETS[name](data.draw(st.sampled_from(seeds(name)).flatmap(changed)))


#: Trees that a parser builds in odd ways (HTML standard, 13.2.6): each insertion mode, adoption, foster parents.
TREES = st.sampled_from(
    "<a> </a> <b> </b> <p> </p> <table> </table> <tr> <td> </td> <caption> <colgroup> <select> </select> <option> <svg>"
    " </svg> <math> <mi> <desc> <template> </template> <frameset> <frame> <body> </body> <html> </html> <head> </head>"
    " <title> </title> <textarea> <plaintext> <noscript> <nobr> <button> </button> <form> </form> <li> <dd> <ruby> <rt>"
    " <h1> </h2> <br> </br> <hr> <image> <isindex> <![CDATA[x]]> <!--> <!doctype> <?php &notit; &#x80; x".split()
)


@given(st.lists(TREES, max_size=40))
def test_trees_of_every_shape_are_read(pieces: list[str]) -> None:
    TARGETS["html"]("".join(pieces).encode())


#: Strings that are trouble somewhere: nothing raises, and what comes out is text that is written and read back.
NAUGHTY = [
    "\ud83d", "\udc00\ud83d", "\x00", "\x1b[2J\x1b]0;x\x07", "\u202eabc\u2066", "\ufeff", "\u200b", "\u00ad",
    "e\u0301" * 5, "z" + "\u0315\u0300" * 99, "\ufffe\U0001ffff", "\U000e0041", "\u2028\x85\x0b\x0c\x1c", "=1+1",
    "<script>alert(1)</script>", "' OR 1=1 --", "%s%n{0}${x}", "../../etc/passwd", "NaN", "null", "1e400", "9" * 5000,
    "\\ud83d\\u0000", "&#xD83D;&#0;", "]]>", "<!--", "{{7*7}}", "\t\t\t", "\u3000", "ﷺ" * 50, "İıſK", "ß" * 40,
    "👨\u200d👩\u200d👧" * 20, "\ufffd" * 40, "a" * 9999,
]  # fmt: skip


@pytest.mark.parametrize("naughty", NAUGHTY, ids=range(len(NAUGHTY)))
def test_naughty_strings_are_read_wherever_they_stand(naughty: str) -> None:
    for text in (naughty, f"It rained {naughty} in Kyiv.\n{naughty}\nIt stopped."):
        data = text.encode("utf-8", "surrogatepass")
        TARGETS["text"](data)
        for page in (
            b"<p>%s<p title='%s'>Rain",
            b"<title>%s</title><h1>%s",
            b"<meta name=author content='%s'><p>%s",
        ):
            TARGETS["html"](page % (data, data))
        for name in ("robots", "feed", "sitemap", "sources", "guard"):
            TARGETS[name](data)
