"""The schema: every question that can be asked, put together."""

from datetime import date, datetime

import strawberry
from graphql import GraphQLError, Undefined
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import ExecutionContext

from api.graphql.limits import LimitedDocuments
from api.graphql.queries.commissioning import CommissioningQuery
from api.graphql.queries.contracts import ContractsQuery
from api.graphql.queries.finding import FindingQuery
from api.graphql.queries.node import NodeQuery
from api.graphql.queries.organisations import OrganisationsQuery
from api.graphql.queries.pathways import PathwaysQuery
from api.graphql.queries.services import ServicesQuery
from api.graphql.scalars import Date, DateTime


@strawberry.type(
    description="Every question that can be asked. Ask `directory` first: it says which day "
    "the directory is for, and what a reader must know."
)
class Query(
    FindingQuery,
    ServicesQuery,
    OrganisationsQuery,
    ContractsQuery,
    CommissioningQuery,
    PathwaysQuery,
    NodeQuery,
):
    pass


class QuietSchema(strawberry.Schema):
    """A schema that leaves it to api/graphql/errors.py which errors are logged."""

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,
    ) -> None:
        pass


def without_null_defaults(schema: QuietSchema) -> QuietSchema:
    """The schema with `asOf: Date` where Strawberry writes `asOf: Date = null`.

    Both mean the same to callers; the shorter is what the contract promises.
    """
    for kind in schema._schema.type_map.values():
        for field in getattr(kind, "fields", {}).values():
            for taken in (field, *getattr(field, "args", {}).values()):
                if getattr(taken, "default_value", Undefined) is None:
                    taken.default_value = Undefined
    return schema


schema = without_null_defaults(
    QuietSchema(
        Query,
        # What is compiled does not pass through extensions: execution.py keeps these limits itself.
        extensions=[LimitedDocuments],
        config=StrawberryConfig(scalar_map={date: Date, datetime: DateTime}),
    )
)
