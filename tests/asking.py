"""Asking the schema as the API does, and counting what it asks of Neo4j."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from neo4j import AsyncDriver

from api.graphql.context import Context
from api.graphql.execution import execute
from api.graphql.http import GRAPHQL, body_and_status
from api.graphql.loaders import loaders
from api.graphql.request import Question
from graph_model.settings import Settings


@dataclass
class Counted:
    """A driver that counts the sessions opened on it: `graph_model` asks one thing in each."""

    driver: AsyncDriver
    round_trips: int = 0

    def session(self, **settings: Any) -> Any:
        self.round_trips += 1
        return self.driver.session(**settings)


@dataclass
class Asker:
    """Asks questions of a directory. `round_trips` is the number that the last one took."""

    driver: AsyncDriver
    settings: Settings = field(default_factory=Settings)
    round_trips: int = 0

    async def __call__(self, question: str, **variables: Any) -> Any:
        """The data of an answer, which must have no errors."""
        body = await self.body(question, **variables)
        assert "errors" not in body, body["errors"]
        return body["data"]

    async def error(self, question: str, **variables: Any) -> tuple[str, str]:
        """The code and message of an answer with exactly one error."""
        body = await self.body(question, **variables)
        (error,) = body["errors"]
        return error["extensions"]["code"], error["message"]

    async def body(self, question: str, **variables: Any) -> dict[str, Any]:
        """The whole answer."""
        counted = Counted(self.driver)
        driver = cast(AsyncDriver, counted)
        context = Context(
            driver=driver, settings=self.settings, loaders=loaders(driver)
        )
        result = await execute(Question(question, variables, None), context)
        self.round_trips = counted.round_trips
        return body_and_status(result, GRAPHQL)[0]
