"""The sample as files of Neo4j's offline import: one for each label, and each kind of relationship."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from neo4j.spatial import CartesianPoint, WGS84Point

from seed.graph import Graph, Node

Properties = Mapping[str, Any]
NONE: Properties = MappingProxyType({})
# Writes a row: a node's id or a relationship's two, and the properties.
Write = Callable[[tuple[str, ...], Properties], None]

BETWEEN_ITEMS = ";"

# What is not text, wherever it stands.
TYPES = {
    "as_of": "date",
    "capacity_resets_at": "datetime",
    "capacity_updated_at": "datetime",
    "cell": "point{crs:cartesian-3D}",
    "closed": "date",
    "emergency": "boolean",
    "exit": "boolean",
    "facts": "long",
    "end": "date",
    "from": "date",
    "historical": "boolean",
    "last_verified": "date",
    "lead": "boolean",
    "max_age_days": "long",
    "min_age_days": "long",
    "number": "long",
    "on": "date",
    "opened": "date",
    "point": "point{crs:WGS-84}",
    "population": "long",
    "position": "long",
    "postcodes": "long",
    "rank": "long",
    "renamed": "boolean",
    "retrieved": "date",
    "serving": "long",
    "share": "double",
    "start": "date",
    "to": "date",
    "value_gbp": "double",
    "version": "long",
    "within_minutes": "long",
}
LISTS = {
    "Location.address",  # an endpoint has one that is no list
    "aliases",
    "facts",
    "fields",
    "gp_practices",
    "name_keys",
    "opening",
    "payload_mime_types",
    "payload_types",
    "phrases",
    "referrers",
    "serving",
    "sexes",
    "synonyms",
    "within_keys",
}

# The properties of each label and of each kind of relationship, in the order of the columns.
NODES = {
    "Directory": "key as_of historical seed",
    "Source": "slug title publisher url published retrieved licence",
    "Table": "slug",
    "Organisation": "slug ods_code name kind opened closed aliases renamed",
    "EarlierState": "key name kind status",
    "Area": "code name kind point postcodes table number",
    "Place": "slug name aliases name_keys within_keys district population point table",
    "ReferrerRole": "code",
    "ServiceType": "code name number rank",
    "Need": "code name synonyms phrases emergency number",
    "Location": "slug name address postcode point",
    "Service": "slug name status reach telephone ages min_age_days max_age_days sexes accepts "
    "gp_registration gp_practices how_to_refer opening opened closed last_verified "
    "capacity capacity_updated_at capacity_resets_at point serving facts card number",
    "Endpoint": "slug name status connection address payload_types payload_mime_types from to",
    "Contract": "slug title status start start_precision end end_precision value_gbp",
    "Alliance": "slug name",
    "Pathway": "slug name version status from to",
    "Step": "key slug name stage exit",
    "EntryCriterion": "key text kind min_age_days max_age_days sexes referrers",
    "Indicator": "key name measure target",
}
CITED = "source locator certainty derived_from on"
LINKS = {
    "STATED_BY": "locator certainty derived_from fields on",
    "WAS": "from to",
    "COMMISSIONED_BY": CITED,
    "SUCCEEDED_BY": f"{CITED} kind",
    "RESPONSIBLE_FOR": f"from to {CITED}",
    "WITHIN": f"share postcodes table {CITED}",
    "NARROWER_THAN": "",
    "RANKS": "rank",
    "OF_TYPE": "cell facts serving",
    "MEETS": "cell facts serving",
    "MEETS_IN": "number cell facts serving",
    "DELIVERED_AT": "",
    "SERVES": "rule",
    "ACCEPTS_FROM": "",
    "HAS_ENDPOINT": "",
    "REFERS_ON_TO": "",
    "PROVIDES": "from to",
    "COMMISSIONS": "lead",
    "HOLDS": "role",
    "PROCURES": "",
    "BOUND_BY": "",
    "MEMBER_OF": "from to",
    "FOR_NEED": "",
    "ADOPTS": "from to",
    "HAS_STEP": "position",
    "CALLS_FOR": "",
    "THEN": "position condition within_minutes",
    "ENTERED_IF": "position",
    "MEASURED_BY": "",
}


class Files:
    """The files of a sample, open for writing; `counts` tells what they hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stack = ExitStack()
        self.nodes: dict[str, Write] = {}
        self.links: dict[tuple[str, str, str], Write] = {}
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.close()

    def node(self, label: str, id: str, properties: Properties) -> None:
        """Write a node. Raises KeyError for a property that its label has not got."""
        if label not in self.nodes:
            self.nodes[label] = self.opened(label, [f":ID({label})"], NODES[label])
        self.nodes[label]((id,), properties)
        self.counts[label] += 1

    def link(
        self, start: Node, type: str, end: Node, properties: Properties = NONE
    ) -> None:
        """Write a relationship. Raises KeyError for a property that its type has not got."""
        kind = (start.label, type, end.label)
        if kind not in self.links:
            ends = [f":START_ID({start.label})", f":END_ID({end.label})"]
            self.links[kind] = self.opened("-".join(kind), ends, LINKS[type])
        self.links[kind]((start.key, end.key), properties)
        self.counts[type] += 1

    def graph(self, graph: Graph) -> None:
        """Write all of a graph."""
        for node, properties in graph.nodes.items():
            self.node(node.label, node.key, properties)
        for link in graph.links:
            self.link(link.start, link.type, link.end, link.properties)

    def opened(self, name: str, ids: list[str], properties: str) -> Write:
        """Begin a file; what it returns writes a row of it."""
        columns = properties.split()
        known = frozenset(columns)
        file = self.stack.enter_context(
            (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
        )
        write_row = csv.writer(file, lineterminator="\n").writerow
        write_row([*ids, *(header(name, each) for each in columns)])

        def write(ids: tuple[str, ...], properties: Properties) -> None:
            if not properties.keys() <= known:
                raise KeyError(f"{name} has no {properties.keys() - known}")
            write_row([*ids, *[written(properties.get(each)) for each in columns]])

        return write


def header(label: str, name: str) -> str:
    """A column's name and type."""
    is_list = name in LISTS or f"{label}.{name}" in LISTS
    return f"{name}:{TYPES.get(name, 'string')}{'[]' if is_list else ''}"


def written(value: Any) -> Any:
    """A value as the import reads it; None is an empty cell."""
    write = WRITTEN.get(type(value))
    return write(value) if write else value


def of_list(items: list[str] | list[int]) -> str:
    """The items in one cell. Raises ValueError for one that would be read as two."""
    words = [str(item) for item in items]
    if any(BETWEEN_ITEMS in word for word in words):
        raise ValueError(f"{items} has an item with a {BETWEEN_ITEMS!r}")
    return BETWEEN_ITEMS.join(words)


def of_place(point: WGS84Point) -> str:
    return f"{{latitude:{point.latitude:.6f},longitude:{point.longitude:.6f}}}"


def of_cell(point: CartesianPoint) -> str:
    return f"{{x:{point.x:.6f},y:{point.y:.6f},z:{point.z}}}"


WRITTEN: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "true" if value else "false",
    datetime: datetime.isoformat,
    list: of_list,
    WGS84Point: of_place,
    CartesianPoint: of_cell,
}
