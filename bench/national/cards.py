"""The services' cards (graph_model/service_cards.py), so that the import can bring them along.

A test holds them against what the directory itself derives.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.national.files import NONE, Files, Properties
from graph_model.service_cards import Links, by_end_and_kind, card_of
from seed.graph import Node

# The values of a card, in its order.
SERVICE = [
    "slug",
    "name",
    "status",
    "reach",
    "ods_code",
    "telephone",
    "website",
    "ages",
    "min_age_days",
    "max_age_days",
    "sexes",
    "accepts",
    "gp_registration",
    "gp_practices",
    "eligibility_notes",
    "how_to_refer",
    "opening",
    "opened_precision",
    "closed_precision",
    "identifier_systems",
    "identifier_values",
    "opened",
    "closed",
    "last_verified",
]
ORGANISATION = ["slug", "ods_code", "name", "kind", "opened", "closed", "aliases"]
SOURCE = ["slug", "title", "publisher", "url", "published", "retrieved"]
CONTRACT = [
    "slug",
    "title",
    "area",
    "status",
    "value_gbp",
    "start_precision",
    "end_precision",
    "start",
    "end",
]
CITED = ["source", "locator", "certainty", "derived_from", "fields", "on"]

# What is told of a link: of the node at its other end, or of the link itself.
OTHER_END = {
    "OF_TYPE": ["code", "name", "rank"],
    "HOLDS": ["slug"],
    "BOUND_BY": ["slug", "name"],
    "MEETS": ["number"],
    "ACCEPTS_FROM": ["code"],
    "PROCURES": CONTRACT,
}
OF_CONTRACTS = {"COMMISSIONS", "HOLDS", "BOUND_BY", "STATED_BY"}


class FilesWithCards(Files):
    """The files of a sample. A service's node is written, with its card, once all that hangs from it has been.

    So its links follow it, before the next service; and what they name, contracts with all theirs, is written before.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.told: dict[Node, Properties] = {}
        self.names: dict[str, list[list[Any]]] = {}  # earlier ones, of organisations
        self.contract_rows: list[list[Any]] = []
        self.contract_links: dict[str, Links] | None = None
        self.organisations: dict[str, list[Any]] = {}
        self.sources: dict[str, list[Any]] = {}
        self.service: Properties | None = None
        self.rows: list[list[Any]] = []

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.write_service()
        super().__exit__(kind, error, trace)

    def node(self, label: str, id: str, properties: Properties) -> None:
        if label == "Service":
            self.write_service()
            self.service = properties
            return
        self.told[Node(label, id)] = properties
        super().node(label, id, properties)

    def link(
        self, start: Node, type: str, end: Node, properties: Properties = NONE
    ) -> None:
        super().link(start, type, end, properties)
        if start.label == "Service":
            self.tell(self.rows, start, type, end, properties)
        elif end.label == "Service":
            self.tell(self.rows, end, type, start, properties)
        elif type in OF_CONTRACTS and "Contract" in (start.label, end.label):
            near, other = (start, end) if start.label == "Contract" else (end, start)
            self.tell(self.contract_rows, near, type, other, properties)
        elif type == "WAS":
            period = values_of(properties, ["from", "to"])
            state = values_of(self.told[end], ["name", "kind"])
            self.names.setdefault(start.key, []).append(period + state)

    def tell(
        self,
        rows: list[list[Any]],
        near: Node,
        type: str,
        other: Node,
        link: Properties,
    ) -> None:
        """Note what a card tells of a link, if it does."""
        if type in OTHER_END:
            values = values_of(self.told[other], OTHER_END[type])
        elif type == "DELIVERED_AT":
            place = self.told[other]
            values = values_of(place, ["slug", "name", "postcode", "address"])
            values += [place["point"].latitude, place["point"].longitude]
        elif type == "PROVIDES":
            values = [*values_of(link, ["from", "to"]), other.key]
        elif type == "SERVES":
            area = values_of(self.told[other], ["code", "name", "kind"])
            values = [*area, link["rule"], *values_of(link, CITED)]
        elif type == "COMMISSIONS":
            values = [other.key, link["lead"], *values_of(link, CITED)]
        elif type == "STATED_BY":
            values = [other.key, *values_of(link, CITED[1:])]
        else:
            return
        rows.append([near.key, type, *values])

    def write_service(self) -> None:
        """Write the service that waits for its links, if any."""
        if self.service is None:
            return
        if self.contract_links is None:
            self.contract_links = by_end_and_kind(self.contract_rows)
            self.tell_of_nodes()
        values = values_of(self.service, SERVICE)
        slug = values[0]
        links = by_end_and_kind(self.rows)[slug]
        card = card_of(
            values, links, self.contract_links, self.organisations, self.sources
        )
        super().node("Service", slug, {**self.service, "card": card})
        self.service, self.rows = None, []

    def tell_of_nodes(self) -> None:
        """What cards tell of organisations and sources, by slug."""
        for node, properties in self.told.items():
            if node.label == "Organisation":
                earlier = sorted(self.names.get(node.key, []), key=repr)
                self.organisations[node.key] = [
                    *values_of(properties, ORGANISATION),
                    earlier,
                ]
            elif node.label == "Source":
                self.sources[node.key] = values_of(properties, SOURCE)


def values_of(properties: Properties, names: Sequence[str]) -> list[Any]:
    """The values as the graph gives them back: an empty list is not stored, and a card has dates as texts."""
    values = [properties.get(name) for name in names]
    return [
        value.isoformat() if isinstance(value, date) else None if value == [] else value
        for value in values
    ]
