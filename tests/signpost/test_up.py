"""`signpost up` from the outside: it comes up, answers, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from signpost.local_neo4j.home import Home, free_port
from signpost.local_neo4j.server import running_server
from signpost.running import holder

pytestmark = pytest.mark.neo4j

SIGNPOST = Path(sys.executable).with_name("signpost")
READY_WITHIN = 240  # seconds, on a machine that does much else
STOPPED_WITHIN = 60
QUESTION = '{ service(slug: "gp-out-of-hours-rugby") { name } }'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Generator[Home]:
    home = Home(tmp_path_factory.mktemp("up"))
    yield home
    for process in (holder(home), running_server(home)):
        if process:
            process.kill()


class Start:
    """A `signpost up` in the background, as a shell starts one: SIGINT is ignored."""

    def __init__(self, home: Home, log: Path) -> None:
        self.port = free_port()
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                ["sh", "-c", 'trap "" INT; exec "$0" up', str(SIGNPOST)],
                env=variables(home, self.port),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until_ready(self) -> None:
        end = time.monotonic() + READY_WITHIN
        while "Ctrl-C stops everything." not in self.words():
            assert self.process.poll() is None, self.words()
            assert time.monotonic() < end, self.words()
            time.sleep(0.2)

    def ask(self, question: str) -> object:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/graphql",
            json.dumps({"query": question}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(STOPPED_WITHIN)

    def words(self) -> str:
        return self.log.read_text()


@contextmanager
def started(home: Home, log: Path) -> Generator[Start]:
    start = Start(home, log)
    try:
        start.wait_until_ready()
        yield start
    finally:
        start.process.kill()
        start.process.wait()


def variables(home: Home, port: int, **more: str) -> dict[str, str]:
    ours = {"SIGNPOST_HOME": str(home.root), "SIGNPOST_PORT": str(port)}
    return {**os.environ, **ours, **more}


def signpost(
    *words: str, home: Home, port: int, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SIGNPOST, *words],
        env=variables(home, port, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=READY_WITHIN,
    )


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_it_comes_up_answers_and_leaves_nothing_when_interrupted(
    home: Home, tmp_path: Path
) -> None:
    with started(home, tmp_path / "log") as start:
        answer = start.ask(QUESTION)
        second = signpost("up", home=home, port=free_port())
        doctor = signpost("doctor", home=home, port=start.port)
        neo4j = running_server(home)
        assert neo4j is not None
        listens_on = {at.laddr.ip for at in neo4j.net_connections() if not at.raddr}
        status = start.stop(signal.SIGINT)

    assert answer == {"data": {"service": {"name": "GP out of hours, Rugby"}}}
    assert '"name": "GP out of hours, Rugby"' in start.words()
    assert listens_on <= {"127.0.0.1", "::ffff:127.0.0.1"}
    assert home.password_file.stat().st_mode & 0o777 == 0o600
    assert second.returncode == 1
    assert "Signpost already runs with the data folder" in second.stderr
    assert f"http://127.0.0.1:{start.port}" in second.stderr.replace("\n", "")
    assert "Traceback" not in second.stderr
    assert doctor.returncode == 0, doctor.stdout
    assert status == 0
    assert running_server(home) is None
    assert holder(home) is None
    assert is_free(start.port)
    assert "Traceback" not in start.words()


def test_whatever_is_killed_the_next_start_recovers(home: Home, tmp_path: Path) -> None:
    with started(home, tmp_path / "first") as first:
        first.process.kill()
        first.process.wait()
    orphan = running_server(home)
    assert orphan is not None

    with started(home, tmp_path / "second") as second:
        assert running_server(home) == orphan
        orphan.kill()
        status_of_second = second.process.wait(STOPPED_WITHIN)

    with started(home, tmp_path / "third") as third:
        answer = third.ask(QUESTION)
        status_of_third = third.stop(signal.SIGTERM)

    assert f"Neo4j runs already (process {orphan.pid})" in second.words()
    assert "The seed was in the graph" in second.words()
    assert status_of_second == 1
    assert "Neo4j stopped by itself" in second.words()
    assert "Traceback" not in second.words()
    assert answer == {"data": {"service": {"name": "GP out of hours, Rugby"}}}
    assert status_of_third == 0
    assert running_server(home) is None


def test_a_first_start_that_was_killed_half_way_is_begun_anew(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.make()
    (home.folder / "data" / "dbms").mkdir(parents=True)
    (home.folder / "data" / "dbms" / "auth.ini").write_text("half a li")
    home.password_file.write_text("of no use")

    begun = signpost("neo4j", "start", home=home, port=free_port())
    seen = signpost("neo4j", "shell", "RETURN 1 AS one", home=home, port=free_port())
    ended = signpost("neo4j", "stop", home=home, port=free_port())

    assert begun.returncode == 0, begun.stderr
    assert "one" in seen.stdout
    assert ended.returncode == 0
    assert running_server(home) is None


def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = signpost("up", home=Home(tmp_path), port=port)

    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is taken by another program." in done.stderr
    assert f"SIGNPOST_PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_network_a_first_start_says_so_and_leaves_nothing_running(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")

    done = signpost(
        "up",
        home=home,
        port=free_port(),
        SIGNPOST_CACHE=str(tmp_path / "cache"),
        SIGNPOST_REPOSITORY="http://127.0.0.1:9",
    )

    assert done.returncode == 1
    assert "could not be fetched" in done.stderr
    assert "Is the network there?" in done.stderr
    assert "Traceback" not in done.stderr
    assert running_server(home) is None


def test_a_setting_that_cannot_be_is_named_with_what_it_holds(tmp_path: Path) -> None:
    done = signpost(
        "neo4j", "status", home=Home(tmp_path), port=1, SIGNPOST_NEO4J_MEMORY="lots"
    )

    assert done.returncode == 1
    assert "SIGNPOST_NEO4J_MEMORY is 'lots'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_elsewhere_that_does_not_answer_is_one_message(tmp_path: Path) -> None:
    done = signpost(
        "seed",
        home=Home(tmp_path),
        port=free_port(),
        NEO4J_URI="bolt://127.0.0.1:9",
        NEO4J_PASSWORD="of no use",
    )

    assert done.returncode == 1
    assert "bolt://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_installation_without_the_local_neo4j_says_so(tmp_path: Path) -> None:
    (tmp_path / "psutil.py").write_text(
        "raise ModuleNotFoundError('No module named psutil', name='psutil')\n"
    )

    done = signpost(
        "up", home=Home(tmp_path), port=free_port(), PYTHONPATH=str(tmp_path)
    )

    assert done.returncode == 1
    assert "No Neo4j can be run on this machine" in done.stderr
    assert "NEO4J_URI" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_who_leaves_does_no_harm(tmp_path: Path) -> None:
    pipe, end = os.pipe()
    os.close(pipe)

    done = subprocess.run(
        [SIGNPOST, "neo4j", "stop"],
        env=variables(Home(tmp_path), free_port()),
        stdout=end,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(end)

    assert done.stderr == b""
    assert done.returncode == 0


def test_a_process_that_got_the_number_of_an_old_start_is_not_stopped(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    with subprocess.Popen(["sleep", "60"]) as bystander:
        words = {"pid": bystander.pid, "created": 1.0, "what": "`signpost up`"}
        home.running.write_text(json.dumps(words))

        done = signpost("stop", home=home, port=free_port())

        still_there = psutil.Process(bystander.pid).is_running()
        bystander.kill()

    assert done.returncode == 0
    assert still_there
