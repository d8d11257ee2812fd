"""Who runs with a data folder: one at a time, and how to stop it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Generator
from contextlib import contextmanager

import psutil
from filelock import FileLock, Timeout

from signpost.errors import AlreadyRunning, StartError
from signpost.local_neo4j.home import Home, write_private

STOPPED_WITHIN = 60  # seconds


@contextmanager
def the_only_one(home: Home, what: str) -> Generator[None]:
    """Hold the data folder; `what` tells others who does.

    Raises AlreadyRunning where somebody else holds it.
    """
    home.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(home.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise AlreadyRunning(home.root, words_of_holder(home)) from None
    try:
        me = psutil.Process()
        words = {"pid": me.pid, "created": me.create_time(), "what": what}
        write_private(home.running, json.dumps(words))
        yield
    finally:
        home.running.unlink(missing_ok=True)
        lock.release()


def holder(home: Home) -> psutil.Process | None:
    """Return the process that holds the data folder, if one does."""
    try:
        words = json.loads(home.running.read_text())
        process = psutil.Process(words["pid"])
        # A number is given again when its process has ended; a start time is not.
        is_it = process.create_time() == words["created"]
    except (OSError, ValueError, KeyError, psutil.NoSuchProcess):
        return None
    return process if is_it else None


def words_of_holder(home: Home) -> str:
    try:
        words = json.loads(home.running.read_text())
        return f"{words['what']} (process {words['pid']})"
    except (OSError, ValueError, KeyError):
        return "another start"


def stop_holder(home: Home) -> bool:
    """Stop who holds the data folder and wait for its end; say whether anyone did."""
    process = holder(home)
    if process is None or process.pid == os.getpid():
        return False
    process.terminate()
    end = time.monotonic() + STOPPED_WITHIN
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > end:
            raise StartError(
                f"Process {process.pid} was asked to stop and did not within "
                f"{STOPPED_WITHIN} s. If it hangs: kill -9 {process.pid}; the next "
                "start mends what that leaves."
            )
        time.sleep(0.1)
    return True
