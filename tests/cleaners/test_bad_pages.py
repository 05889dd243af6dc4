"""Pages that are broken, hostile or no pages at all: an Article or one WirecleanError, soon, in bounded memory."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Article, NotText, TooLarge, WirecleanError, clean_html, clean_text
from tests.cleaners import written

STRESS = bool(os.environ.get("STRESS"))
PROSE = written.paragraphs()
LD = '<script type="application/ld+json">'
TAGS = (
    "div span b p table a ul li font blockquote section svg math template select button form h1 em object noscript"
    " iframe x-y ruby option details nobr frameset center textarea style title article figure"
).split()


def attempt(page: bytes | str) -> Article:
    """Clean a page; an error must be of the package's own kind."""
    try:
        return clean_html(page)
    except WirecleanError:
        return Article()


#: Cleans the page it is given and tells the seconds and the bytes that this took beyond a small page's.
MEASURE = """
import sys, time, resource
from pathlib import Path
from cleaners import WirecleanError, clean_html
page = Path(sys.argv[1]).read_bytes()
try:
    clean_html("<p>It rained.</p>")
except WirecleanError:
    pass
def peak():
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
before, start = peak(), time.process_time()
try:
    clean_html(page)
except WirecleanError:
    pass
print(time.process_time() - start, peak() - before)
"""
#: Beside 25 times the page: what numpy, the scorer's weights and up to 12,000 blocks take, however small they are.
BASE = 120_000_000


def measure(page: bytes, tmp_path: Path) -> tuple[float, int]:
    path = tmp_path / "page.html"
    path.write_bytes(page)
    # A process is counted with what its parent had when it began, so the parent is a small one: a shell.
    command = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, timeout=300, check=True)
    seconds, size = done.stdout.split()
    return float(seconds), int(size)


@pytest.mark.parametrize(
    "page", [b"", b" \n\t ", "", "<html></html>", b"<!DOCTYPE html>", b"\xef\xbb\xbf", b"\xff\xfe"]
)
def test_a_page_without_text_is_an_article_without_a_body(page: bytes | str) -> None:
    assert attempt(page).body == ()


def test_a_page_that_scripts_would_fill_is_an_article_without_a_body() -> None:
    article = clean_html(
        "<html><head><title>Rain</title></head><body><div id=root></div><script src=/app.js></script></body></html>"
    )
    assert article.text == ""
    assert article.title == "Rain"


def test_a_page_of_frames_does_no_harm() -> None:
    attempt("<html><frameset cols=20%,80%><frame src=/menu><frame src=/story></frameset></html>")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"PK\x03\x04" + bytes(100),
        b"\x1f\x8b\x08" + bytes(60),
    ],
    ids=["pdf", "png", "zip", "gzip"],
)
def test_a_file_that_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        clean_html(data)


@pytest.mark.parametrize("cut", [20, 300, 700, 1_500])
def test_a_page_that_breaks_off_is_read_up_to_there(cut: int) -> None:
    whole = written.wordpress()
    article = clean_html(whole[: len(whole) - cut])
    assert article.title == written.TITLE
    assert "The river rose by four metres" in article.text


@pytest.mark.parametrize("at", range(0, 3_000, 211))
def test_a_page_may_break_off_anywhere(at: int) -> None:
    attempt(written.wordpress().encode()[:at])


def test_nul_bytes_are_no_part_of_the_text() -> None:
    article = clean_html(written.wordpress().replace("river", "ri\0ver").encode())
    assert "The river rose" in article.text
    assert "\0" not in article.text


def test_a_charset_that_is_not_the_page_s_leaves_its_ascii_readable() -> None:
    article = clean_html(written.wordpress().encode("cp1252"), charset="utf-8")
    assert "The river rose by four metres" in article.text


@pytest.mark.parametrize(
    "tail",
    [
        "<!--",
        "<script>",
        "<style>",
        "<textarea>",
        "<title>",
        "<!-- -",
        "<a href='",
        '<div class="',
        "<![CDATA[",
        "&#",
        "<plaintext>",
        "</",
    ],
)
def test_what_is_never_closed_takes_only_what_follows(tail: str) -> None:
    article = clean_html(f"<h1>{written.TITLE}</h1>{PROSE}{tail}{'x ' * 50_000}")
    assert "The river rose by four metres" in article.text


