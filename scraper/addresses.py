"""Addresses: one spelling for each, and one key for all the spellings of one article.

Two steps, because a mistake costs differently in each. `normalise` gives the address that is fetched, so it only
takes away what surely changes nothing. `article_key` is for comparing alone and goes further. Neither uses
courlan's `clean_url`: it drops parameters such as `cid` and `source`, and all without a value (`/?20240101`), and
with them the difference between two articles; its `scrub_url` mends links with stray markup in them.
"""

from __future__ import annotations

import re
import tomllib
from base64 import b64decode, b64encode
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

DIRTY = re.compile(r"[\x00-\x1f<>\"]|&amp;")
#: Tabs and line ends, which count for nothing wherever they are (WHATWG URL); other spaces do within an address.
BREAKS = str.maketrans("", "", "\t\n\r")
#: What no host has in it (WHATWG URL, "forbidden domain code points"), but for the brackets and colons of IPv6.
NO_HOST = re.compile(r"[\x00-\x20\x7f\"#%/<>?@\\^`{|}]")
#: The scheme, and the user and password, of an address that has them.
USERINFO = re.compile(r"^(https?://)([^/?#]*)@", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
#: Characters that a path or a query may hold as they are (RFC 3986 section 3.3).
SAFE = "/%!$&'()*+,;=:@~-._"
#: Characters, percent-encoded; longer addresses are no articles' but traps for crawlers, and no index holds them.
LONGEST = 2000
#: Characters of a host (RFC 1035 section 2.3.4).
LONGEST_HOST = 253


@cache
def _knowledge(key: str) -> Any:
    """Return what addresses.toml says under a key."""
    found = tomllib.loads(files("scraper").joinpath("addresses.toml").read_text("utf-8"))[key]
    return frozenset(found) if key == "tracking_parameters" else found


def normalise(url: str, base: str | None = None) -> str | None:
    """Return the address to fetch, or None when `url` is none.

    Absolute (against `base`), http or https, the host in lower-case ASCII, no default port, no user and password,
    no fragment, no tracking parameters, everything that needs it percent-encoded, spaces too; an AMP cache's address
    becomes the original's.

    >>> normalise("/news/1?id=7&utm_source=rss#top", "https://Example.org:443/feed")
    'https://example.org/news/1?id=7'
    >>> normalise("mailto:desk@example.org") is None
    True
    """
    url = url.strip().translate(BREAKS)
    if len(url) > 2 * LONGEST:
        return None
    if DIRTY.search(url):
        from courlan import scrub_url  # for addresses that need it

        url = scrub_url(url.replace(" ", "%20"))
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        host = _ascii_host(parts.hostname or "")
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[scheme]:
        netloc = f"{netloc}:{port}"
    path = parts.path
    if "/." in path:  # `.` and `..`, which urljoin takes out of an address that is not whole
        path = urlsplit(urljoin(f"{scheme}://{netloc}/", f"/.{path}")).path
    path = quote(path, safe=SAFE) or "/"
    clean = SplitResult(scheme, netloc, path, _without_tracking(parts.query), "")
    address = urlunsplit(_out_of_cache(clean))
    return address if len(address) <= LONGEST else None


@lru_cache(maxsize=2_000)  # each article's is asked for eight times on its way
def article_key(url: str) -> str:
    """Return one key for all spellings of an article: AMP, mobile, www, http or https, order of parameters.

    What is no address is its own key; where it is too long for one, its beginning and what tells the rest apart.

    >>> article_key("https://m.example.org/news/1/amp/?b=2&a=1") == article_key("http://www.example.org/news/1?a=1&b=2")
    True
    """
    address = normalise(url)
    if address is None:
        return _short_key(url.strip())
    parts = urlsplit(address)
    labels = parts.netloc.split(".")
    while len(labels) > 2 and labels[0] in _knowledge("host_prefixes"):
        del labels[0]
    if len(labels) > 3 and labels[1] in _knowledge("inner_host_labels"):
        del labels[1]
    path = parts.path
    for beginning in _knowledge("amp_beginnings"):
        if path.startswith(beginning) and len(path) > len(beginning):
            path = "/" + path.removeprefix(beginning)
    for endings in (_knowledge("amp_endings"), _knowledge("folder_files")):
        for ending in endings:
            if path.endswith(ending) and len(path) > len(ending):
                path = path.removesuffix(ending)
                break
    query = "&".join(sorted(pair for pair in parts.query.split("&") if pair and not _is_variant(pair)))
    key = ".".join(labels) + unquote(path).rstrip("/")
    return _short_key(f"{key}?{query}" if query else key)


def _short_key(text: str) -> str:
    whole = text.encode("utf-8", "replace")
    return text if len(whole) <= LONGEST else f"{text[:100]}#{sha256(whole).hexdigest()}"


def host_of(url: str) -> str:
    """Return the host as pace and breaker name it: `example.org`, or with an unusual port `example.org:8080`.

    >>> host_of("https://user@Example.org:443/a"), host_of("http://127.0.0.1:8080/")
    ('example.org', '127.0.0.1:8080')
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if port is None or port == DEFAULT_PORTS.get(parts.scheme) else f"{host}:{port}"


def origin_of(url: str) -> str:
    """Return scheme, host and port. Raises ValueError for what is no address.

    >>> origin_of("https://Example.org/news/1")
    'https://example.org'
    """
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


def split_login(url: str) -> tuple[str, str | None]:
    """Return an address without the user and password in it, and these as an Authorization header has them.

    >>> split_login("https://desk:p%40ss@example.org/feed")
    ('https://example.org/feed', 'Basic ZGVzazpwQHNz')
    >>> split_login("https://example.org/feed")
    ('https://example.org/feed', None)
    """
    found = USERINFO.match(url)
    if found is None:
        return url, None
    user, _, password = found[2].partition(":")
    login = f"{unquote(user)}:{unquote(password)}".encode()
    return found[1] + url[found.end() :], f"Basic {b64encode(login).decode()}"


def bare(url: str) -> str:
    """Return an address as it is asked for: without its fragment, and without a user and password.

    >>> bare("https://desk:p%40ss@example.org/feed#top")
    'https://example.org/feed'
    """
    return split_login(url.partition("#")[0])[0]


def join_login(url: str, login: str | None) -> str:
    """Return an address with what `split_login` took out of it.

    >>> join_login(*split_login("https://desk:p%40ss@example.org/feed"))
    'https://desk:p%40ss@example.org/feed'
    """
    if login is None:
        return url
    user, _, password = b64decode(login.removeprefix("Basic ")).decode().partition(":")
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{rest}"


def site_of(url: str) -> str:
    """Return the site a page belongs to: its host without the prefixes of mobile and AMP editions.

    >>> site_of("https://www.example.org/world/a.html")
    'example.org'
    """
    host = host_of(url)
    for prefix in ("www.", "m.", "amp.", "mobile."):
        if host.startswith(prefix) and host.count(".") > 1:
            return host.removeprefix(prefix)
    return host


def same_site(url: str, other: str) -> bool:
    """Return whether two addresses are of one site: under one domain that somebody registered.

    >>> same_site("https://news.example.co.uk/1", "https://amp.example.co.uk/"), same_site("https://a.test", "https://b.test")
    (True, False)
    """
    if site_of(url) == site_of(other):
        return True
    from tld import get_fld  # for addresses whose hosts differ

    # also where a host gives its own subdomains out, as blogspot.com does
    first, second = (get_fld(address, fail_silently=True, search_private=True) for address in (url, other))
    return first is not None and first == second


def _ascii_host(host: str) -> str:
    host = host.rstrip(".")
    if NO_HOST.search(host):
        raise ValueError(f"not a host: {host!r}")
    if host.isascii():
        return host
    if len(host) > LONGEST_HOST:  # what follows takes the square of its length
        raise ValueError("no host is so long")
    import idna  # for addresses that need it

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise ValueError(f"not a host: {host!r}") from None


def _without_tracking(query: str) -> str:
    if not query:
        return ""
    kept = (pair for pair in query.split("&") if not _is_tracking(pair))
    return quote("&".join(kept), safe=SAFE + "?[]")


def _is_tracking(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    return name in _knowledge("tracking_parameters") or name.startswith(
        tuple(_knowledge("tracking_prefixes"))
    )


def _is_variant(pair: str) -> bool:
    name, _, value = pair.lower().partition("=")
    return value in _knowledge("variant_parameters").get(name, ())


def _out_of_cache(parts: SplitResult) -> SplitResult:
    """Return the original address inside an AMP cache's: `…cdn.ampproject.org/c/s/example.org/news/1`."""
    for entry in _knowledge("amp_caches"):
        if f".{parts.netloc}".endswith("." + entry["host"]):
            for before in entry["before"]:
                inner = parts.path.removeprefix(before)
                if inner == parts.path:
                    continue
                scheme = "https" if inner.startswith("s/") else "http"
                netloc, _, path = inner.removeprefix("s/").partition("/")
                if "." in netloc and "@" not in netloc:
                    return SplitResult(scheme, netloc.lower(), "/" + path, parts.query, "")
    return parts
