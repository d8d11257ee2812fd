"""How much processor time others take while we measure: programs that are no part of the measurement."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

import psutil

# Above this share of the machine a sample tells of the others, not of us: it is taken again.
MOST_OF_OTHERS = 0.12


def busy_seconds() -> float:
    """The processor time that the machine has spent on anything at all."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - getattr(times, "iowait", 0.0)


def seconds_of(processes: Iterable[psutil.Process]) -> float:
    """The processor time of processes and their children."""
    spent = 0.0
    for process in processes:
        times = process.cpu_times()
        spent += times.user + times.system
        for child in process.children(recursive=True):
            times = child.cpu_times()
            spent += times.user + times.system
    return spent


class Others:
    """Counts from its making on; `share` is their part of the machine since then, 0 to 1."""

    def __init__(self, ours: Iterable[psutil.Process]) -> None:
        self.ours = {*ours, psutil.Process()}
        self.own = seconds_of(self.ours)
        self.busy = busy_seconds()
        self.began = time.monotonic()

    def share(self, ended: float = 0.0) -> float:
        """Their share up to now; `ended` is the processor time of processes of ours that have ended."""
        seconds = time.monotonic() - self.began
        busy = busy_seconds() - self.busy
        others = busy - (seconds_of(self.ours) - self.own + ended)
        return min(1.0, max(0.0, others / (seconds * (os.cpu_count() or 1))))
