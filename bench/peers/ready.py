"""The peers' packages, from their lock."""

from __future__ import annotations

from pathlib import Path

from signpost.assets import locked_packages
from signpost.stages import Stage

PEERS = Path(__file__).parent


async def ready_peers(stage: Stage) -> Path:
    """The Node that runs the peers, whose packages are installed unless they are.

    Always the one of the lock, not the machine's: a peer is measured at its best. Raises AssetsNotBuilt.
    """
    node, _ = await locked_packages(PEERS, stage)
    return node
