"""Programs of clients, run as their users run them."""

import os
import subprocess
from pathlib import Path

import anyio
from rich.console import Console

from signpost.assets import locked_packages
from signpost.stages import Stages


async def node_for(folder: Path) -> str:
    """The Node of the lock, with the packages of the folder in place."""
    with (
        Stages(Console(quiet=True)) as stages,
        stages.stage(f"The packages of {folder.name}") as stage,
    ):
        node, _ = await locked_packages(folder, stage)
    return str(node)


async def run_in(
    folder: Path, *command: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, past any proxy."""
    done = await anyio.run_process(
        command,
        cwd=folder,
        env={**os.environ, "NO_PROXY": "*", "NO_COLOR": "1", **variables},
        check=False,
    )
    output, errors = done.stdout.decode(), done.stderr.decode()
    return subprocess.CompletedProcess(command, done.returncode, output, errors)
