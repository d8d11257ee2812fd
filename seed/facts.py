"""What the seed's records say, as one graph."""

from seed.care_facts import (
    add_alliance,
    add_contract,
    add_programme,
    add_service,
)
from seed.graph import Graph
from seed.pathway_facts import add_pathway
from seed.read import Seed
from seed.reference_facts import (
    add_areas,
    add_locations,
    add_organisations,
    add_places,
    add_sources,
    add_tables,
    add_vocabulary,
)


def graph_of_seed(seed: Seed) -> Graph:
    """All that the seed says. Its records are checked: every reference has its record."""
    graph = Graph()
    add_sources(graph, seed)
    add_tables(graph, seed)
    add_organisations(graph, seed)
    add_areas(graph, seed)
    add_places(graph, seed)
    add_vocabulary(graph, seed)
    add_locations(graph, seed)
    for service in seed.services:
        add_service(graph, service)
    for contract in seed.contracts:
        add_contract(graph, contract)
    for alliance in seed.alliances:
        add_alliance(graph, alliance)
    for programme in seed.programmes:
        add_programme(graph, programme)
    for pathway in seed.pathways:
        add_pathway(graph, pathway)
    return graph
