"""Pages written for the tests: the same wire story in the markup that different publishers use."""

from __future__ import annotations

from collections.abc import Callable, Sequence

TITLE = "Floods cut off villages near Harbour Town"
STORY: tuple[str, ...] = (
    "HARBOUR TOWN (AFP) — Floods cut off a dozen villages on the northern coast on Thursday after two days of rain, "
    "and the army brought food to them by boat, officials said.",
    "The river rose by four metres in a night, the highest level since records began in 1931, according to the "
    "national weather service.",
    "“We heard the water before we saw it,” said Marta Lindqvist, a farmer who spent the night on her roof with "
    "three children and a dog.",
    "Around 2,300 people had left their homes by noon, most of them for schools and sports halls on higher ground, "
    "the regional government said in a statement.",
    "The minister of the interior, who flew over the area in the morning, promised help for all whose houses were "
    "damaged, but named no sum.",
    "More rain is expected on Friday and Saturday, with the worst of it in the mountains above the town, where the "
    "two dams are already full.",
    "Engineers were letting water out of the larger dam in a controlled way and said that there was no danger of a "
    "break.",
    "Trains on the coastal line stood still, and the motorway to the capital was open in one direction only.",
)
CAPTION = "Soldiers carry bread to a boat in Harbour Town"
CREDIT = "Olena Bird/AFP"
RIGHTS = "© 2024 Example Press. All rights reserved."

JSON_LD = (
    '{"@context":"https://schema.org","@type":"NewsArticle","headline":"Floods cut off villages near Harbour Town",'
    '"author":{"@type":"Person","name":"Olena Bird"},"datePublished":"2024-10-24T12:30:00+02:00",'
    '"dateModified":"2024-10-24T18:00:00+02:00","articleSection":"World","keywords":["floods","weather"],'
    '"isAccessibleForFree":true,"publisher":{"@type":"Organization","name":"Example Press"}}'
)


def paragraphs(story: Sequence[str] = STORY) -> str:
    """The story as paragraphs."""
    return "\n".join(f"<p>{line}</p>" for line in story)


def figure(name: str = "flood.jpg", caption: str = CAPTION, credit: str = CREDIT) -> str:
    """A photo with what is printed beneath it."""
    return (
        f'<figure><img src="/photos/{name}" width="1200" height="800">'
        f'<figcaption>{caption}. <span class="credit">{credit}</span></figcaption></figure>'
    )


def links(count: int = 12) -> str:
    """A list of other stories."""
    return "".join(
        f'<li><a href="/news/{n}">Other story number {n} of the day</a></li>' for n in range(count)
    )


def page(body: str, head: str = "") -> str:
    """A whole page with a head."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Example Press</title>'
        f'<meta property="og:site_name" content="Example Press">{head}</head><body>{body}</body></html>'
    )


def wordpress(inner: str | None = None, head: str = "") -> str:
    """A theme of the kind that WordPress has: header, article with entry-content, sidebar, footer."""
    return page(
        f"""<header class="site-header"><nav class="main-navigation"><ul>
        <li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
        </header><div id="content" class="site-content"><main><article class="post type-post hentry">
        <header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
        <div class="entry-meta"><span class="byline">By Olena Bird</span>
        <time class="entry-date published" datetime="2024-10-24T12:30:00+02:00">24 October 2024</time></div></header>
        <div class="entry-content">{paragraphs() if inner is None else inner}</div>
        <footer class="entry-footer"><div class="sharedaddy">Share: <a href="#">Facebook</a> <a href="#">X</a></div>
        <span class="tags-links">Tags: <a href="/t/floods">floods</a></span></footer></article>
        <nav class="post-navigation"><h2>Post navigation</h2><a href="/a">Previous</a> <a href="/b">Next</a></nav>
        </main><aside class="widget-area"><h2 class="widget-title">Recent posts</h2><ul>{links()}</ul></aside></div>
        <footer class="site-footer"><p>{RIGHTS}</p></footer>""",
        head,
    )


def tailwind(head: str = "") -> str:
    """A page whose classes say how it looks and not what it is, with divs for paragraphs."""
    story = "".join(f'<div class="mt-4 text-lg leading-7 text-gray-800">{line}</div>' for line in STORY)
    cards = "".join(
        f'<div class="flex gap-4 rounded p-2"><a class="font-bold" href="/n/{n}">Other story number {n}</a></div>'
        for n in range(9)
    )
    return page(
        f"""<div class="flex items-center px-4"><a href="/">Home</a><a href="/world">World</a></div>
        <div class="mx-auto max-w-2xl px-4"><h1 class="text-4xl font-bold">{TITLE}</h1>
        <div class="text-sm text-gray-500">24 October 2024</div><div class="prose">{story}</div></div>
        <div class="grid grid-cols-3 gap-4">{cards}</div><div class="bg-black text-white p-8">{RIGHTS}</div>""",
        head,
    )


def tables(head: str = "") -> str:
    """A page laid out with tables, its paragraphs parted by <br>."""
    story = "<br><br>".join(STORY)
    menu = "".join(f'<tr><td><a href="/m{n}">Menu entry {n}</a></td></tr>' for n in range(8))
    return page(
        f"""<table width="100%"><tr><td colspan="2"><a href="/">Home</a></td></tr>
        <tr><td width="150"><table>{menu}</table></td>
        <td><table><tr><td><h1>{TITLE}</h1></td></tr><tr><td><font size="2">{story}</font></td></tr></table></td></tr>
        <tr><td colspan="2">{RIGHTS}</td></tr></table>""",
        head,
    )


def amp(head: str = "") -> str:
    """An AMP page."""
    return page(
        f"""<amp-sidebar id="sidebar"><ul>{links(6)}</ul></amp-sidebar><article class="amp-wp-article">
        <h1 class="amp-wp-title">{TITLE}</h1><amp-img src="/photos/flood.jpg" width="1200" height="800"></amp-img>
        <div class="amp-wp-article-content">{paragraphs()}
        <amp-ad width="300" height="250" type="doubleclick"><div placeholder>Advertisement</div></amp-ad></div>
        </article><footer class="amp-wp-footer"><p>{RIGHTS}</p></footer>""",
        head,
    )


#: Every kind of page by name.
TEMPLATES: dict[str, Callable[..., str]] = {
    "wordpress": lambda head="": wordpress(head=head),
    "tailwind": tailwind,
    "tables": tables,
    "amp": amp,
}
