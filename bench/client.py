"""Asks a server over HTTP with so many connections at once, and tells how long each answer took.

A process of its own, so that it takes no time from whom it asks: `python -m bench.client` reads a `Job` in JSON from standard
input and writes a `Sample` in JSON. It is bounded in time, and talks to this machine only.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import cast

import httptools
import orjson
import uvloop

LOOPBACK = "127.0.0.1"
MOST_SECONDS = 60.0
ANSWER_WITHIN = 30.0


@dataclass(frozen=True)
class Job:
    """What to ask: each connection posts one body after the other, in turn, for so many seconds.

    With `gets`, the bodies are addresses, which are got instead.
    """

    port: int
    path: str
    bodies: list[str]
    connections: int
    seconds: float
    gets: bool = False


@dataclass
class Sample:
    """What came of it. Times are in milliseconds; `cpu_seconds` is what this client took."""

    seconds: float
    milliseconds: list[float]
    failures: int
    bytes: int
    cpu_seconds: float = 0.0


@dataclass
class Turn:
    """What the connections share: whose turn is next, until when, and what came of it."""

    requests: list[bytes]
    end: float
    sample: Sample = field(default_factory=lambda: Sample(0.0, [], 0, 0))
    next: int = 0


class Asking(asyncio.Protocol):
    """One connection, which asks again as soon as it is answered."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.parser = httptools.HttpResponseParser(self)
        self.asked = 0.0
        self.body = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.ask()

    def ask(self) -> None:
        turn = self.turn
        self.asked = time.perf_counter()
        if self.asked >= turn.end:
            self.transport.close()
            return
        request = turn.requests[turn.next % len(turn.requests)]
        turn.next += 1
        self.body.clear()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        sample = self.turn.sample
        sample.milliseconds.append(1000 * (time.perf_counter() - self.asked))
        sample.bytes += len(self.body)
        # GraphQL puts its errors beside the data.
        is_answer = (
            self.parser.get_status_code() == 200 and b'"errors"' not in self.body
        )
        sample.failures += not is_answer
        self.parser = httptools.HttpResponseParser(self)
        self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


def request_of(job: Job, body: str) -> bytes:
    """A request as it goes over the wire."""
    always = f"HTTP/1.1\r\nHost: {LOOPBACK}:{job.port}\r\nAccept: application/json\r\n"
    if job.gets:
        return f"GET {body} {always}\r\n".encode()
    content = body.encode()
    head = (
        f"POST {job.path} {always}Content-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


async def asked(job: Job) -> Sample:
    """Do the job."""
    began = time.perf_counter()
    seconds = min(job.seconds, MOST_SECONDS)
    turn = Turn([request_of(job, body) for body in job.bodies], began + seconds)
    loop = asyncio.get_running_loop()
    connections = [
        (await loop.create_connection(lambda: Asking(turn), LOOPBACK, job.port))[1]
        for _ in range(job.connections)
    ]
    await asyncio.wait_for(
        asyncio.gather(*(each.done for each in connections)), seconds + ANSWER_WITHIN
    )
    turn.sample.seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    turn.sample.cpu_seconds = used.ru_utime + used.ru_stime
    return turn.sample


def main() -> None:
    job = Job(**orjson.loads(sys.stdin.buffer.read()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sample = runner.run(asked(job))
    sys.stdout.buffer.write(orjson.dumps(asdict(sample)))


if __name__ == "__main__":
    main()
