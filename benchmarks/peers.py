"""Other extractors, each as a function from a page's bytes to the text of its article.

They are called as their own documentation does, without comments where that can be said. Those that take text and no
bytes are given it as UTF-8. A function is made by a call that imports what it needs, so that a process which measures
one of them holds none of the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Final

Extract = Callable[[bytes], str]

_BLOCKS: Final = (
    "p",
    "div",
    "li",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "td",
    "pre",
    "article",
)


def wireclean() -> Extract:
    """Return what this project does, with the import of trafilatura (its second opinion) behind it."""
    import trafilatura  # noqa: F401

    from cleaners import clean_html

    return lambda page: clean_html(page).text


def trafilatura() -> Extract:
    """https://trafilatura.readthedocs.io: the precision and recall that it has by default."""
    from trafilatura import extract

    return lambda page: extract(page, include_comments=False) or ""


def trafilatura_with_metadata() -> Extract:
    """The same with title, authors, date and all else that it finds in a page, as this project's articles have them."""
    from trafilatura import extract

    return lambda page: extract(page, include_comments=False, with_metadata=True, output_format="json") or ""


def readability() -> Extract:
    """https://github.com/buriy/python-readability: the text of its summary, a line for each block."""
    from lxml import html
    from readability import Document

    def read(page: bytes) -> str:
        text = page.decode("utf-8", "replace")
        if not text.strip():
            return ""
        summary = html.fromstring(Document(text).summary(html_partial=True))
        for element in summary.iter(*_BLOCKS):
            element.tail = "\n" + (element.tail or "")
        return str(summary.text_content())

    return read


def newspaper4k() -> Extract:
    """https://newspaper4k.readthedocs.io: the article of a page that is there already."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for nltk, which extraction does without
        import newspaper

    def read(page: bytes) -> str:
        article: Any = newspaper.Article("https://example.org/", fetch_images=False)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        return str(article.text)

    return read


def resiliparse() -> Extract:
    """https://resiliparse.chatnoir.eu: plain text of the main content."""
    from resiliparse.extract.html2text import extract_plain_text

    def read(page: bytes) -> str:
        return str(extract_plain_text(page.decode("utf-8", "replace"), main_content=True, alt_texts=False))

    return read


def justext() -> Extract:
    """https://github.com/miso-belica/jusText: the paragraphs that are no boilerplate, without a list of stop words."""
    import justext as package

    def read(page: bytes) -> str:
        paragraphs = package.justext(
            page, frozenset(), stopwords_low=0.0, stopwords_high=0.0, length_low=70, length_high=140
        )
        return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)

    return read


#: Its text is that of plain trafilatura: worth timing, not scoring.
TRAFILATURA_WITH_METADATA: Final = "trafilatura + metadata"
#: By name: the package that must be installed, and what makes the function.
EXTRACTORS: Final[dict[str, tuple[str, Callable[[], Extract]]]] = {
    "wireclean": ("cleaners", wireclean),
    "trafilatura": ("trafilatura", trafilatura),
    TRAFILATURA_WITH_METADATA: ("trafilatura", trafilatura_with_metadata),
    "readability-lxml": ("readability", readability),
    "newspaper4k": ("newspaper", newspaper4k),
    "resiliparse": ("resiliparse", resiliparse),
    "jusText": ("justext", justext),
}


def installed() -> list[str]:
    """Return the names of the extractors that can be run here."""
    return [name for name, (package, _) in EXTRACTORS.items() if find_spec(package) is not None]


def make(name: str) -> Extract:
    """Return the function of an extractor; what it raises on a page counts as an article without text."""
    logging.disable()  # some tell at length what they could not read
    extract = EXTRACTORS[name][1]()

    def attempt(page: bytes) -> str:
        try:
            return extract(page)
        except Exception:  # whatever a peer raises
            return ""

    return attempt
