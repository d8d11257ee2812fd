"""Searches with filters that callers combine: what the doors for standard clients ask."""

from graph_model.search.affiliations import AFFILIATION
from graph_model.search.endpoints import ENDPOINT
from graph_model.search.locations import LOCATION
from graph_model.search.noun import Noun
from graph_model.search.organisations import ORGANISATION
from graph_model.search.pathways import PATHWAY
from graph_model.search.services import SERVICE

NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (SERVICE, ORGANISATION, LOCATION, AFFILIATION, ENDPOINT, PATHWAY)
}

__all__ = ["NOUNS"]
