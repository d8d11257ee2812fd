"""Rounds in which competitors take turns, so that what slows the machine slows them all."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import orjson
import psutil

from bench.client import Job, Sample
from bench.others import MOST_OF_OTHERS, Others
from bench.processes import Running
from signpost.errors import StartError

TRIES = 3  # at a sample during which others were busy


@dataclass(frozen=True)
class Competitor:
    """A server, and the bodies that it is asked with, one after the other; with `gets`, addresses to get."""

    name: str
    server: Running
    bodies: list[str]
    gets: bool = False


@dataclass(frozen=True)
class Score:
    """One competitor's part of one round. `others` is what other programs took of the machine, 0 to 1."""

    per_second: float
    p50: float
    p99: float
    others: float


class WrongAnswers(StartError):
    """A competitor failed at what it was asked, so that its speed says nothing."""


async def rounds(
    competitors: Sequence[Competitor],
    neo4j: psutil.Process,
    *,
    connections: int,
    seconds: float,
    count: int,
) -> dict[str, list[Score]]:
    """So many rounds; in each, everybody is asked for so many seconds, with another one first.

    Raises WrongAnswers.
    """
    scores: dict[str, list[Score]] = {each.name: [] for each in competitors}
    ours = [neo4j, *(each.server.process for each in competitors)]
    for number in range(count):
        first = number % len(competitors)
        for each in [*competitors[first:], *competitors[:first]]:
            scores[each.name].append(await score(each, ours, connections, seconds))
    return scores


async def score(
    competitor: Competitor,
    ours: Sequence[psutil.Process],
    connections: int,
    seconds: float,
) -> Score:
    """Ask for so long, and again while others are busy; the quietest of the tries."""
    tries: list[Score] = []
    while len(tries) < TRIES:
        others = Others(ours)
        sample = await asked_by_a_client(competitor, connections, seconds)
        if sample.failures or not sample.milliseconds:
            raise WrongAnswers(
                f"{competitor.name} failed at {sample.failures} of "
                f"{len(sample.milliseconds)} requests."
            )
        share = others.share(sample.cpu_seconds)
        tries.append(scored(sample, share))
        if share <= MOST_OF_OTHERS:
            break
    return min(tries, key=lambda each: each.others)


async def asked_by_a_client(
    competitor: Competitor, connections: int, seconds: float
) -> Sample:
    """Ask from a process of its own."""
    server = competitor.server
    job = Job(
        server.port,
        server.path,
        competitor.bodies,
        connections,
        seconds,
        competitor.gets,
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.client",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        output, _ = await process.communicate(orjson.dumps(asdict(job)))
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        raise WrongAnswers(f"The client of {competitor.name} broke off.")
    return Sample(**orjson.loads(output))


def scored(sample: Sample, others: float) -> Score:
    times = sorted(sample.milliseconds)
    return Score(
        per_second=len(times) / sample.seconds,
        p50=statistics.median(times),
        p99=times[min(len(times) - 1, int(0.99 * len(times)))],
        others=others,
    )


def median_per_second(scores: Sequence[Score]) -> float:
    return statistics.median(each.per_second for each in scores)


def median_p50(scores: Sequence[Score]) -> float:
    return statistics.median(each.p50 for each in scores)


def median_p99(scores: Sequence[Score]) -> float:
    return statistics.median(each.p99 for each in scores)
