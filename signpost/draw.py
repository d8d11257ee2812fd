"""Pictures as files: `signpost draw`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from math import floor
from pathlib import Path

from neo4j import AsyncDriver
from rapidfuzz import process
from rich.console import Console

from graph_model.database import connect
from graph_model.matching.case import DAYS_IN_A_YEAR
from graph_model.matching.opening import LONDON
from graph_model.pathways import pathway_by_slug, pathways_page
from graph_model.pictures.mermaid import mermaid_of_pathway
from graph_model.pictures.pathway import svg_of_pathway
from graph_model.places import PlaceQuestion
from graph_model.plans import PlanQuestion, pathway_plan
from graph_model.settings import Settings
from signpost.errors import StartError
from signpost.graph_address import with_graph_address


@dataclass(frozen=True)
class Planned:
    """For which place, day, moment and age a pathway is planned; `at` without an offset is by England's clocks."""

    place: str
    as_of: date | None = None
    at: datetime | None = None
    age: int | None = None

    def question(self, slug: str) -> PlanQuestion:
        """The plan to ask for. A place with a figure in it is a postcode."""
        by_postcode = any(letter.isdigit() for letter in self.place)
        at = self.at
        if at is not None and at.tzinfo is None:
            at = at.replace(tzinfo=LONDON)
        return PlanQuestion(
            slug,
            PlaceQuestion(postcode=self.place)
            if by_postcode
            else PlaceQuestion(name=self.place),
            age_days=None if self.age is None else floor(self.age * DAYS_IN_A_YEAR),
            at=at,
        )


class NothingToDraw(StartError):
    """The directory does not have what was to be drawn."""


async def draw_pathway(
    settings: Settings,
    slug: str,
    version: int | None,
    commissioner: str | None,
    mermaid: bool,
    output: Path | None,
    console: Console,
) -> None:
    """Draw a pathway into a file, or print it. Raises NothingToDraw, which suggests the nearest slug."""
    async with connect(with_graph_address(settings)) as driver:
        pathway = await pathway_by_slug(driver, slug, version, None, commissioner)
        if pathway is None:
            raise NothingToDraw(await nothing(driver, slug, version))
    draw = mermaid_of_pathway if mermaid else svg_of_pathway
    put(draw(pathway), output, console)


async def draw_plan(
    settings: Settings,
    slug: str,
    planned: Planned,
    mermaid: bool,
    output: Path | None,
    console: Console,
) -> None:
    """Draw a pathway with who takes each step at a place into a file, or print it."""
    async with connect(with_graph_address(settings)) as driver:
        plan = await pathway_plan(driver, planned.question(slug), planned.as_of)
    draw = mermaid_of_pathway if mermaid else svg_of_pathway
    put(draw(plan["pathway"], plan), output, console)


def put(text: str, output: Path | None, console: Console) -> None:
    """Write a picture into a file, or print it."""
    if output is None:
        sys.stdout.write(text)
        return
    output.write_text(text, encoding="utf-8")
    console.print(f"{output} written.", markup=False, soft_wrap=True)


async def nothing(driver: AsyncDriver, slug: str, version: int | None) -> str:
    """What to say of a pathway that is not there."""
    page = await pathways_page(driver, first=100)
    slugs = sorted({row["slug"] for row in page.rows})
    named = f"{slug!r}, version {version}," if version else repr(slug)
    near = process.extractOne(slug, slugs, score_cutoff=60)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return f"{named} is no pathway. {hint}There are {', '.join(slugs)}."
