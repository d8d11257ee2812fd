"""Bringing the pathways of a file into the directory: all of them, or none."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph_model.database import DATABASE, native
from seed.add import add_links, add_nodes
from seed.faults import Fault
from seed.files import Entry
from seed.graph import Graph, last_day
from seed.pathway_facts import (
    NOT_CONTENT,
    add_adoption,
    add_pathway,
    fingerprint,
)
from seed.pathway_files import (
    Names,
    PathwayFault,
    names_in_directory,
    read_pathway_file,
)
from seed.pathway_records import Pathway
from seed.records import Source
from seed.reference_facts import add_source

# What may become of a version; what was retired stays so.
FOLLOWS = {
    "DRAFT": {"DRAFT", "PUBLISHED", "RETIRED"},
    "PUBLISHED": {"PUBLISHED", "RETIRED"},
    "RETIRED": {"RETIRED"},
}

# Writing to the node first makes a second import wait until this one is committed.
LOCK_DIRECTORY = """
MERGE (directory:Directory {key: 'directory'})
SET directory.loading = true
REMOVE directory.loading
"""

# Readers who ask for what changed since a moment are told so by the directory's own.
MARK_CHANGED = """
MATCH (directory:Directory)
SET directory.updated = datetime()
"""

VERSIONS_OF_PATHWAYS = """
MATCH (pathway:Pathway)
WHERE pathway.slug IN $asked.slugs
RETURN collect({
  slug: pathway.slug, version: pathway.version, status: pathway.status,
  to: pathway.to, content: pathway.content, seeded: coalesce(pathway.seeded, false),
  adoptions: COLLECT {
    MATCH ()-[adopts:ADOPTS]->(pathway)
    RETURN {content: adopts.content, seeded: coalesce(adopts.seeded, false)}
  }
}) AS row
"""

# The version itself stays, with whatever others hung from it.
EMPTY_VERSION = """
MATCH (pathway:Pathway {slug: $asked.slug, version: $asked.version})
OPTIONAL MATCH (pathway)-[:HAS_STEP|MEASURED_BY]->(part)
OPTIONAL MATCH (part)-[:ENTERED_IF]->(criterion)
DETACH DELETE criterion
WITH DISTINCT pathway, part
DETACH DELETE part
WITH DISTINCT pathway
OPTIONAL MATCH (pathway)-[said:STATED_BY|FOR_NEED]->()
DELETE said
WITH DISTINCT pathway
OPTIONAL MATCH (pathway)<-[owns:OWNS]-()
DELETE owns
"""

END_ADOPTIONS = """
MATCH (pathway:Pathway {slug: $asked.slug, version: $asked.version})
OPTIONAL MATCH ()-[adopts:ADOPTS]->(pathway) WHERE adopts.seeded IS NULL
DELETE adopts
WITH DISTINCT pathway
OPTIONAL MATCH (pathway)-[:HAS_STEP]->()<-[:INSTEAD_OF]-(local)
  WHERE local.seeded IS NULL
