"""The pages, each a function from a request to an answer. None reads the whole store, however large it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cleaners.read.decode import decode_page
from cleaners.report import render_article, templates
from scraper.errors import StoreError
from scraper.health import changes_in
from scraper.store import open_store
from scraper.store.protocol import Kept, Store
from scraper.times import utc
from scraper.web.chart import draw_days
from scraper.web.differences import compare
from scraper.web.guard import FETCHED_POLICY
from scraper.web.neutral import without_ways_out
from scraper.web.rule_use import MOST_ARTICLES, count_rules

#: Articles on a page of the list.
PAGE = 50
#: Articles that a search shows at most: who wants more says more words.
MOST_FOUND = 100
#: Days in a source's chart.
DAYS = 60
#: Failures among which those of a source are looked for.
LAST_FAILURES = 1000


def sources(place: Path | str, request: Request) -> Response:
    """Show how each source is doing."""
    now = datetime.now(UTC)
    with open_store(place, look=True) as store:
        statuses = store.runs.statuses(now - timedelta(days=1))
        changed = changes_in(store, now)
    return show("sources.html", statuses=statuses, changes=changed)


def source(place: Path | str, request: Request) -> Response:
    """Show one source: its days as a chart, its failures, and what has changed."""
    name, now = request.query_params.get("name", ""), datetime.now(UTC)
    with open_store(place, look=True) as store:
        known = [status for status in store.runs.statuses(now - timedelta(days=1)) if status.source == name]
        if not known:
            raise HTTPException(404, "There is no such source.")
        days = [day for day in store.runs.days(now.date() - timedelta(DAYS - 1)) if day.source == name]
        failures = [one for one in store.runs.failures(most=LAST_FAILURES) if one.source == name]
        changed = changes_in(store, now).get(name, {})
        newest = store.articles.entries(source=name, most=10)
    chart = draw_days(days, failures, now.date(), DAYS)
    return show(
        "source.html", status=known[0], chart=chart, failures=failures[:20], changes=changed, newest=newest
    )


def articles(place: Path | str, request: Request) -> Response:
    """Show the newest articles, those of a source, or those with all the words; older ones page by page."""
    asked = request.query_params
    words, name = asked.get("words", "").strip(), asked.get("source") or None
    before, most = _place(asked.get("before")), _number(asked.get("most"), PAGE, MOST_FOUND)
    with open_store(place, look=True) as store:
        names = sorted(store.runs.last_looks())
        if words:
            found = store.articles.search(words, most=most + 1)
        else:
            found = store.articles.entries(source=name, before=before, most=PAGE + 1)
    shown = found[: most if words else PAGE]
    last = shown[-1] if len(found) > len(shown) else None
    older = f"{last.fetched.isoformat()}_{last.id}" if last and not words else None
    more = min(most * 2, MOST_FOUND) if last and words and most < MOST_FOUND else None
    return show("articles.html", entries=shown, words=words, source=name, names=names, older=older, more=more)


def article(place: Path | str, request: Request, *, write: bool = False) -> Response:
    """Show one article as the review page does, with the page as it was fetched beside it."""
    with open_store(place, look=True) as store:
        kept = _kept(store, request)
        fetched = _has_page(store, kept)
    section = Markup(render_article(kept.article, (), kept.entry.url))  # its own template escapes
    return show("one.html", kept=kept, section=section, fetched=fetched, write=write)


def fetched_page(place: Path | str, request: Request) -> Response:
    """Send a page as it was fetched, for a frame in which nothing runs and nothing is loaded."""
    with open_store(place, look=True) as store:
        page = store.articles.page(_kept(store, request))
    text = without_ways_out(decode_page(page.body, page.charset))
    return HTMLResponse(text, headers={"Content-Security-Policy": FETCHED_POLICY})


def changes(place: Path | str, request: Request) -> Response:
    """Show what one edition of an article has that another has not."""
    with open_store(place, look=True) as store:
        newest = _kept(store, request, edition=None)
        to = _number(request.query_params.get("to"), newest.version, newest.version)
        old = _number(request.query_params.get("from"), max(1, to - 1), newest.version)
        before, after = (_kept(store, request, edition=number) for number in (old, to))
    return show("changes.html", before=before, after=after, rows=compare(before.article, after.article))


def rules(place: Path | str, request: Request) -> Response:
    """Show how often each rule cut a line of the newest articles, and of which sources."""
    name = request.query_params.get("source") or None
    with open_store(place, look=True) as store:
        names = sorted(store.runs.last_looks())
        used, looked_at = count_rules(store, name)
    return show("rules.html", rules=used, looked_at=looked_at, most=MOST_ARTICLES, source=name, names=names)


def say(what: str, status: int) -> Response:
    """Return a page that says one thing."""
    return show("said.html", status=status, what=what)


def kept_article(store: Store, request: Request, number: str | None) -> Kept:
    """Return the article of a number that a request says. Raises HTTPException where there is none."""
    request.path_params["id"] = str(_number(number or "0", 1, 10**9))
    return _kept(store, request)


def _kept(store: Store, request: Request, edition: int | None = -1) -> Kept:
    """Return the article that a request is about, in the edition that it names unless one is given."""
    if edition == -1:
        said = request.query_params.get("edition")
        edition = _number(said, 1, 10**9) if said else None
    number = request.path_params["id"]
    kept = store.articles.get(int(number), edition) if _is_number(number) else None
    if kept is None:
        raise HTTPException(404, "There is no such article.")
    return kept


def _has_page(store: Store, kept: Kept) -> bool:
    try:
        store.articles.page(kept)
    except StoreError:  # pruned
        return False
    return True


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 10 and int(said) > 0


def _number(said: str | None, usual: int, most: int) -> int:
    """Return a number that an address says, from 1 to `most`. Raises HTTPException for what is none."""
    if not said:
        return usual
    if not _is_number(said):
        raise HTTPException(400, "That is no number.")
    return min(int(said), most)


def _place(said: str | None) -> tuple[datetime, int] | None:
    """Return where a page of the list begins: behind the article of this time and number."""
    if not said:
        return None
    moment, _, number = said.partition("_")
    try:
        # in UTC here, where a time at the end of all times is still a mistake of who asks
        return datetime.fromisoformat(utc(datetime.fromisoformat(moment))), _number(number, 1, 10**9)
    except (ValueError, OverflowError):
        raise HTTPException(400, "That is no place in the list.") from None


@cache
def _templates() -> Environment:
    """Return the templates of this folder, beside those of the report, with the same escaping."""
    own = FileSystemLoader(Path(__file__).parent / "templates")
    shared = templates()
    return shared.overlay(loader=ChoiceLoader([own, shared.loader] if shared.loader else [own]))


def show(template: str, status_code: int = 200, **values: Any) -> Response:
    """Return a page: a template of this folder with what it shows."""
    status_code = values.get("status", status_code) if template == "said.html" else status_code
    return HTMLResponse(_templates().get_template(template).render(values), status_code)
