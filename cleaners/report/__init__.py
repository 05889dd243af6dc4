"""The review page: one file that shows each input with what was cut of it, and why.

    from cleaners import explain_html, report
    report.write([explain_html(page)], "report.html")

After coverage.py's HTML report: one command, a static file, works from the disk. The file asks nothing of any network,
and runs no script but its own: a policy in its head names both by their hashes, and everything of an input is escaped.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from cleaners.article import Article, Reason
from cleaners.errors import WrongUsage
from cleaners.formats.html import direction
from cleaners.read.characters import without_surrogates
from cleaners.report.lines import count_cuts, list_lines, photos_without_lines

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment

#: Where the templates, the style and the script lie.
FOLDER = Path(__file__).parent
#: Controls, and signs that turn the direction of what follows, which would show another text than there is.
_UNSEEN = {
    code: f"⟨U+{code:04X}⟩"
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        0x61C,
        0x200E,
        0x200F,
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
    )
    if code not in (0x09, 0x0A, 0x0D)
}


def write(articles: Iterable[Article | tuple[Article, Sequence[Reason]]], path: Path | str) -> None:
    """Write a report of articles to a file: of each alone, or with its reasons as `explain_html` returns them.

    An article alone knows the rule of each line that was cut, and not how sure it was. Raises WrongUsage where
    Jinja2 is not installed, and OSError.
    """
    from cleaners.whole_file import whole_file  # for who writes files; a run that shows pages writes none

    with whole_file(Path(path)) as file:
        file.write(page_start().encode())
        for told in articles:
            article, reasons = (told, ()) if isinstance(told, Article) else told
            file.write(render_article(article, reasons).encode())
        file.write(PAGE_END.encode())


@cache
def page_start() -> str:
    """Return the page up to the first article, with its style and script in it."""
    style, script = ((FOLDER / name).read_text("utf-8") for name in ("report.css", "report.js"))
    page = (FOLDER / "page.html").read_text("utf-8")
    for name, text in (("style", style), ("script", script)):
        page = page.replace(f"{name.upper()}_HASH", b64encode(sha256(text.encode()).digest()).decode())
        page = page.replace(f"{name.upper()}_TEXT", text)
    return page


#: What stands behind the last article.
PAGE_END = "</main>\n</body>\n</html>\n"


def render_article(article: Article, reasons: Sequence[Reason] = (), source: str | None = None) -> str:
    """Return the section of one article: what is known of it, its lines as they were given, its photos.

    >>> "&lt;script&gt;" in render_article(Article(title="<script>"))
    True
    """
    lines = list_lines(article, reasons)
    return (
        templates()
        .get_template("article.html")
        .render(
            article=article,
            source=source,
            lines=lines,
            cuts=count_cuts(lines),
            other_photos=photos_without_lines(article, lines),
            way=direction(article.language),
        )
    )


@cache
def templates() -> Environment:
    """Return the templates of this folder. Raises WrongUsage where Jinja2 is not installed."""
    try:
        from jinja2 import (
            Environment,
            FileSystemLoader,
            StrictUndefined,
        )  # an extra, for who asks for reports
    except ModuleNotFoundError:
        raise WrongUsage("a report needs one more package: pip install 'wireclean[report]'") from None
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["seen"] = spell_out
    return made


def spell_out(text: object) -> str:
    """Return a text with what would not be seen, or turn what is, spelled out; a name need be no UTF-8.

    >>> spell_out("rain\\u202efdp.exe"), spell_out("caf\\udce9.txt")
    ('rain⟨U+202E⟩fdp.exe', 'caf�.txt')
    """
    return without_surrogates(str(text)).translate(_UNSEEN)
