"""What a person sees of a start: one line for each stage."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


@dataclass
class Stage:
    """One stage that is under way; `words` may be replaced by what came out of it."""

    words: str
    progress: Progress
    task: TaskID

    def of(self, total: int) -> None:
        """Show a bar for so many units of work."""
        self.progress.update(self.task, total=total)

    def advance(self, amount: int) -> None:
        self.progress.advance(self.task, amount)

    def now(self, words: str) -> None:
        """Say what the stage is doing now."""
        self.progress.update(self.task, description=words)

    def say(self, words: str) -> None:
        """Put a line above the stages that are under way."""
        self.progress.console.print(f"  {words}")


class Stages:
    """The stages of a start; several may be under way at once.

    A terminal shows spinners and bars; elsewhere each stage is a line when it is done.
    """

    def __init__(self, console: Console) -> None:
        self.progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.progress.stop()

    @contextmanager
    def stage(self, words: str) -> Generator[Stage]:
        """Show a stage while the block runs, and a line with its time at the end."""
        began = time.monotonic()
        task = self.progress.add_task(words, total=None)
        stage = Stage(words, self.progress, task)
        try:
            yield stage
        finally:
            self.progress.remove_task(task)
        seconds = time.monotonic() - began
        self.progress.console.print(
            f"[green]✓[/green] {stage.words} [dim]({seconds:.1f} s)[/dim]"
        )
