"""From a source to the addresses of its articles.

Each way of naming articles is a file of its own that makes one `Kind`: `feed`, `sitemap`, `section`. A new one is
such a file, its line in `look.KINDS`, and the field of `Source` that holds its addresses. `look` reads a source by all
kinds; `suggest` finds out how a site names its articles when only the site is known.
"""

from scraper.discover.look import Discovery, Found, Validator, discover
from scraper.discover.suggest import find_feeds

__all__ = ["Discovery", "Found", "Validator", "discover", "find_feeds"]
