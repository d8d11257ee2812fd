"""Batches that are written at once: a few, and never two that share a postcode."""

import asyncio
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self


class InFlight:
    """What is being written, each batch with its codes. Leaving it waits for all; after an error it breaks them off.

    Of two rows for one postcode the first is to stay, so a batch that repeats a code waits for the one before.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.writing: dict[asyncio.Task[None], frozenset[str]] = {}

    async def begin(
        self, codes: frozenset[str], work: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        """Begin to write a batch as soon as there is room. Raises what one before it raised."""
        while len(self.writing) >= self.most or any(
            codes & others for others in self.writing.values()
        ):
            await self.one_written()
        self.writing[asyncio.create_task(work())] = codes

    async def one_written(self) -> None:
        written, _ = await asyncio.wait(
            self.writing, return_when=asyncio.FIRST_COMPLETED
        )
        for task in written:
            task.result()
            del self.writing[task]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            while error is None and self.writing:
                await self.one_written()
        finally:
            for task in self.writing:
                task.cancel()
            await asyncio.gather(*self.writing, return_exceptions=True)
