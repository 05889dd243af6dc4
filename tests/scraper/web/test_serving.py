"""`scrape serve`, as it is called."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from scraper import cli
from scraper.commands import serving

COMMAND = [sys.executable, "-c", "import sys; from scraper.cli import main; sys.exit(main())", "serve"]


def free_port() -> int:
    with socket.socket() as made:
        made.bind((serving.LOOPBACK, 0))
        return int(made.getsockname()[1])


def test_the_command_answers_on_this_machine_until_it_is_interrupted(place: Path) -> None:
    port = free_port()
    process = subprocess.Popen([*COMMAND, "--db", str(place), "--port", str(port)], stderr=subprocess.PIPE)
    try:
        for _ in range(200):
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        assert "harbour" in answer.text
        assert "server" not in answer.headers
    finally:
        os.kill(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert f"http://localhost:{port}/ shows the store, to this machine alone" in told.decode()
    assert b"Traceback" not in told


def test_a_store_that_is_not_there_is_said_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["serve", "--db", str(tmp_path / "none.db")]) == 4
    assert "there is no such store" in capsys.readouterr().err


def test_a_port_that_is_none_is_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--db", str(place), "--port", "70000"]) == 2
    assert "70000 is no port" in capsys.readouterr().err
