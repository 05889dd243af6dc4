"""Encrypted connections, against a local server with a certificate made for the test; HTTP/2 where offered."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest

from scraper.errors import HeaderFlood, TlsFailed, Truncated
from scraper.fetch.client import Client, Limits
from scraper.sources import Source

LIMITS = Limits(connect=2, first_byte=2, total=5, tries=1)
OPENSSL = shutil.which("openssl")

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="needs openssl to make a certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            str(OPENSSL),
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            str(key),
            "-out",
            str(certificate),
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


@asynccontextmanager
async def http2_server(
    certificate: tuple[Path, Path], protocols: list[str], lengths: bytes = b"5", flood: int = 0
) -> AsyncIterator[int]:
    """Answers "hello" on HTTP/2 or HTTP/1.1, as the handshake agreed; yields its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    context.set_alpn_protocols(protocols)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if writer.get_extra_info("ssl_object").selected_alpn_protocol() != "h2":
            while not reader.at_eof():
                if await reader.readline() == b"\r\n":
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            return
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while not reader.at_eof():
            data = await reader.read(65536)
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    assert event.stream_id is not None
                    headers = [(b":status", b"200"), (b"content-length", lengths)]
                    headers += [(b"x-flood-%d" % number, b"y" * 1000) for number in range(flood)]
                    connection.send_headers(event.stream_id, headers)
                    connection.send_data(event.stream_id, b"hello", end_stream=True)
            writer.write(connection.data_to_send())
        writer.close()

    async def serve_quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):
            await serve(reader, writer)

    server = await asyncio.start_server(serve_quietly, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


def fetch_from(
    certificate: tuple[Path, Path], protocols: list[str], host: str = "localhost"
) -> tuple[str, bytes]:
    """What the client gets: the protocol that was spoken, and the body."""

    async def run() -> tuple[str, bytes]:
        async with http2_server(certificate, protocols) as port:
            source = Source("local", allow_hosts=("localhost", "127.0.0.1"), respect_robots=False)
            async with Client(user_agent="wireclean/test", limits=LIMITS) as client:
                page = await client.fetch(f"https://{host}:{port}/", source)
                pools = client._http._transport._pools.values()  # type: ignore[union-attr]
                return next(str(pool.connections[0].info()) for pool in pools if pool.connections), page.body

    return asyncio.run(run())


def test_http2_is_spoken_where_the_server_offers_it(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    spoken, body = fetch_from(certificate, ["h2", "http/1.1"])
    assert body == b"hello"
    assert "HTTP/2" in spoken


def test_http1_is_spoken_where_it_does_not(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    spoken, body = fetch_from(certificate, ["http/1.1"])
    assert body == b"hello"
    assert "HTTP/1.1" in spoken


def test_a_certificate_that_nobody_trusts_is_refused(certificate: tuple[Path, Path]) -> None:
    with pytest.raises(TlsFailed):
        fetch_from(certificate, ["h2"])


def test_a_body_shorter_than_announced_is_noticed_on_http2_too(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

    async def run() -> None:
        async with http2_server(certificate, ["h2"], lengths=b"500") as port:
            source = Source("local", allow_hosts=("localhost",), respect_robots=False)
            async with Client(user_agent="wireclean/test", limits=LIMITS) as client:
                await client.fetch(f"https://localhost:{port}/", source)

    with pytest.raises(Truncated):
        asyncio.run(run())


def test_a_flood_of_headers_is_noticed_on_http2_too(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

    async def run() -> None:
        async with http2_server(certificate, ["h2"], flood=200) as port:
            source = Source("local", allow_hosts=("localhost",), respect_robots=False)
            async with Client(user_agent="wireclean/test", limits=LIMITS) as client:
                await client.fetch(f"https://localhost:{port}/", source)

    with pytest.raises(HeaderFlood):
        asyncio.run(run())
