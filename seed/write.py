"""Writing the seed's graph: what it wants is made, what it no longer holds goes.

Whatever the seed writes carries `seeded: true`. So a later seed knows its own, and what
users added stays: a node of an earlier seed on which something of theirs hangs loses its
mark instead of its life.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, LiteralString

from neo4j import AsyncManagedTransaction

from graph_model.database import native
from seed.graph import Graph, Node, Properties

# What is derived from facts is no part of them (graph_model/reach.py).
DERIVED = ("cell", "facts", "serving")

# How many rows travel at once: more gains nothing, and takes memory on both sides.
BATCH = 5000

KEYS = {
    "Source": "slug",
    "Table": "slug",
    "Organisation": "slug",
    "Area": "code",
    "Place": "slug",
    "Location": "slug",
    "ServiceType": "code",
    "Need": "code",
    "ReferrerRole": "code",
    "Service": "slug",
    "Contract": "slug",
    "Alliance": "slug",
    "Programme": "slug",
    "CareModel": "slug",
    "Site": "slug",
    "Milestone": "slug",
    "Pathway": "slug and version",
    "Step": "key",
    "LocalStep": "key",
    "EntryCriterion": "key",
    "Indicator": "key",
    "Post": "key",
    "EarlierState": "key",
}
# A property that is null in the row is one that the node has no longer. One map as the only
# parameter is planned once, whatever is in it (graph_model/database.py).
MERGE_NODES: dict[str, LiteralString] = {
    "slug": """
UNWIND $asked.rows AS row
MERGE (node:$($asked.label) {slug: row.properties.slug})
SET node += row.properties, node.seeded = true
RETURN collect([row.key, elementId(node)]) AS ids
""",
    "code": """
UNWIND $asked.rows AS row
MERGE (node:$($asked.label) {code: row.properties.code})
SET node += row.properties, node.seeded = true
RETURN collect([row.key, elementId(node)]) AS ids
""",
    "key": """
UNWIND $asked.rows AS row
MERGE (node:$($asked.label) {key: row.properties.key})
SET node += row.properties, node.seeded = true
RETURN collect([row.key, elementId(node)]) AS ids
""",
    "slug and version": """
UNWIND $asked.rows AS row
MERGE (node:$($asked.label) {slug: row.properties.slug, version: row.properties.version})
SET node += row.properties, node.seeded = true
RETURN collect([row.key, elementId(node)]) AS ids
""",
}

SEEDED_LINKS = """
MATCH (start)-[link {seeded: true}]->(end)
RETURN elementId(link) AS id, elementId(start) AS start, type(link) AS type,
  elementId(end) AS end, properties(link) AS properties
"""

DELETE_LINKS = """
UNWIND $asked.rows AS id
MATCH ()-[link]->()
WHERE elementId(link) = id
DELETE link
"""

CREATE_LINKS = """
UNWIND $asked.rows AS row
MATCH (start) WHERE elementId(start) = row.start
MATCH (end) WHERE elementId(end) = row.end
CREATE (start)-[link:$(row.type)]->(end)
SET link = row.properties, link.seeded = true
"""

# By their labels: a directory may hold millions of nodes that are nobody's facts (postcodes).
SEEDED_NODES = """
UNWIND $asked.labels AS label
MATCH (node:$(label) {seeded: true})
RETURN collect(DISTINCT elementId(node)) AS ids
"""

# Only a node on which nothing of users hangs is deleted.
DELETE_NODES = """
UNWIND $asked.rows AS id
MATCH (node) WHERE elementId(node) = id
REMOVE node.seeded
WITH node
CALL (node) { MATCH (node)-[derived:MEETS_IN]-() DELETE derived }
WITH node WHERE NOT EXISTS { (node)--() }
DELETE node
"""


# A relationship by its nodes' element ids, its type and its properties.
Fact = tuple[str, str, str, Hashable]


@dataclass
class Written:
    """What a load wrote: how much the seed holds, and how much of that changed."""

    nodes: int
    relationships: int
    nodes_created: int = 0
    nodes_deleted: int = 0
    nodes_left_to_users: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0


async def write_graph(transaction: AsyncManagedTransaction, graph: Graph) -> Written:
    """Make the seed's part of the directory equal to this graph."""
    written = Written(nodes=len(graph.nodes), relationships=len(graph.links))
    ids = await merge_nodes(transaction, graph, written)
    await exchange_links(transaction, graph, ids, written)
    await delete_stale_nodes(transaction, set(ids.values()), written)
    return written


async def merge_nodes(
    transaction: AsyncManagedTransaction, graph: Graph, written: Written
) -> dict[Node, str]:
    """Write the nodes; returns the element id of each."""
    rows: dict[str, list[Properties]] = defaultdict(list)
    for (label, key), properties in graph.nodes.items():
        rows[label].append({"key": key, "properties": properties})
    ids: dict[Node, str] = {}
    for label, of_label in rows.items():
        for batch in batches(of_label):
            asked = {"rows": batch, "label": label}
            result = await transaction.run(MERGE_NODES[KEYS[label]], asked=asked)
            record = await result.single(strict=True)
            ids |= {Node(label, key): id for key, id in record["ids"]}
            written.nodes_created += (await result.consume()).counters.nodes_created
    return ids


async def exchange_links(
    transaction: AsyncManagedTransaction,
    graph: Graph,
    ids: dict[Node, str],
    written: Written,
) -> None:
    """Delete the seed's relationships that it no longer holds, create its new ones."""
    wanted = {
        fact_of(ids[link.start], link.type, ids[link.end], link.properties): link
        for link in graph.links
    }
    stale: list[str] = []
    result = await transaction.run(SEEDED_LINKS)
    async for id, start, type, end, properties in result:
        for name in ("seeded", *DERIVED):
            properties.pop(name, None)
        if wanted.pop(fact_of(start, type, end, native(properties)), None) is None:
            stale.append(id)
    for batch in batches(stale):
        await (await transaction.run(DELETE_LINKS, asked={"rows": batch})).consume()
    new = [
        {
            "start": fact[0],
            "type": fact[1],
            "end": fact[2],
            "properties": link.properties,
        }
        for fact, link in wanted.items()
    ]
    for batch in batches(new):
        await (await transaction.run(CREATE_LINKS, asked={"rows": batch})).consume()
    written.relationships_deleted = len(stale)
    written.relationships_created = len(new)


async def delete_stale_nodes(
    transaction: AsyncManagedTransaction, current: set[str], written: Written
) -> None:
    """Delete the nodes of an earlier seed that this one no longer holds."""
    asked = {"labels": list(KEYS)}
    result = await transaction.run(SEEDED_NODES, asked=asked)
    record = await result.single(strict=True)
    stale = [id for id in record["ids"] if id not in current]
    for batch in batches(stale):
        summary = await (
            await transaction.run(DELETE_NODES, asked={"rows": batch})
        ).consume()
        written.nodes_deleted += summary.counters.nodes_deleted
    written.nodes_left_to_users = len(stale) - written.nodes_deleted


def fact_of(start: str, type: str, end: str, properties: Properties) -> Fact:
    """What makes two relationships the same."""
    values = (
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in sorted(properties.items())
    )
    return start, type, end, tuple(values)


def batches(rows: list[Any]) -> Iterator[list[Any]]:
    """The rows, some thousands at a time."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
