"""`signpost serve`: the API on a graph that is there already."""

from __future__ import annotations

import asyncio

from rich.console import Console

from api.app import create_app
from graph_model.settings import Settings
from signpost.api_server import address, listening_socket, serving
from signpost.errors import StartError
from signpost.graph_address import with_graph_address


async def serve(settings: Settings, console: Console) -> None:
    """Serve until cancelled. Raises StartError."""
    settings = with_graph_address(settings)
    with listening_socket(settings) as listening:
        async with serving(create_app(settings), listening) as api:
            console.print(f"Serving at {address(settings)}. Ctrl-C stops it.")
            try:
                await asyncio.wait([api])
            except asyncio.CancelledError:
                return  # to be stopped is this command's proper end
    raise StartError("The API stopped by itself. The lines above say why.")
