"""The jars come as the lock says, or not at all; a real server on loopback gives them."""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
import sys
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from signpost.errors import CorruptJar, FullDisk, NotFetched
from signpost.local_neo4j import jars as jars_module
from signpost.local_neo4j.jars import Jar, fetch_jars, locked_jars

pytestmark = pytest.mark.anyio


@dataclass
class Repository:
    """A Maven repository on loopback; `answers` are given in turn, the last for ever."""

    address: str
    answers: dict[str, list[tuple[int, bytes]]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def jar(self, name: str, *answers: tuple[int, bytes], is_really: bytes) -> Jar:
        path = f"org/example/{name}"
        self.answers[path] = list(answers)
        return Jar(path, len(is_really), hashlib.sha256(is_really).hexdigest())

    def asked_for(self, jar: Jar) -> int:
        return self.asked[jar.path]


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Generator[Repository]:
    monkeypatch.setattr(jars_module, "PAUSES", (0.01, 0.01, 0.01, 0.01))
    given = Repository("")

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            given.asked[path] += 1
            turns = given.answers[path]
            status, content = turns.pop(0) if len(turns) > 1 else turns[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        given.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield given
        server.shutdown()
        thread.join()


async def fetch(folder: Path, repository: str, *jars: Jar) -> list[Path]:
    return await fetch_jars(list(jars), folder, repository, ignore, lambda: None)


def ignore(_: int) -> None:
    """Show nobody how far the fetch is."""


def test_the_lock_names_each_jar_once_with_its_sum_and_no_host() -> None:
    jars = locked_jars()

    assert len(jars) == 235
    assert len({jar.name for jar in jars}) == 235
    assert all(re.fullmatch(r"[0-9a-f]{64}", jar.sha256) for jar in jars)
    assert all(re.fullmatch(r"[\w./+-]+\.jar", jar.path) for jar in jars)
    assert not any("//" in jar.path for jar in jars)


async def test_jars_are_fetched_once(repository: Repository, tmp_path: Path) -> None:
    one = repository.jar("one.jar", (200, b"one"), is_really=b"one")
    two = repository.jar("two.jar", (200, b"two"), is_really=b"two")

    first = await fetch(tmp_path, repository.address, one, two)
    second = await fetch(tmp_path, repository.address, one, two)

    assert first == second == [tmp_path / "one.jar", tmp_path / "two.jar"]
    assert [file.read_bytes() for file in first] == [b"one", b"two"]
    assert repository.asked == {one.path: 1, two.path: 1}


async def test_a_jar_that_was_damaged_in_the_cache_is_fetched_again(
    repository: Repository, tmp_path: Path
) -> None:
    jar = repository.jar("one.jar", (200, b"right"), is_really=b"right")
    (tmp_path / "one.jar").write_bytes(b"wrong")

    (file,) = await fetch(tmp_path, repository.address, jar)

    assert file.read_bytes() == b"right"


async def test_a_jar_that_comes_damaged_once_is_fetched_again(
    repository: Repository, tmp_path: Path
) -> None:
    answers = [(200, b"wrong"), (200, b"right")]
    jar = repository.jar("one.jar", *answers, is_really=b"right")

    (file,) = await fetch(tmp_path, repository.address, jar)

    assert file.read_bytes() == b"right"
    assert repository.asked_for(jar) == 2


async def test_a_jar_that_comes_damaged_twice_is_refused(
    repository: Repository, tmp_path: Path
) -> None:
    jar = repository.jar("one.jar", (200, b"wrong"), is_really=b"right")

    with pytest.raises(CorruptJar, match=r"one\.jar came twice with the SHA-256 sum"):
        await fetch(tmp_path, repository.address, jar)

    assert repository.asked_for(jar) == 2
    assert {file.name for file in tmp_path.glob("*.jar*")} == set()


async def test_a_server_that_is_busy_is_asked_again(
    repository: Repository, tmp_path: Path
) -> None:
    busy = [(503, b""), (429, b""), (200, b"one")]
    jar = repository.jar("one.jar", *busy, is_really=b"one")

    (file,) = await fetch(tmp_path, repository.address, jar)

    assert file.read_bytes() == b"one"
    assert repository.asked_for(jar) == 3


async def test_a_jar_that_is_not_there_is_not_asked_for_again(
    repository: Repository, tmp_path: Path
) -> None:
    jar = repository.jar("one.jar", (404, b""), is_really=b"one")

    with pytest.raises(NotFetched, match="the server answered 404"):
        await fetch(tmp_path, repository.address, jar)

    assert repository.asked_for(jar) == 1


async def test_without_a_network_the_message_says_what_to_do(
    repository: Repository, tmp_path: Path
) -> None:
    jar = repository.jar("one.jar", (200, b"one"), is_really=b"one")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"

    with pytest.raises(NotFetched, match=r"Is the network there\?") as failure:
        await fetch(tmp_path, nobody, jar)

    assert "SIGNPOST_REPOSITORY" in str(failure.value)


async def test_what_has_arrived_is_kept_when_the_rest_fails(
    repository: Repository, tmp_path: Path
) -> None:
    here = repository.jar("here.jar", (200, b"here"), is_really=b"here")
    gone = repository.jar("gone.jar", (404, b""), (200, b"gone"), is_really=b"gone")
    await fetch(tmp_path, repository.address, here)
    with pytest.raises(NotFetched):
        await fetch(tmp_path, repository.address, here, gone)

    await fetch(tmp_path, repository.address, here, gone)

    assert repository.asked_for(here) == 1
    assert (tmp_path / "gone.jar").read_bytes() == b"gone"


async def test_what_an_interrupted_fetch_left_is_written_over(
    repository: Repository, tmp_path: Path
) -> None:
    jar = repository.jar("one.jar", (200, b"whole"), is_really=b"whole")
    (tmp_path / "one.jar.part").write_bytes(b"ha")

    await fetch(tmp_path, repository.address, jar)

    assert (tmp_path / "one.jar").read_bytes() == b"whole"
    assert not (tmp_path / "one.jar.part").exists()


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="a Linux device: a disk with no room"
)
async def test_a_full_disk_is_one_message(
    repository: Repository, tmp_path: Path
) -> None:
    content = b"x" * 2_000_000
    jar = repository.jar("one.jar", (200, content), is_really=content)
    (tmp_path / "one.jar.part").symlink_to("/dev/full")

    with pytest.raises(FullDisk, match="is full: about 2 MB are needed"):
        await fetch(tmp_path, repository.address, jar)

    assert not (tmp_path / "one.jar").exists()


async def test_two_starts_at_once_fetch_each_jar_once(
    repository: Repository, tmp_path: Path
) -> None:
    jars = [
        repository.jar(f"{n}.jar", (200, b"%d" % n), is_really=b"%d" % n)
        for n in range(40)
    ]
    program = (
        "import asyncio, sys; from pathlib import Path;"
        "from signpost.local_neo4j.jars import *;"
        "jars = [Jar(*row.split()) for row in sys.argv[3:]];"
        "jars = [Jar(jar.path, int(jar.size), jar.sha256) for jar in jars];"
        "nothing = lambda *_: None;"
        "asyncio.run(fetch_jars(jars, Path(sys.argv[1]), sys.argv[2], nothing, nothing))"
    )
    rows = [f"{jar.path} {jar.size} {jar.sha256}" for jar in jars]
    command = [sys.executable, "-c", program, str(tmp_path), repository.address, *rows]

    starts = [await asyncio.create_subprocess_exec(*command) for _ in range(2)]
    ends = [await start.wait() for start in starts]

    assert ends == [0, 0]
    assert {jar.path: 1 for jar in jars} == repository.asked