@pytest.mark.parametrize(
    "value", ["null", "1", '""', "[]", "{}", "[[1]]", '{"@type":[]}', "[null]", '{"name":{}}', "true"]
)
def test_json_of_another_shape_is_passed_over(value: str) -> None:
    names = "headline author datePublished dateModified image articleBody keywords publisher articleSection".split()
    told = ",".join(
        f'"{name}":{value}' for name in (*names, "isAccessibleForFree", "mainEntityOfPage", "inLanguage")
    )
    for block in (
        f'{{"@type":"NewsArticle",{told}}}',
        value,
        f'{{"@graph":{value}}}',
        f'{{"@type":{value}}}',
    ):
        article = clean_html(written.wordpress(head=f'<script type="application/ld+json">{block}</script>'))
        assert "The river rose by four metres" in article.text


HOSTILE: dict[str, Callable[[], str]] = {
    "attributes": lambda: "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">" + PROSE,
    "attributes without values": lambda: "<div " + " ".join(f"a{n}" for n in range(100_000)) + ">" + PROSE,
    "attributes on many tags": lambda: ("<p " + " ".join(f"a{n}=1" for n in range(500)) + ">It rained.") * 400,
    "a giant class": lambda: f"<div class='{'a ' * 2_000_000}'>{PROSE}",
    "a giant word in a class": lambda: f"<div class='{'aB' * 2_000_000}'>{PROSE}",
    "many classes": lambda: "".join(f"<div class='c{n}'><p>It rained {n}.</p></div>" for n in range(30_000)),
    "comments": lambda: PROSE + "<!--" * 300_000,
    "scripts": lambda: PROSE + "<script>{" * 200_000,
    "closed scripts": lambda: "<p>x</p>" + '<script>{"a":1</script>' * 50_000,
    "JSON-LD scripts": lambda: (LD + '{"a":1</script>') * 20_000 + PROSE,
    "entities": lambda: "<p>" + "&lt;&amp;&notin;&#x1F600;" * 200_000,
    "broken entities": lambda: "<p>" + "&" * 1_000_000 + "&#99999999999;" * 100_000,
    "entities that expand": lambda: (
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + "<p>&b;&b;" * 2_000
    ),
    "deep JSON-LD": lambda: LD + '{"@graph":[' * 100_000 + "</script>" + PROSE,
    "closed deep JSON-LD": lambda: LD + "[" * 100_000 + "]" * 100_000 + "</script>" + PROSE,
    "JSON-LD nested less": lambda: LD + '{"author":' * 900 + "1" + "}" * 900 + "</script>" + PROSE,
    "quotes in JSON-LD": lambda: LD + '"' * 1_000_000 + "</script>" + PROSE,
    "backslashes in JSON-LD": lambda: LD + '{"headline":"' + "\\" * 1_000_000 + "</script>" + PROSE,
    "authors": lambda: "".join(f"<a rel=author href=/author/{n}>Olena Bird {n}</a>" for n in range(20_000)) + PROSE,
    "metas": lambda: "<meta property='og:title' content='Rain'>" * 50_000 + PROSE,
    "a long title": lambda: f"<title>{'a | ' * 500_000}</title>{PROSE}",
    "headlines": lambda: "<title>Rain</title>" + "".join(f"<h1>Rain in Kyiv {n}</h1>" for n in range(30_000)) + PROSE,
    "photos": lambda: (
        PROSE + "".join(written.figure(f"{n}.jpg", f"Rain {n}") for n in range(10_000)) + PROSE
    ),
    "captions": lambda: (
        PROSE + "".join(f"<div class=caption>Rain in Kyiv {n}. Olena Bird/AFP</div>" for n in range(10_000))
    ),
    "line breaks": lambda: "<div>" + "It rained in Kyiv.<br>" * 100_000,
    "empty line breaks": lambda: "<div>" + "<br>" * 500_000,
    "paragraphs": lambda: "".join(f"<p>It rained in Kyiv on day {n}, all day.</p>" for n in range(60_000)),
    "one paragraph": lambda: "<p>" + "It rained in Kyiv on Thursday. " * 100_000,
    "one word": lambda: "<p>" + "a" * 3_000_000,
    "tags alone": lambda: "<p>" * 1_000_000,
    "openings": lambda: "<" * 1_000_000 + "<a '" * 300_000,
    "closings": lambda: "</div>" * 200_000 + "</p>" * 200_000,
    "links": lambda: "<p>" + "<a href='/x'>It</a> " * 200_000,
    "options": lambda: "<select>" + "<option>It rained" * 100_000,
    "tables in tables": lambda: "<table><b>" * 50_000 + "<table>It rained" * 50_000,
    "fonts": lambda: "".join(f"<p><font color={n}>" for n in range(600)) + "<p>It rained." * 99_000,
    "crossed formatting": lambda: "<b><i><a href=x>It rained.</b></i>" * 30_000,
    "JSON state": lambda: "<p>x</p><script>window.x=" + "[" * 100_000 + "</script>",
    "JSON state with markup": lambda: (
        '<p>x</p><script>window.x={"a":"It rained in Kyiv. It rained again. ' + "<div>" * 200_000 + '"}</script>'
    ),
    "letters of an unnamed encoding": lambda: "<p>caf\xe9 in Kyiv</p>" * 50_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_soon_and_in_bounded_memory(name: str, tmp_path: Path) -> None:
    page = HOSTILE[name]().encode("latin-1" if "encoding" in name else "utf-8")
    seconds, size = measure(page, tmp_path)
    assert seconds < 5 + len(page) / 250_000
    assert size < 25 * len(page) + BASE


@pytest.mark.parametrize("tag", TAGS)
def test_two_hundred_thousand_nested_tags_are_no_trouble(tag: str) -> None:
    count = 200_000 if STRESS or tag in {"div", "p", "b", "table"} else 20_000
    attempt(f"<{tag}>" * count + "It rained." + f"</{tag}>" * count)
    attempt(PROSE + f"<{tag}><div>" * (count // 2) + "It rained.")


def test_nested_tags_take_bounded_memory(tmp_path: Path) -> None:
    for tag in ("div", "p", "li", "b"):
        page = (f"<{tag}>" * 200_000 + "It rained." + f"</{tag}>" * 200_000).encode()
        seconds, size = measure(page, tmp_path)
        assert seconds < 10
        assert size < 25 * len(page) + BASE


@pytest.mark.parametrize(
    "unit",
    [
        "<div class=row><p>It rained in Kyiv on Thursday, and the streets were <b>empty</b> until evening.</p></div>\n",
        "<p>",
        "It rained in Kyiv on Thursday. ",
        "<div>",
        "<a href=/>It</a> ",
    ],
    ids=["paragraphs", "tags", "text", "nested", "links"],
)
def test_a_page_of_a_hundred_megabytes_is_read_in_bounded_memory(unit: str, tmp_path: Path) -> None:
    size = 100_000_000 if STRESS else 6_000_000
    page = ("<html><body>" + unit * (size // len(unit))).encode()
    seconds, most = measure(page, tmp_path)
    assert most < 25 * len(page) + BASE
    assert seconds < 10 + size / 500_000


def test_a_page_that_is_longer_than_any_page_is_refused() -> None:
    with pytest.raises(TooLarge, match="larger than 120,000,000 characters"):
        clean_html("x" * 120_000_001)
    with pytest.raises(TooLarge, match="larger than 120,000,000 characters"):
        clean_text("x" * 120_000_001)


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='story'>", "</div>", "<br>", "<table><tr><td>", "</table>", "<b>", "</i>", "<!--",
        "-->", "<script>", "</script>", LD, '{"@type":"NewsArticle","author":', "[", "}", '"', "<svg>", "<template>",
        "<figure><img src=/a.jpg>", "<figcaption>", "</figure>", "<h1>", "<time datetime='2024-13-45T99:99'>",
        "<title>",
        "<meta name=author content='By '>", "<link rel=canonical href='http://['>", "&#xD800;", "<base href='//'>",
        "\0", "\ufeff", "\u202e", "©", "By Olena Bird", "© AFP – Olena BIRD", "KYIV (AFP) — ", "It rained in Kyiv. ",
        "<html lang='??'>", "<img srcset=', ,1x'>", "<a rel=author href=x>", "</html>", "<select><option>",
        PROSE,
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=30))
def test_any_pieces_of_markup_make_an_article(pieces: list[str]) -> None:
    html = "".join(pieces)
    article = attempt(html)
    assert article == attempt(html)
    assert Article.from_dict(article.to_dict()) == article


@given(st.binary(max_size=300), st.sampled_from([b"", b"<p>", b"<!DOCTYPE html><meta charset=gb2312><p>"]))
def test_any_bytes_make_an_article_or_a_clear_error(data: bytes, head: bytes) -> None:
    attempt(head + data)


@given(st.data())
def test_a_page_with_any_part_torn_out_makes_an_article(data: st.DataObject) -> None:
    template = data.draw(st.sampled_from(sorted(written.TEMPLATES)))
    page = written.TEMPLATES[template](
        f'<script type="application/ld+json">{written.JSON_LD}</script>'
    ).encode()
    start = data.draw(st.integers(0, len(page)))
    attempt(page[:start] + page[start + data.draw(st.integers(0, 400)) :])
