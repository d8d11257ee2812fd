"""Pathways as facts of the graph (docs/graph.md)."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from graph_model.pathway_shape import kind_of
from seed.care_facts import add_indicators
from seed.graph import Graph, Node
from seed.pathway_records import (
    Adoption,
    EntryCriterion,
    LocalStep,
    Pathway,
    Step,
    Transition,
)
from seed.records import Citation, Record

# What may change of a version that is published: it is adopted, it ends, it is retired.
NOT_CONTENT = {"adopted_by", "status", "to"}


def add_pathway(graph: Graph, pathway: Pathway) -> None:
    key = key_of(pathway)
    node = graph.node(
        "Pathway",
        key,
        **pathway.model_dump(include={"slug", "name", "version", "status"}),
        **{"from": pathway.from_, "to": pathway.to},
        content=fingerprint(pathway, NOT_CONTENT),
    )
    graph.cite(node, pathway.stated_by)
    add_indicators(graph, node, pathway.indicators)
    for need in pathway.needs:
        graph.link(node, "FOR_NEED", Node("Need", need))
    for owner in pathway.owners:
        graph.link(Node("Organisation", owner), "OWNS", node)
    for position, step in enumerate(pathway.steps, start=1):
        taken = add_step(graph, pathway, step)
        graph.link(node, "HAS_STEP", taken, position=position)
    for adoption in pathway.adopted_by:
        add_adoption(graph, pathway, adoption)


def key_of(pathway: Pathway) -> str:
    """The slug and version as one key: `falls-at-home/1`."""
    return f"{pathway.slug}/{pathway.version}"


def fingerprint(record: Record, without: set[str]) -> str:
    """The SHA-256 of what a record says; equal words make equal sums."""
    values = record.model_dump(mode="json", exclude=without)
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def add_step(graph: Graph, pathway: Pathway, step: Step) -> Node:
    values = step.model_dump(include={"slug", "name", "stage", "exit"})
    key = f"{key_of(pathway)}/{step.slug}"
    node = graph.node("Step", key, key=key, **values)
    graph.cite(node, step.stated_by)
    graph.link(node, "CALLS_FOR", Node("ServiceType", step.service_type))
    for need in step.needs:
        graph.link(node, "FOR_NEED", Node("Need", need))
    add_transitions(graph, pathway, node, step.next, step.stated_by)
    add_criteria(graph, node, step.entry_criteria)
    return node


def add_transitions(
    graph: Graph,
    pathway: Pathway,
    node: Node,
    ways: Iterable[Transition],
    citations: list[Citation],
) -> None:
    for position, way in enumerate(ways, start=1):
        graph.link(
            node,
            "THEN",
            Node("Step", f"{key_of(pathway)}/{way.to}"),
            position=position,
            **way.model_dump(include={"condition", "urgency", "within_minutes"}),
            **graph.cited(way.stated_by, citations, "next"),
        )


def add_criteria(graph: Graph, node: Node, criteria: Iterable[EntryCriterion]) -> None:
    for position, criterion in enumerate(criteria, start=1):
        values = criterion.model_dump()
        linked = {
            "FOR_NEED": ("Need", values.pop("needs")),
            "IN_AREA": ("Area", values.pop("areas")),
            "REGISTERED_WITH": ("Organisation", values.pop("registered_with")),
        }
        values["kind"] = kind_of(criterion.model_dump())
        key = f"{node.key}/{position}"
        entered = graph.node("EntryCriterion", key, key=key, **values)
        graph.link(node, "ENTERED_IF", entered, position=position)
        for type, (label, names) in linked.items():
            for name in names:
                graph.link(entered, type, Node(label, name))


def add_adoption(graph: Graph, pathway: Pathway, adoption: Adoption) -> None:
    """Who adopts the pathway, and the steps that it runs otherwise."""
    adopter = Node("Organisation", adoption.organisation)
    graph.link(
        adopter,
        "ADOPTS",
        Node("Pathway", key_of(pathway)),
        **{"from": adoption.from_, "to": adoption.to},
        content=fingerprint(adoption, set()),
        **graph.cited(adoption.stated_by, pathway.stated_by, "adopted_by"),
    )
    for local in adoption.steps:
        graph.link(
            adopter,
            "LOCALISES",
            add_local_step(graph, pathway, adoption, local),
            **{"from": adoption.from_, "to": adoption.to},
        )


def add_local_step(
    graph: Graph, pathway: Pathway, adoption: Adoption, local: LocalStep
) -> Node:
    """What a commissioner does otherwise; `replaces` names what is not as in the step itself."""
    step = f"{key_of(pathway)}/{local.slug}"
    replaces = local.model_dump(exclude={"slug", "stated_by"}, exclude_none=True)
    key = f"{step}/{adoption.organisation}/{adoption.from_}"
    values: dict[str, Any] = {"name": local.name, "exit": local.exit}
    node = graph.node("LocalStep", key, key=key, replaces=sorted(replaces), **values)
    graph.link(node, "INSTEAD_OF", Node("Step", step))
    graph.cite(node, local.stated_by)
    if local.service_type:
        graph.link(node, "CALLS_FOR", Node("ServiceType", local.service_type))
    for need in local.needs or []:
        graph.link(node, "FOR_NEED", Node("Need", need))
    add_transitions(graph, pathway, node, local.next or [], local.stated_by)
    add_criteria(graph, node, local.entry_criteria or [])
    return node
