"""Adding to the directory what a user's file says, beside what is there.

What users add carries no mark of the seed's, so no later seed deletes it (write.py).
"""

from collections import defaultdict
from typing import LiteralString

from neo4j import AsyncManagedTransaction

from seed.graph import Graph, Link, Node, Properties, given
from seed.write import KEYS, batches

ADD_NODES: dict[str, LiteralString] = {
    "slug": """
UNWIND $asked.rows AS row
MERGE (node:$($asked.label) {slug: row.slug})
SET node += row
""",
    "key": """
UNWIND $asked.rows AS row
MERGE (node:$($asked.label) {key: row.key})
SET node += row
""",
    "slug and version": """
UNWIND $asked.rows AS row
MERGE (node:$($asked.label) {slug: row.slug, version: row.version})
SET node += row
""",
}

FIND_NODES: dict[str, LiteralString] = {
    "slug": """
UNWIND $asked.keys AS key
MATCH (node:$($asked.label) {slug: key})
RETURN collect([key, elementId(node)]) AS ids
""",
    "code": """
UNWIND $asked.keys AS key
MATCH (node:$($asked.label) {code: key})
RETURN collect([key, elementId(node)]) AS ids
""",
    "key": """
UNWIND $asked.keys AS key
MATCH (node:$($asked.label) {key: key})
RETURN collect([key, elementId(node)]) AS ids
""",
    "slug and version": """
UNWIND $asked.keys AS key
MATCH (node:$($asked.label) {
  slug: split(key, '/')[0], version: toInteger(split(key, '/')[1])
})
RETURN collect([key, elementId(node)]) AS ids
""",
}

ADD_LINKS = """
UNWIND $asked.rows AS row
MATCH (start) WHERE elementId(start) = row.start
MATCH (end) WHERE elementId(end) = row.end
CREATE (start)-[link:$(row.type)]->(end)
SET link = row.properties
"""


async def add_nodes(transaction: AsyncManagedTransaction, graph: Graph) -> int:
    """Write the graph's nodes; returns how many there are."""
    rows: dict[str, list[Properties]] = defaultdict(list)
    for node, properties in graph.nodes.items():
        rows[node.label].append(given(properties))
    for label, of_label in rows.items():
        for batch in batches(of_label):
            asked = {"rows": batch, "label": label}
            await (await transaction.run(ADD_NODES[KEYS[label]], asked=asked)).consume()
    return len(graph.nodes)


async def add_links(transaction: AsyncManagedTransaction, graph: Graph) -> int:
    """Write the graph's relationships, to nodes that are there; returns how many there are."""
    ids = await ids_of_ends(transaction, graph.links)
    rows = [
        {
            "start": ids[link.start],
            "type": link.type,
            "end": ids[link.end],
            "properties": link.properties,
        }
        for link in graph.links
    ]
    for batch in batches(rows):
        await (await transaction.run(ADD_LINKS, asked={"rows": batch})).consume()
    return len(rows)


async def ids_of_ends(
    transaction: AsyncManagedTransaction, links: list[Link]
) -> dict[Node, str]:
    """The element id of each node that the relationships begin or end at."""
    keys: dict[str, set[str]] = defaultdict(set)
    for link in links:
        for node in (link.start, link.end):
            keys[node.label].add(node.key)
    ids: dict[Node, str] = {}
    for label, of_label in keys.items():
        asked = {"label": label, "keys": sorted(of_label)}
        result = await transaction.run(FIND_NODES[KEYS[label]], asked=asked)
        record = await result.single(strict=True)
        ids |= {Node(label, key): id for key, id in record["ids"]}
    return ids
