"""What is real in the sample: areas, places, commissioners, and the words for needs and types; all from the seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bench.national.chance import Chance
from bench.national.places import Places
from bench.national.sample import AS_OF, SOURCE, Sample
from bench.national.words import Words
from seed.graph import Graph, Node
from seed.read import Seed
from seed.reference_facts import (
    add_areas,
    add_organisations,
    add_places,
    add_shares,
    add_sources,
    add_tables,
    add_vocabulary,
    middles_of_areas,
)

# Commissioners, and the practices whose patients they answer for.
KINDS = {"CCG", "SUB_ICB_LOCATION", "ICB", "GP_PRACTICE"}
INFERRED = "Inferred: it has the commissioner of the nearest town or village."

RANKED_BY = 0.3  # of the commissioners
MOST_RANKED = 10


def reference(sample: Sample, seed: Seed, places: Places, words: Words) -> Graph:
    """The real part of the sample as a graph, and the source of all that is not real."""
    graph = Graph()
    graph.node(
        "Directory",
        "directory",
        key="directory",
        as_of=AS_OF,
        historical=True,
        seed=sample.name,
    )
    add_sources(graph, seed)
    add_source_of_sample(graph, sample)
    add_tables(graph, seed)
    add_organisations(graph, commissioners_of(seed))
    add_areas(graph, seed)
    add_inferred(graph, seed, places)
    add_places(graph, seed)
    add_vocabulary(graph, replace(seed, needs=words.needs, service_types=words.types))
    add_numbers(graph, words, places)
    add_renamed(graph)
    add_ranks(graph, commissioners(seed), words, sample.chance("ranks"))
    return graph


def add_source_of_sample(graph: Graph, sample: Sample) -> None:
    graph.node(
        "Source",
        SOURCE,
        slug=SOURCE,
        title=f"A generated sample of {sample.services:,} services: none of them exists",
        publisher="signpost bench generate",
    )


def commissioners_of(seed: Seed) -> Seed:
    """The seed, of its organisations only those that commission, and GP practices."""
    kept = [each for each in seed.organisations if each.kind in KINDS]
    slugs = {each.slug for each in kept}
    return replace(
        seed,
        organisations=kept,
        successions=[
            each for each in seed.successions if {each.from_, each.to} <= slugs
        ],
        responsibilities=[
            each for each in seed.responsibilities if each.organisation in slugs
        ],
    )


def commissioners(seed: Seed) -> dict[str, str]:
    """Who is responsible for each commissioner's area on the sample's day: its slug, by the area's code."""
    return {
        each.area: each.organisation
        for each in seed.responsibilities
        if (each.from_ is None or each.from_ <= AS_OF)
        and (each.to is None or each.to > AS_OF)
    }


def add_inferred(graph: Graph, seed: Seed, places: Places) -> None:
    """The commissioners of the sectors and districts for which the seed's tables have none."""
    parts = {
        "inferred-sector-areas": places.inferred_sectors,
        "inferred-district-areas": places.inferred_districts,
    }
    for table, shares in parts.items():
        node = graph.node("Table", table, slug=table)
        graph.link(
            node,
            "STATED_BY",
            Node("Source", SOURCE),
            certainty="INFERRED",
            derived_from=INFERRED,
            on=AS_OF,
        )
        add_shares(graph, shares, table)
    every = replace(seed, sector_areas=[*seed.sector_areas, *places.inferred_sectors])
    for code, middle in middles_of_areas(every).items():
        graph.nodes[Node("Area", code)]["point"] = middle


def add_numbers(graph: Graph, words: Words, places: Places) -> None:
    """The numbers by which the finder's index knows needs, types and areas (graph_model/reach.py)."""
    for code, number in words.numbers.items():
        label = "ServiceType" if number > len(words.needs) else "Need"
        graph.nodes[Node(label, code)]["number"] = number
    for code, number in places.numbers.items():
        graph.nodes[Node("Area", code)]["number"] = number


def add_renamed(graph: Graph) -> None:
    """Which organisations have an earlier state (graph_model/reach.py)."""
    for link in graph.links:
        if link.type == "WAS" and link.start.label == "Organisation":
            graph.nodes[link.start]["renamed"] = True


def add_ranks(
    graph: Graph, by_area: Mapping[str, str], words: Words, chance: Chance
) -> None:
    """The order of the types: a national one, and some commissioners' own."""
    codes = [each.code for each in words.types]
    for code in codes:
        graph.nodes[Node("ServiceType", code)]["rank"] = 1 + chance.below(MOST_RANKED)
    for organisation in sorted(set(by_area.values())):
        if chance.happens(RANKED_BY):
            for rank, code in enumerate(chance.several(codes, MOST_RANKED), start=1):
                graph.link(
                    Node("Organisation", organisation),
                    "RANKS",
                    Node("ServiceType", code),
                    rank=rank,
                )
