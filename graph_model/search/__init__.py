"""Searches with filters that callers combine: what the doors for standard clients ask."""

from graph_model.search.affiliations import AFFILIATION
from graph_model.search.nouns import ENDPOINT, LOCATION, ORGANISATION, SERVICE
from graph_model.search.pathways import PATHWAY
from graph_model.search.search import Noun

NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (SERVICE, ORGANISATION, LOCATION, AFFILIATION, ENDPOINT, PATHWAY)
}

__all__ = ["NOUNS"]
