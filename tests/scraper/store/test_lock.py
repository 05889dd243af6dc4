"""The lock: one run at a time, and no lock outlives its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.errors import LockHeld, StoreError
from scraper.store.sqlite.lock import run_lock

HOLD = (
    "import sys, time\n"
    "from scraper.store.sqlite.lock import run_lock\n"
    "with run_lock(sys.argv[1]):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(60)\n"
)


def hold(database: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(database)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_two_processes_cannot_hold_it_and_the_second_learns_who_does(tmp_path: Path) -> None:
    with hold(tmp_path / "wire.db") as process:
        with pytest.raises(LockHeld, match=f"process {process.pid}"), run_lock(tmp_path / "wire.db"):
            pass
        process.kill()


def test_a_killed_process_holds_no_lock(tmp_path: Path) -> None:
    with hold(tmp_path / "wire.db") as process:
        os.kill(process.pid, signal.SIGKILL)
    with run_lock(tmp_path / "wire.db"):
        pass


def test_it_is_free_again_after_use_and_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), run_lock(tmp_path / "wire.db"):
        raise RuntimeError
    with run_lock(tmp_path / "wire.db"):
        pass


def test_a_place_where_there_can_be_no_lock_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match=r"nowhere/wire\.db\.lock"),
        run_lock(tmp_path / "nowhere" / "wire.db"),
    ):
        pass


def test_two_stores_have_two_locks(tmp_path: Path) -> None:
    with run_lock(tmp_path / "wire.db"), run_lock(tmp_path / "sport.db"):
        pass


def test_a_child_process_does_not_inherit_it(tmp_path: Path) -> None:
    with run_lock(tmp_path / "wire.db"):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        with run_lock(tmp_path / "wire.db"):
            pass
    finally:
        child.kill()
        child.wait()
