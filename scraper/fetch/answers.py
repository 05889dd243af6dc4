"""What came back for one request: read within its limits, with every fault under its own name."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cleaners.errors import NotText
from cleaners.read.decode import refuse_binary
from scraper import errors
from scraper.fetch import bodies

if TYPE_CHECKING:
    import httpx

#: What an address is asked for: it decides the Accept header and the size that is read.
Content = Literal["page", "feed", "sitemap", "robots"]

CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.ASCII | re.IGNORECASE)
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}

#: Beginnings of the content types in which no article is written; their bodies are not even read.
NO_PAGE = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip")

#: How files begin that are no page whatever they call themselves, beyond those that the cleaner refuses too.
MEDIA_STARTS = (
    b"OggS",
    b"ID3",
    b"RIFF",
    b"\x1aE\xdf\xa3",
    b"wOFF",
    b"wOF2",
    b"FLV\x01",
    b"\x00\x00\x01\x00",
    b"II*\x00",
)
#: What stands at the fifth byte of the films and pictures of the MP4 family.
BOX = b"ftyp"

#: Seconds after which a body must have come at `SLOWEST` bytes a second: a server that drips costs no more than that.
PATIENCE, SLOWEST = 10.0, 500.0

#: Packed bytes; more are unpacked in a thread of their own, so that other fetches and signals are heard meanwhile.
SHORT = 64 << 10

#: Bytes of a redirect's or an error's body that are read, so that the connection can be used again.
SMALL = 64 << 10


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: `url` is the final address, `requested` the one asked for, `body` unpacked bytes.

    `not_modified` is True for a 304 (the body is empty then); `moved_to` is the address to ask for from now on
    when the server said that the move is permanent. Header names are in lower case.
    """

    url: str
    requested: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    not_modified: bool = False
    moved_to: str | None = None

    @property
    def charset(self) -> str | None:
        """The charset that the server named, true or not.

        >>> Page("", "", 200, {"content-type": "text/html; Charset='utf-8'"}, b"").charset
        'utf-8'
        """
        named = CHARSET.search(self.headers.get("content-type", ""))
        return named[1] if named else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: an address, as which kind of content, with which headers, at most how many bytes."""

    url: str
    kind: Content
    headers: Mapping[str, str]
    limit: int


async def read_answer(response: httpx.Response, wanted: Wanted) -> Page:
    """Return the answer with its body unpacked: a good one, an unchanged one, or a redirect.

    Raises a `FetchError`, or what httpcore raises while reading.
    """
    headers = dict(response.headers)
    if len(wishes := response.headers.get_list("x-robots-tag")) > 1:
        headers["x-robots-tag"] = "\n".join(
            wishes
        )  # each may begin with whom it is for, and that is for its own line
    status = response.status_code
    body = b""
    conditional = "If-None-Match" in wanted.headers or "If-Modified-Since" in wanted.headers
    if status in {200, 203}:
        content_type = headers.get("content-type", "").strip().lower()
        if wanted.kind == "page" and content_type.startswith(NO_PAGE):
            raise errors.NotAPage(wanted.url, content_type[:80])
        body = await _read_raw(response, headers, wanted)
        if (coding := headers.get("content-encoding")) or body.startswith(bodies.GZIP):
            if len(body) <= SHORT:
                body = _unpack(body, coding or "", wanted)
            else:
                body = await asyncio.to_thread(_unpack, body, coding or "", wanted)
        if wanted.kind == "page":
            _refuse_files(body, wanted.url)
    elif status != 304 or not conditional:
        await _drain(response)
        if status not in REDIRECTS:
            wait = retry_after(headers.get("retry-after"), time.time())
            raise errors.BadStatus(wanted.url, status, retry_after=wait)
    return Page(wanted.url, wanted.url, status, headers, body, not_modified=status == 304)


def retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After header asks for, in either of its forms; None when it says nothing usable.

    >>> retry_after("120", 0.0), retry_after("Thu, 01 Jan 1970 00:01:30 GMT", 30.0), retry_after("soon", 0.0)
    (120.0, 60.0, None)
    """
    if value is None:
        return None
    value = value.strip()[:100]
    if value.isascii() and value.isdigit():
        return float(value[:9])
    from email.utils import parsedate_to_datetime  # for answers that have it

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def _unpack(body: bytes, coding: str, wanted: Wanted) -> bytes:
    """Return the plain bytes; of a robots.txt so many as are read (RFC 9309 section 2.5)."""
    cut = wanted.kind == "robots"
    body = bodies.unpack(body, coding, wanted.limit, wanted.url, cut=cut)
    if wanted.kind == "sitemap":  # a packed file, which is read as a stream
        return body
    return bodies.unpack_if_packed(body, wanted.limit, wanted.url, cut=cut)


