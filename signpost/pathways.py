"""Files of pathways: `signpost import pathways` and `signpost pathways check`."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from graph_model.database import connect
from graph_model.schema import apply_schema
from graph_model.settings import Settings
from seed.pathway_import import check_pathways, import_pathways
from signpost.errors import readable
from signpost.graph_address import with_graph_address


async def import_file(settings: Settings, file: Path, console: Console) -> None:
    """Bring the file's pathways into the directory, and say what that did.

    Raises PathwayFault with every fault; then nothing was written.
    """
    async with connect(with_graph_address(settings)) as driver:
        await apply_schema(driver)
        imported = await import_pathways(driver, readable(file))
    tell(imported.sentences, console)
    if not imported.changed:
        console.print("The directory holds all of it. Nothing was written.")
        return
    console.print(
        f"Written: {imported.nodes:,} nodes and {imported.relationships:,} relationships."
    )


async def check_file(settings: Settings, file: Path, console: Console) -> None:
    """Check the file, and say what an import of it would do. Raises PathwayFault."""
    async with connect(with_graph_address(settings)) as driver:
        sentences = await check_pathways(driver, readable(file))
    tell(sentences, console)
    console.print("The file has no fault. Nothing was written.")


def tell(sentences: list[str], console: Console) -> None:
    for sentence in sentences:
        console.print(f"  {sentence}", markup=False, soft_wrap=True)
