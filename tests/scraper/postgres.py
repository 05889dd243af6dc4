"""A real PostgreSQL for the tests: started by themselves, in a folder that goes with it, on a free port of loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

#: An ordinary user: PostgreSQL refuses to run as root.
NOBODY: dict[str, Any] = (
    {"user": "nobody", "group": "nogroup", "extra_groups": []}
    if os.name == "posix" and os.getuid() == 0
    else {}
)
#: Nothing here has to outlive a power cut.
SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB",
    "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "60",
}  # fmt: skip
PASSWORD = "s3cr3t-pass"


def programs() -> Path | None:
    """The folder of the server's programs: Debian keeps them from the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    beside = shutil.which("initdb")
    return found[-1].parent if found else Path(beside).parent if beside else None


class Server:
    """A running server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = count()

    def address(self, database: str) -> str:
        return f"postgresql://desk:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new(self) -> str:
        """The address of a new database."""
        name = f"wire{next(self._numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.address(name)

    def empty(self, address: str) -> None:
        """Take out all that is in a store, and whoever is still connected with it."""
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid != pg_backend_pid()"
            )
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'wireclean'")
            names = ", ".join(f"wireclean.{name}" for (name,) in tables)
            connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE".encode())

    def drop(self, address: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {address.rpartition('/')[2]} WITH (FORCE)".encode())


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, and stop it in the end."""
    there = programs()
    if there is None:
        # Nobody needs a server to work on the rest; .ci/run installs one, and skips nothing here.
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="wireclean-postgres-", dir="/tmp"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if NOBODY:
        for path in (folder, secret):
            shutil.chown(path, NOBODY["user"], NOBODY["group"])
    data = str(folder / "data")
    make = [str(there / "initdb"), "-D", data, "-U", "desk", "-E", "UTF8", "--no-locale", "--no-sync", "-A",
            "scram-sha-256", f"--pwfile={secret}"]  # fmt: skip
    run = [str(there / "postgres"), "-D", data, "-p", str(port)]
    for name, value in SETTINGS.items():
        run += ["-c", f"{name}={value}"]
    process = None
    try:
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd="/", **NOBODY)
        process = subprocess.Popen(run, stderr=(folder / "log").open("w"), cwd="/", **NOBODY)
        server = Server(port)
        _wait_for(server, process)
        yield server
    finally:
        if process is not None:
            process.terminate()
            process.wait(30)
        shutil.rmtree(folder)


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            psycopg.connect(server.address("postgres"), connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, "the server has ended"
            time.sleep(0.05)
    raise AssertionError("the server does not answer within half a minute")
