"""The commands of `signpost`."""

import typer

app = typer.Typer(help=__doc__)
