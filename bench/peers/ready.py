"""The peers' packages, from their lock."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from signpost.assets import own_node, run
from signpost.stages import Stage

PEERS = Path(__file__).parent
PACKAGES = PEERS / "node_modules"
STAMP = PACKAGES / ".installed-from"


async def ready_peers(stage: Stage) -> Path:
    """The Node that runs the peers, whose packages are installed unless they are.

    Always the one of the lock, not the machine's: a peer is measured at its best. Raises AssetsNotBuilt.
    """
    node, npm = await own_node(stage)
    lock = hashlib.sha256((PEERS / "package-lock.json").read_bytes()).hexdigest()
    if not STAMP.exists() or STAMP.read_text() != lock:
        stage.now("Installing the peers' packages")
        path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        options = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"]
        await run([*npm, "ci", *options], PEERS, {**os.environ, "PATH": path})
        STAMP.write_text(lock)
    return node
