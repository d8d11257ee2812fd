"""Locks between processes; the kernel lets go of them when their process ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@asynccontextmanager
async def held(file: Path, on_wait: Callable[[], None]) -> AsyncGenerator[None]:
    """Hold the lock, waiting for it if need be; `on_wait` is called once before that."""
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait()
        while not acquired(lock):
            await asyncio.sleep(0.2)
    try:
        yield
    finally:
        lock.release()


def acquired(lock: FileLock) -> bool:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True
