"""A rule of one's own, made of a line in an article: what it would change, and writing it to the user's file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from cleaners.blocks import JUNK_LABELS, Block
from cleaners.errors import BadRules
from cleaners.options import Rules
from cleaners.own.add import add_rule, with_rule
from cleaners.own.decide import decide, own_of
from cleaners.own.file import host_of
from cleaners.report.lines import list_lines
from scraper.store import open_store
from scraper.store.protocol import Store
from scraper.web.pages import kept_article, say, show

#: Samples of lines that a rule would change.
SAMPLES = 10
#: The section of lines that stay.
KEEP = "keep"
#: Bytes of a form.
MOST_BYTES = 100_000


@dataclass(slots=True)
class Effect:
    """What a rule would change: so many lines of so many articles, of all that were looked at, and some of them."""

    lines: int = 0
    articles: int = 0
    looked_at: int = 0
    samples: list[tuple[int, str, str]] = field(default_factory=list)


def foresee(store: Store, section: str, text: str, host: str | None = None) -> Effect:
    """Return what a rule would change in the newest editions; this alone of all pages reads the whole store.

    A line that is to be cut now stands in a body, one that is to stay was taken away. Raises BadRules.
    """
    rule = with_rule(Path("the new rule"), section, text, host=host)
    effect = Effect()
    addresses = {entry.id: entry.url for entry in store.articles.entries()}
    for number, told in store.articles.each():
        effect.looked_at += 1
        lines = told["removed"] if section == KEEP else told["body"]
        own = own_of(Rules("", rule.text), addresses.get(number))
        found = decide([Block(line["text"], place) for place, line in enumerate(lines)], own)
        effect.lines += len(found)
        effect.articles += bool(found)
        if found and len(effect.samples) < SAMPLES:
            title = told["title"] or addresses.get(number) or ""
            effect.samples.append((number, title, lines[next(iter(found))]["text"]))
    return effect


def new_rule(place: Path | str, rules: Path, request: Request) -> Response:
    """Ask what becomes of a line, and of which site; and, once that is said, show what it would change."""
    asked = request.query_params
    section, host = asked.get("section"), asked.get("host") or None
    effect = mistake = None
    with open_store(place, look=True) as store:
        kept = kept_article(store, request, asked.get("article"))
        text = asked.get("text")
        if text is None:
            numbered = {str(line.number): line for line in list_lines(kept.article)}
            line = numbered.get(asked.get("line", ""))
            if line is None:
                raise HTTPException(404, "There is no such line.")
            text, section_first = line.text, KEEP if line.kind == "cut" else "boilerplate"
        else:
            section_first = section or KEEP
        if section:
            try:
                effect = foresee(store, section, text, host)
            except BadRules as error:
                mistake = str(error)
    return show(
        "new_rule.html",
        kept=kept,
        text=text,
        section=section or section_first,
        sections=[KEEP, *sorted(JUNK_LABELS)],
        host=host,
        own_host=host_of(kept.entry.url),
        asked=section is not None,
        effect=effect,
        mistake=mistake,
        rules=rules,
    )


async def save_rule(rules: Path, request: Request) -> Response:
    """Write a rule to the user's file, as a form says it."""
    said = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
    section, text, host = (said.get(name, [""])[0] for name in ("section", "text", "host"))
    if section not in (KEEP, *JUNK_LABELS):
        raise HTTPException(400, "That is no label.")
    try:
        await run_in_threadpool(add_rule, rules, section, text, host=host or None)
    except BadRules as error:
        return say(str(error), 400)
    except OSError as error:
        return say(f"{rules}: {(error.strerror or str(error)).lower()}", 500)
    return show("saved_rule.html", text=text, section=section, host=host, rules=rules)
