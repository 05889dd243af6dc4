"""Who may ask, and what a browser may do with what it gets.

The server listens to its own machine alone, which keeps out other machines, and not the pages that a browser on this
one has open: they can send requests here, and a name of theirs can be made to point here (DNS rebinding). So a request
is answered only if it names this machine as its host, and comes from no other page.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: How this machine calls itself.
HOSTS = ("127.0.0.1", "localhost")
#: What pages may do: show themselves in this server's style, run its script, frame its pages, send its forms.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
#: What a page that was fetched may do: look as it does without what it would load. No scripts, no forms, no network.
FETCHED_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    # No word of it elsewhere; "no-referrer" would hide from this server, too, which page sent a form.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Answers for an application: refuses what is foreign, and says in each answer what may be done with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    answer.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        # A form of one of these pages says where it is from; who writes must say so.
        if is_foreign(headers) or (scope["method"] not in ("GET", "HEAD") and "origin" not in headers):
            refusal = PlainTextResponse("This server answers its own machine's own pages alone.\n", 403)
            await refusal(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)


def is_foreign(headers: Headers) -> bool:
    """Return whether a request names another host than this machine, or comes from a page of another.

    >>> is_foreign(Headers({"host": "localhost:8765"})), is_foreign(Headers({"host": "news.example.org"}))
    (False, True)
    >>> is_foreign(Headers({"host": "localhost:8765", "origin": "https://news.example.org"}))
    True
    """
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    if len(hosts) != 1 or hosts[0].rpartition(":")[0 if ":" in hosts[0] else 2] not in HOSTS:
        return True
    # A link on another's page may lead here; what it loads or frames may not.
    leads = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    if headers.get("sec-fetch-site") == "cross-site" and not leads:
        return True
    return any(origin != f"http://{hosts[0]}" for origin in origins)
