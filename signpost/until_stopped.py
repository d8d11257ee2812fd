"""Run until the work is done or somebody asks to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

import uvloop
from rich.console import Console

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOPPED_BY_HAND = 130


def until_stopped(work: Coroutine[Any, Any, None], console: Console) -> int:
    """Do the work; Ctrl-C, SIGTERM and SIGHUP end it in good order.

    Returns the exit status of the command: 0 where the work came to its own end, 130
    where it was broken off.
    """

    async def watched() -> int:
        loop = asyncio.get_running_loop()
        task = asyncio.create_task(work)
        stops = 0

        def ask_to_stop() -> None:
            nonlocal stops
            stops += 1
            if stops == 1:
                console.print("\nStopping …")
                task.cancel()

        # Set even where they are ignored: a shell ignores SIGINT for what it runs in
        # the background, and `kill -INT` is meant all the same.
        for number in STOPS:
            loop.add_signal_handler(number, ask_to_stop)
        status = 0
        try:
            await task
        except asyncio.CancelledError:
            if not stops:
                raise
            status = STOPPED_BY_HAND
        if stops:
            console.print("Stopped.")
        return status

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(watched())
