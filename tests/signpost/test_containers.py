"""The container files say what the documentation says of them."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from graph_model.settings import Settings
from signpost.local_neo4j.jars import NEO4J_VERSION

CHECKOUT = Path(__file__).parent.parent.parent
COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
NO_DEFAULT = re.compile(r"\$\{NEO4J_PASSWORD:\?[^}]+\}")


def test_neo4j_is_the_version_that_the_tests_use() -> None:
    assert SERVICES["neo4j"]["image"] == f"neo4j:{NEO4J_VERSION}-community"


def test_passwords_come_from_the_environment_and_have_no_default() -> None:
    passwords = [
        SERVICES["neo4j"]["environment"]["NEO4J_AUTH"].removeprefix("neo4j/"),
        SERVICES["api"]["environment"]["NEO4J_PASSWORD"],
        SERVICES["seed"]["environment"]["NEO4J_PASSWORD"],
    ]

    assert all(NO_DEFAULT.fullmatch(password) for password in passwords)


def test_the_seed_is_loaded_once_before_the_api_serves() -> None:
    assert SERVICES["seed"]["command"] == ["seed"]
    assert SERVICES["seed"]["restart"] == "no"
    assert SERVICES["api"]["depends_on"] == {
        "neo4j": {"condition": "service_healthy"},
        "seed": {"condition": "service_completed_successfully"},
    }


def test_nothing_but_the_api_is_reachable_and_that_from_this_machine_only() -> None:
    ports = {name: service.get("ports") for name, service in SERVICES.items()}

    assert ports == {
        "neo4j": None,
        "seed": None,
        "api": ["127.0.0.1:${SIGNPOST_PORT:-8000}:8000"],
    }


def test_the_api_has_no_rights_that_it_does_not_need() -> None:
    for name in ("api", "seed"):
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


def test_containers_set_only_variables_that_there_are() -> None:
    known = {name.upper() for name in Settings.model_fields}
    in_image = set(re.findall(r"\b(?:NEO4J|SIGNPOST)_[A-Z_]+(?==)", DOCKERFILE))

    assert in_image == {"SIGNPOST_HOST", "SIGNPOST_PORT"}
    assert in_image <= known
    assert set(SERVICES["api"]["environment"]) <= known


def test_the_image_ends_as_a_user_of_its_own_with_a_health_check() -> None:
    last_stage = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    instructions = dict(re.findall(r"^([A-Z]+) +(.*)$", last_stage, re.MULTILINE))

    assert instructions["USER"] == "10001"
    assert "HEALTHCHECK" in instructions
    assert instructions["ENTRYPOINT"] == '["signpost"]'
    assert instructions["CMD"] == '["serve"]'


def test_the_image_is_built_from_what_reaches_the_builder() -> None:
    ignored = (CHECKOUT / ".dockerignore").read_text().splitlines()
    allowed = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    copied = {
        word
        for words in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
        for word in words.split()
    }

    assert all((CHECKOUT / path).exists() for path in copied)
    missing = {
        path
        for path in copied
        if not any(path == one or path.startswith(f"{one}/") for one in allowed)
    }
    assert missing == set()
