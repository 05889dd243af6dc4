"""The application: which address is which page, and what runs it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cleaners.report import FOLDER as REPORT_FOLDER
from scraper.errors import StoreError, TooManyWords
from scraper.web import own_rules, pages
from scraper.web.guard import Guard

#: What pages load from here, with its type.
_STATIC = {
    "report.css": (REPORT_FOLDER, "text/css"),
    "report.js": (REPORT_FOLDER, "text/javascript"),
    "site.css": (Path(__file__).parent, "text/css"),
}


def make_app(place: Path | str, rules: Path | None = None) -> Starlette:
    """Return the application over the store at `place`, which it only reads.

    With `rules`, lines can be made rules of one's own, which are written to that file. The store is opened for each
    request: what a run, a reclean or a prune does meanwhile is seen at the next.
    """
    writing = []
    if rules:
        writing.append(Route("/rules/new", partial(own_rules.new_rule, place, rules)))
        writing.append(Route("/rules/new", partial(own_rules.save_rule, rules), methods=["POST"]))
    return Starlette(
        routes=[
            Route("/", partial(pages.sources, place)),
            Route("/source", partial(pages.source, place)),
            Route("/articles", partial(pages.articles, place)),
            Route("/articles/{id}", partial(pages.article, place, write=rules is not None)),
            Route("/articles/{id}/page", partial(pages.fetched_page, place)),
            Route("/articles/{id}/changes", partial(pages.changes, place)),
            Route("/rules", partial(pages.rules, place)),
            Route("/static/{name}", _static),
            *writing,
        ],
        middleware=[Middleware(Guard)],
        max_body_size=own_rules.MOST_BYTES,
        exception_handlers={
            StoreError: _store_failed,
            TooManyWords: _too_many_words,
            HTTPException: _refused,
        },
    )


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise HTTPException(404, "There is no such file.")
    folder, kind = _STATIC[name]
    return Response((folder / name).read_bytes(), media_type=kind)


def _store_failed(_: Request, error: Exception) -> Response:
    return pages.say(str(error), 503)


def _too_many_words(_: Request, error: Exception) -> Response:
    return pages.say(f"{str(error).capitalize()}.", 400)


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return pages.say(error.detail, error.status_code)
