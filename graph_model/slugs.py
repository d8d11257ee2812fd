"""A service's slug that is not in the directory, and the slugs that it may have been meant for."""

import re
from typing import LiteralString

from neo4j import AsyncDriver
from rapidfuzz import fuzz, process

from graph_model.database import read
from graph_model.errors import ServiceNotFound

LONGEST_SHOWN = 80

# Slugs are made of names, so the index of names finds those that share a word, misspelt or not.
SLUGS_LIKE: LiteralString = """
CALL db.index.fulltext.queryNodes('services_by_words', $asked.words, {limit: 50})
YIELD node AS service
RETURN service.slug AS row
"""


async def service_not_found(driver: AsyncDriver, slug: str) -> ServiceNotFound:
    """The error for a slug that no service has; it names the nearest slug, where one is near."""
    words = re.findall(r"[a-z0-9]+", slug.lower())[:12]
    fuzzy = " ".join(f"{word} {word}~" for word in words)
    like = await read(driver, SLUGS_LIKE, words=fuzzy) if words else []
    nearest = process.extractOne(slug.lower(), like, scorer=fuzz.ratio, score_cutoff=50)
    meant = f" Did you mean {nearest[0]!r}?" if nearest else ""
    return ServiceNotFound(
        f"The directory has no service with the slug {slug[:LONGEST_SHOWN]!r}.{meant} "
        "services(matching: …) finds services by their names."
    )