def _refuse_files(body: bytes, url: str) -> None:
    """Raise NotAPage for a file of another kind under a page's name."""
    try:
        refuse_binary(body)
    except NotText as error:
        raise errors.NotAPage(url, f"called a page, but it is {error}") from None
    if body.startswith(MEDIA_STARTS) or body[4:8] == BOX:
        raise errors.NotAPage(url, "called a page, but it is an image, a film or a sound")


async def _read_raw(response: httpx.Response, headers: dict[str, str], wanted: Wanted) -> bytes:
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:18]) > wanted.limit and wanted.kind != "robots":
        raise errors.TooLarge(wanted.url, f"{announced} bytes announced, the limit is {wanted.limit}")
    parts: list[bytes] = []
    size = 0
    began = time.monotonic()
    async for part in response.stream:  # type: ignore[union-attr]
        parts.append(part)
        size += len(part)
        seconds = time.monotonic() - began
        if seconds > PATIENCE and size < SLOWEST * seconds:
            raise errors.TimedOut(wanted.url, f"{size} bytes in {seconds:.0f} seconds")
        if size > wanted.limit:
            if wanted.kind == "robots":  # what follows is ignored
                return b"".join(parts)
            raise errors.TooLarge(wanted.url, f"more than {wanted.limit} bytes")
    counted = announced and "transfer-encoding" not in headers
    if counted and parts and response.extensions.get("http_version") == b"HTTP/1.1":
        wire = response.extensions.get("network_stream")
        goes_on_after = wire.get_extra_info("goes_on_after") if wire is not None else None
        if goes_on_after is not None and goes_on_after(parts[-1][-100:]):
            raise errors.Truncated(wanted.url, f"more came than the {announced} bytes announced")
    return parts[0] if len(parts) == 1 else b"".join(parts)


async def _drain(response: httpx.Response) -> None:
    import httpcore  # for answers that have it

    size = 0
    try:
        async for part in response.stream:  # type: ignore[union-attr]
            size += len(part)
            if size > SMALL:
                return
    except (httpcore.ProtocolError, httpcore.NetworkError):
        return  # the status has said all we need


def fault_of(error: Exception, url: str, *, in_body: bool) -> errors.FetchError | None:
    """Return the fetcher's own error for one of httpx's, httpcore's, the guard's or the system's, else None."""
    import httpcore  # for answers that have it
    import httpx  # for answers that have it

    match error:
        case TimeoutError():
            return errors.TimedOut(url, "no complete body in time" if in_body else "no answer in time")
        case httpcore.TimeoutException() | httpx.TimeoutException():
            return errors.TimedOut(url, str(error))
        case errors.FetchError():
            # the guard knows the host alone
            return error if error.url == url else type(error)(url, error.detail)
        case httpx.InvalidURL() | httpx.UnsupportedProtocol() | httpcore.UnsupportedProtocol():
            return errors.RefusedAddress(url, str(error))
        case UnicodeError():  # of a host's name that no name may be: idna's
            return errors.RefusedAddress(url, f"no host is called so: {error}")
        case httpcore.ProtocolError() | httpx.ProtocolError():
            return _protocol_fault(str(error), url, in_body=in_body)
        case httpcore.ProxyError():
            return errors.ConnectionBroken(url, f"the proxy: {error}")
        case ssl.SSLError():
            return errors.TlsFailed(url, error.reason or str(error))
        case httpcore.ConnectError(args=(ssl.SSLError() as cause,)):
            return errors.TlsFailed(url, cause.reason or str(cause))
        case httpcore.NetworkError() | httpx.NetworkError() | OSError():
            return errors.ConnectionBroken(url, str(error))
    return None


def _protocol_fault(text: str, url: str, *, in_body: bool) -> errors.FetchError:
    if any(mark in text for mark in ("Receive buffer too long", "header list", "header block")):
        return errors.HeaderFlood(url, "too many or too long headers")
    if "location header" in text:
        return errors.BadRedirect(url, "a redirect to no address")
    if in_body or "InvalidBodyLength" in text:
        return errors.Truncated(url, text)
    if "disconnected" in text or "ConnectionTerminated" in text:
        return errors.ConnectionBroken(url, text)
    if "response line" in text or "request line" in text or "status line" in text:
        return errors.GarbledHead(url, text)
    return errors.Garbled(url, text)
