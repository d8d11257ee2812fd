"""The slugs that begin and end in some way, for ids that tell no more of them."""

from typing import LiteralString

from neo4j import AsyncDriver

from graph_model.database import read

SLUGS: dict[str, LiteralString] = {
    "service": """
MATCH (node:Service)
WHERE node.slug STARTS WITH $asked.head AND node.slug ENDS WITH $asked.tail
RETURN node.slug AS row
""",
    "organisation": """
MATCH (node:Organisation)
WHERE node.slug STARTS WITH $asked.head AND node.slug ENDS WITH $asked.tail
RETURN node.slug AS row
""",
}


async def slugs_between(
    driver: AsyncDriver, noun: str, head: str, tail: str
) -> list[str]:
    """The slugs of services or organisations with this beginning and end."""
    return await read(driver, SLUGS[noun], head=head, tail=tail)
