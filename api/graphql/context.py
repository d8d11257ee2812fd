"""What every resolver can reach: the driver, the settings and the loaders of one request."""

from dataclasses import dataclass

import strawberry
from neo4j import AsyncDriver

from api.graphql.loaders import Loaders
from graph_model.settings import Settings


@dataclass(frozen=True)
class Context:
    """Lives as long as one request, so that its loaders never answer with old rows."""

    driver: AsyncDriver
    settings: Settings
    loaders: Loaders


Info = strawberry.Info[Context, None]
