"""The cells of a matrix of coverage, and the services and contracts that are listed in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from neo4j import AsyncDriver

from graph_model.matching.cover import Cover, Wanted
from graph_model.provision import Provision, Wants, wanted_of
from graph_model.rows import (
    CoverageCellRow,
    CoverageRow,
    CoverageRowRow,
    StepCoverageRow,
)
from graph_model.shown import Shown, shown_on


@dataclass(frozen=True)
class Telling:
    """What is told of each cell besides its state."""

    words: bool  # why, and how far
    listed: bool  # which services, under which contracts


async def list_what_is_behind(
    driver: AsyncDriver, cells: Sequence[Any], day: date, at_hand: Any
) -> None:
    """Read what services and contracts of cells are not at hand, each once, and put all where their slugs stand."""
    put_in_place(cells, await shown_on(driver, day, at_hand, *slugs_in(cells)))


def slugs_in(cells: Sequence[Any]) -> tuple[list[str], list[str]]:
    """The slugs of the services and of the contracts that cells list, each once."""
    services = dict.fromkeys(slug for cell in cells for slug in cell["services"])
    contracts = dict.fromkeys(slug for cell in cells for slug in cell["contracts"])
    return list(services), list(contracts)


def put_in_place(cells: Sequence[Any], shown: Shown) -> None:
    """Put rows where their slugs stand."""
    for cell in cells:
        cell["services"] = [shown.services[slug] for slug in cell["services"]]
        cell["contracts"] = [shown.contracts[slug] for slug in cell["contracts"]]


@dataclass(frozen=True)
class Judged:
    """What every commissioner has bought, and for what it is judged."""

    needs: Sequence[Any]
    wants: Wants  # of the needs, and then of the steps
    provisions: Iterable[Provision]  # made one by one: of 200 each is a megabyte

    @classmethod
    def of(cls, found: Any, *, left_out: bool) -> "Judged":
        """Of what was found; where needs were `left_out`, of those for which anything was bought."""
        needs: Sequence[Any] = found["needs"]
        steps = found["pathway"]["steps"] if found["pathway"] else []
        wants = Wants([wanted_of(need) for need in needs] + of_types(steps, found))
        day = found["as_of"].toordinal()
        provisions = (Provision.of(row, day, wants) for row in found["provision"])
        if left_out:
            provisions = list(provisions)
            bought = {number for each in provisions for number in each.numbers}
            needs = [need for need in needs if need["number"] in bought]
            wants = Wants([wanted_of(need) for need in needs])
        return cls(needs, wants, provisions)


def of_types(steps: Sequence[Any], found: Any) -> list[Wanted]:
    """What each step of a pathway calls for."""
    numbers = dict(found["types"])
    return [
        Wanted(frozenset({numbers[step["service_type"]["code"]]})) for step in steps
    ]


def coverage_of(found: Any, judged: Judged, telling: Telling) -> CoverageRow:
    """The answer; of what is behind its cells the slugs only."""
    rows: list[CoverageRowRow] = []
    pathway = found["pathway"]
    steps = pathway["steps"] if pathway else []
    for commissioner, provision in zip(
        found["commissioners"], judged.provisions, strict=True
    ):
        judgements = judgements_of(provision, judged.wants, telling)
        cells = [
            cell_of_need(commissioner, need, judgement)
            for need, judgement in zip(judged.needs, judgements, strict=False)
        ]
        rows.append(
            {
                "commissioner": commissioner,
                "there": provision.there,
                "postcodes": provision.people.postcodes or None,
                "cells": cells,
                "states": [cell["state"] for cell in cells],
                "steps": [
                    cell_of_step(pathway, step, judgement)
                    for step, judgement in zip(
                        steps, judgements[len(cells) :], strict=True
                    )
                ],
            }
        )
    return {
        "as_of": found["as_of"],
        "directory": found["directory"],
        "needs": list(judged.needs),
        "pathway": pathway,
        "rows": rows,
    }


def judgements_of(provision: Provision, wants: Wants, telling: Telling) -> list[Any]:
    """Of each thing that is wanted its state, and what else is told of it."""
    if telling.words or telling.listed:
        return [
            judgement(provision, wanted, provision.cover(wanted), telling)
            for wanted in wants.wanted
        ]
    return [
        {**NOTHING_TOLD, "state": state or provision.cover(wanted).state}
        for wanted, state in zip(
            wants.wanted, provision.plain_states(wants), strict=True
        )
    ]


NOTHING_TOLD: Any = {
    "explanation": "",
    "share": None,
    "complete_as_of": None,
    "sources": [],
    "services": [],
    "contracts": [],
}


def judgement(
    provision: Provision, wanted: Wanted, cover: Cover, telling: Telling
) -> Any:
    """The state of what is wanted, why, how far, and what is behind it."""
    return {
        "state": cover.state,
        "explanation": cover.explanation,
        "share": None if cover.share is None else round(cover.share, 4),
        **provision.completeness(wanted),
        "services": provision.services_of(cover) if telling.listed else [],
        "contracts": provision.contracts_of(cover) if telling.listed else [],
    }


def cell_of_need(commissioner: Any, need: Any, judgement: Any) -> CoverageCellRow:
    """A cell of the matrix."""
    cell: Any = {"commissioner": commissioner, "need": need, "postcodes": None}
    return cell | judgement


def cell_of_step(pathway: Any, step: Any, judgement: Any) -> StepCoverageRow:
    """A cell for a step: whether there is a service of the type that it calls for."""
    cell: Any = {"pathway": pathway, "step": step}
    return cell | judgement
