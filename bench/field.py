"""The field on which everything is measured: the samples, their Neo4j, the servers, the cases."""

from __future__ import annotations

from dataclasses import dataclass

import psutil
from neo4j import AsyncDriver

from bench.processes import Running
from bench.questions import Asked
from graph_model.settings import Settings


@dataclass(frozen=True)
class Effort:
    """How long to measure: rounds, seconds of each, cases asked one by one."""

    rounds: int
    seconds: float
    cases: int


FULL = Effort(rounds=4, seconds=5.0, cases=60)
QUICK = Effort(rounds=2, seconds=2.0, cases=20)


@dataclass(frozen=True)
class Graph:
    """A sample in its Neo4j, with a driver on it."""

    services: int
    settings: Settings
    process: psutil.Process
    driver: AsyncDriver


@dataclass(frozen=True)
class Field:
    """What measurements are made on: the full sample, a tenth of it, and who answers on the full one."""

    effort: Effort
    full: Graph
    tenth: Graph
    cases: list[Asked]
    signpost: Running
    route: Running
    peer: Running
