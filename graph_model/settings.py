"""Every setting, read from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings; a field's name in capitals is the variable's name.

    Raises pydantic's `ValidationError` where a variable holds what it cannot hold.
    """

    # An empty variable is one that is not set: compose files pass such.
    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    neo4j_uri: str | None = Field(
        default=None,
        description="Address of a Neo4j to use, such as `neo4j://graph.example:7687`. "
        "Not set: Signpost runs one of its own on this machine.",
    )
    neo4j_user: str = Field(default="neo4j", description="User at that Neo4j.")
    neo4j_password: SecretStr | None = Field(
        default=None, description="That user's password; needed with `NEO4J_URI`."
    )
    neo4j_pool: int = Field(
        default=32,
        ge=1,
        le=1000,
        description="Most connections to Neo4j that one API process keeps.",
    )
    signpost_host: str = Field(
        default="127.0.0.1",
        description="Address that the API listens on. `0.0.0.0` opens it to the "
        "network: put a proxy with TLS before it.",
    )
    signpost_port: int = Field(
        default=8000, ge=1, le=65535, description="Port that the API listens on."
    )
    signpost_home: Path = Field(
        default_factory=lambda: user_data_path("signpost", appauthor=False),
        description="Folder for the local Neo4j: its data, password and logs. Another "
        "folder is another, separate directory. Default: `signpost` in the user's "
        "data folder.",
    )
    signpost_cache: Path = Field(
        default_factory=lambda: user_cache_path("signpost", appauthor=False),
        description="Folder for Neo4j's jars, shared by all checkouts. Default: "
        "`signpost` in the user's cache folder.",
    )
    signpost_repository: str | None = Field(
        default=None,
        description="Address of the Maven repository that the jars come from. "
        "Default: Maven Central. A closed network names its mirror.",
    )
    signpost_neo4j_memory: str = Field(
        default="800m",
        pattern=r"^[1-9][0-9]*[mg]$",
        description="Most heap memory that the local Neo4j takes, such as `512m` "
        "or `2g`.",
    )
    signpost_dos_referrer: Literal[
        "PATIENT",
        "GP",
        "PARAMEDIC",
        "NHS_111",
        "CLINICAL_HUB",
        "COMMUNITY_NURSE",
        "SOCIAL_WORKER",
        "MENTAL_HEALTH_PROFESSIONAL",
        "HOSPITAL",
        "CARE_HOME",
    ] = Field(
        default="NHS_111",
        description="Who refers when `/dos` is asked: a role of the directory, as the "
        "DoS gives each of its accounts one.",
    )
    signpost_dos_rules: Literal["signpost", "dos"] = Field(
        default="signpost",
        description="By which rules `/dos` searches: `dos` takes over two of the DoS's "
        "that are known to be wrong (docs/dos.md).",
    )
    signpost_documents: Path | None = Field(
        default=None,
        description="File of documents that `/graphql` knows by their hash from the "
        "start (docs/clients.md). Those that clients send with their hash it learns.",
    )
