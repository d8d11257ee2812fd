"""Writing the whole sample."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bench.national.cards import FilesWithCards
from bench.national.care import (
    a_month,
    care_of,
    write_contracts,
    write_endpoints,
    write_providers,
)
from bench.national.chance import Weighted
from bench.national.derived import derived
from bench.national.files import Files
from bench.national.pathways import write_pathways
from bench.national.places import places_of
from bench.national.reference import commissioners, reference
from bench.national.sample import Sample
from bench.national.service_rows import write_location, write_reach, write_service
from bench.national.services import Ground, Service, services
from bench.national.words import words_of
from seed.graph import Graph
from seed.load import SEED
from seed.read import Seed, read_seed


def write_sample(sample: Sample, folder: Path) -> Mapping[str, int]:
    """Write the sample's files into a new folder; returns how many nodes and relationships there are of each kind.

    The same sample gives the same bytes.
    """
    seed = read_seed(SEED)
    places = places_of(seed)
    words = words_of(seed, sample.chance("words"))
    graph = reference(sample, seed, places, words)
    by_area = commissioners(seed)
    weights = [(sector, float(sector.postcodes)) for sector in places.sectors]
    areas = Weighted([(sector.area, weight) for sector, weight in weights])
    care = care_of(sample, places, areas)
    practices = practices_by_area(seed, by_area)
    ground = Ground(places, Weighted(weights), words, care, by_area, practices)
    procured = {each.contract for each in drawn(sample, ground) if each.contract}
    with FilesWithCards(folder) as files:
        files.graph(graph)
        write_providers(files, sample, care)
        write_endpoints(files, sample, care)
        ends = write_contracts(files, sample, places, care, by_area, procured)
        write_services(files, sample, ground, graph, ends)
        write_pathways(files, words, by_area, sample.chance("pathways"))
    return files.counts


def practices_by_area(seed: Seed, by_area: Mapping[str, str]) -> dict[str, list[str]]:
    """The ODS codes of the GP practices of each commissioner, by its area."""
    areas = {organisation: area for area, organisation in by_area.items()}
    practices: dict[str, list[str]] = defaultdict(list)
    for each in seed.organisations:
        area = areas.get(each.commissioned_by or "")
        if each.kind == "GP_PRACTICE" and each.ods_code and area:
            practices[area].append(each.ods_code)
    return practices


def drawn(sample: Sample, ground: Ground) -> Iterator[Service]:
    """The services of the sample: the same each time that they are drawn."""
    return services(ground, sample.services, sample.chance("services"))


def write_services(
    files: Files,
    sample: Sample,
    ground: Ground,
    graph: Graph,
    ends: Mapping[str, date],
) -> None:
    """Write the services and their locations. `ends` tells when each contract ends that does."""
    names = {each.code: each.name for each in ground.words.types}
    numbers = {**ground.words.numbers, **ground.places.numbers}
    middles = {
        node.key: properties["point"]
        for node, properties in graph.nodes.items()
        if node.label == "Area" and properties["point"] is not None
    }
    chance = sample.chance("what is said of services")
    located: set[str] = set()
    for number, service in enumerate(drawn(sample, ground), start=1):
        if service.location and service.location.slug not in located:
            located.add(service.location.slug)
            write_location(files, service.location, chance)
        on = a_month(chance)
        reach = {**derived(service, numbers, ends, on), "number": number}
        write_service(files, service, names[service.type], reach, on)
        write_reach(files, service, reach, numbers, middles)
