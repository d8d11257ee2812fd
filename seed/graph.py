"""Nodes and relationships: the form in which the seed's facts enter the graph."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from seed.records import (
    Citation,
    EarlierContract,
    EarlierOrganisation,
    EarlierService,
)

Properties = dict[str, Any]


class Node(NamedTuple):
    """A node by its label and the value of its key."""

    label: str
    key: str


class Link(NamedTuple):
    """A relationship between two nodes."""

    start: Node
    type: str
    end: Node
    properties: Properties


@dataclass
class Graph:
    """The nodes and relationships that the seed wants, and the days of its sources."""

    nodes: dict[Node, Properties] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    published: dict[str, date | None] = field(default_factory=dict)

    def node(self, label: str, key: str, /, **properties: Any) -> Node:
        """Take a node in. A property that is None is one that the node has not."""
        node = Node(label, key)
        self.nodes[node] = properties
        return node

    def link(self, start: Node, type: str, end: Node, /, **properties: Any) -> None:
        """Take a relationship in, without the properties that are None."""
        self.links.append(Link(start, type, end, given(properties)))

    def cite(self, node: Node, citations: Iterable[Citation]) -> None:
        """Say who states the node."""
        for citation in citations:
            self.link(
                node,
                "STATED_BY",
                Node("Source", citation.source),
                locator=citation.locator,
                certainty=citation.certainty,
                derived_from=citation.derived_from,
                fields=citation.fields,
                on=self.vouches_on(citation),
            )

    def cited(
        self, own: Sequence[Citation] | None, others: Sequence[Citation], name: str
    ) -> Properties:
        """Who states a relationship, as properties of it: its own citation, or else the
        one of the record's that names the relationship's field, the surest first.
        """
        naming = [each for each in others if name in (each.fields or [])]
        naming.sort(key=lambda citation: citation.certainty != "STATED")
        for citation in [*(own or []), *naming]:
            return {
                "source": citation.source,
                "locator": citation.locator,
                "certainty": citation.certainty,
                "derived_from": citation.derived_from,
                "on": self.vouches_on(citation),
            }
        return {}

    def vouches_on(self, citation: Citation) -> date | None:
        """The day for which the source states the fact: if not said, its publication."""
        return citation.on or self.published[citation.source]


def given(properties: Properties) -> Properties:
    """The properties that have a value."""
    return {name: value for name, value in properties.items() if value is not None}


def last_day(published: str) -> date:
    """The last day of the year, the month or the day that an ISO 8601 date names."""
    year, month, day = [*map(int, published.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def add_earlier(
    graph: Graph,
    node: Node,
    states: Iterable[EarlierOrganisation | EarlierService | EarlierContract],
) -> None:
    """The values that a node had before those of today."""
    for state in states:
        earlier = graph.node(
            "EarlierState",
            key := f"{node.label}/{node.key}/{state.to}",
            key=key,
            **state.model_dump(exclude={"from_", "to"}),
        )
        graph.link(node, "WAS", earlier, **{"from": state.from_, "to": state.to})