OPTIONAL MATCH (local)-[:ENTERED_IF]->(criterion)
DETACH DELETE local, criterion
"""

SET_STATE = """
MATCH (pathway:Pathway {slug: $asked.slug, version: $asked.version})
SET pathway.status = $asked.status, pathway.to = $asked.to
"""


@dataclass(frozen=True)
class Imported:
    """What an import did with each version, in the file's order: one sentence each.

    `nodes` and `relationships` count what was added; `changed` is False where all was there already.
    """

    sentences: list[str]
    changed: bool
    nodes: int
    relationships: int


async def check_pathways(driver: AsyncDriver, path: Path) -> list[str]:
    """What importing the file would do: one sentence a version. Writes nothing.

    Raises PathwayFault with every fault, and OSError.
    """
    names = await names_in_directory(driver)
    records = read_pathway_file(path, names)
    async with driver.session(database=DATABASE) as session:
        found = await session.execute_read(versions_of, records.pathways)
    changes = changes_of(records.sources, records.pathways, names, found)
    return [change.sentence for change in changes]


async def import_pathways(driver: AsyncDriver, path: Path) -> Imported:
    """Bring the file's pathways into the directory, in one transaction.

    A second import of the same file changes nothing. Raises PathwayFault with every fault, and
    OSError; then nothing was written.
    """
    names = await names_in_directory(driver)
    records = read_pathway_file(path, names)

    async def work(transaction: AsyncManagedTransaction) -> Imported:
        await (await transaction.run(LOCK_DIRECTORY)).consume()
        found = await versions_of(transaction, records.pathways)
        changes = changes_of(records.sources, records.pathways, names, found)
        graph = graph_of_changes(changes, records.sources, names)
        for change in changes:
            await make_room(transaction, change)
        nodes = await add_nodes(transaction, graph)
        relationships = await add_links(transaction, graph)
        changed = nodes > 0 or any(each.kind != "UNCHANGED" for each in changes)
        if changed:
            await (await transaction.run(MARK_CHANGED)).consume()
        sentences = [change.sentence for change in changes]
        return Imported(sentences, changed, nodes, relationships)

    async with driver.session(database=DATABASE) as session:
        return await session.execute_write(work)


Found = dict[tuple[str, int], Any]


async def versions_of(
    transaction: AsyncManagedTransaction, pathways: list[tuple[Entry, Pathway]]
) -> Found:
    """What the directory holds of these pathways, by slug and version."""
    slugs = sorted({pathway.slug for _, pathway in pathways})
    result = await transaction.run(VERSIONS_OF_PATHWAYS, asked={"slugs": slugs})
    record = await result.single(strict=True)
    return {(row["slug"], row["version"]): native(row) for row in record["row"]}


@dataclass(frozen=True)
class Change:
    """What becomes of one version: NEW, REPLACED, UPDATED or UNCHANGED, and a sentence on it.

    `seeds` are the sums of the adoptions that the seed wrote, which stay as they are.
    """

    kind: str
    pathway: Pathway
    sentence: str
    seeds: frozenset[str] = frozenset()


def changes_of(
    sources: list[tuple[Entry, Source]],
    pathways: list[tuple[Entry, Pathway]],
    names: Names,
    found: Found,
) -> list[Change]:
    """What an import does with each version. Raises PathwayFault where it may not."""
    faults = set(changed_sources(sources, names))
    changes: list[Change] = []
    for entry, pathway in pathways:
        newest = max((v for slug, v in found if slug == pathway.slug), default=0)
        there = found.get((pathway.slug, pathway.version))
        change = change_of(entry, pathway, there, newest)
        if isinstance(change, Fault):
            faults.add(change)
        else:
            changes.append(change)
    if faults:
        raise PathwayFault(faults)
    return changes


def changed_sources(sources: list[tuple[Entry, Source]], names: Names) -> list[Fault]:
    """Sources that the directory knows otherwise."""
    faults: list[Fault] = []
    for entry, source in sources:
        there = names.sources.get(source.slug)
        for field, value in source.model_dump().items():
            if there and there[field] != value:
                known = f"the directory has {there[field]!r}"
                allowed = f"{known}; say the same, or give the source another slug"
                faults.append(entry.fault((field,), f"{value!r}", allowed))
    return faults


def change_of(
    entry: Entry, pathway: Pathway, there: Any, newest: int
) -> Change | Fault:
    """What becomes of a version, given what the directory holds of it."""
    name = f"{pathway.slug}, version {pathway.version}"
    status = pathway.status.lower()
    if there is None:
        return Change("NEW", pathway, f"{name}: new, {status}.")
    if pathway.status not in FOLLOWS[there["status"]]:
        return entry.fault(
            ("status",),
            f"{pathway.status}, and the directory's is {there['status']}",
            f"what is {there['status'].lower()} does not go back: give it version "
            f"{newest + 1}",
        )
    same = fingerprint(pathway, NOT_CONTENT) == there["content"]
    if not same and (there["status"] != "DRAFT" or there["seeded"]):
        return entry.fault(
            ("version",),
            f"{name} is {there['status'].lower()} and says something else",
            f"a published version does not change: give the changed one version "
            f"{newest + 1}",
        )
    if not same:
        return Change("REPLACED", pathway, f"{name}: the draft is replaced, {status}.")
    changed = what_changes(pathway, there)
    if not changed:
        return Change("UNCHANGED", pathway, f"{name}: nothing to change.")
    return Change("UPDATED", pathway, f"{name}: {', '.join(changed)}.", seeds_of(there))


def what_changes(pathway: Pathway, there: Any) -> list[str]:
    """What is new about a version whose content is the same, in words."""
    words: list[str] = []
    if pathway.status != there["status"]:
        words.append(f"now {pathway.status.lower()}")
    if pathway.to != there["to"]:
        words.append(f"now until {pathway.to or 'a day that is not known'}")
    mine = {fingerprint(each, set()) for each in pathway.adopted_by}
    theirs = {each["content"] for each in there["adoptions"]}
    seeds = seeds_of(there)
    if mine - theirs:
        words.append(counted(len(mine - theirs), "adoption", "new"))
    if theirs - mine - seeds:
        words.append(counted(len(theirs - mine - seeds), "adoption", "ended"))
    return words


def seeds_of(there: Any) -> frozenset[str]:
    """The sums of the adoptions that the seed wrote."""
    return frozenset(each["content"] for each in there["adoptions"] if each["seeded"])


def counted(number: int, noun: str, state: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'} {state}"


def graph_of_changes(
    changes: list[Change], sources: list[tuple[Entry, Source]], names: Names
) -> Graph:
    """What is to be written."""
    graph = Graph()
    for slug, source in names.sources.items():
        graph.published[slug] = source["published"] and last_day(source["published"])
    for _, source in sources:
        if source.slug not in names.sources:
            add_source(graph, source)
    for change in changes:
        if change.kind in ("NEW", "REPLACED"):
            add_pathway(graph, change.pathway)
        elif change.kind == "UPDATED":
            for adoption in change.pathway.adopted_by:
                if fingerprint(adoption, set()) not in change.seeds:
                    add_adoption(graph, change.pathway, adoption)
    return graph


async def make_room(transaction: AsyncManagedTransaction, change: Change) -> None:
    """Take away what the change puts something else in place of."""
    asked = change.pathway.model_dump(include={"slug", "version", "status", "to"})
    if change.kind in ("REPLACED", "UPDATED"):
        await (await transaction.run(END_ADOPTIONS, asked=asked)).consume()
    if change.kind == "REPLACED":
        await (await transaction.run(EMPTY_VERSION, asked=asked)).consume()
    if change.kind == "UPDATED":
        await (await transaction.run(SET_STATE, asked=asked)).consume()
