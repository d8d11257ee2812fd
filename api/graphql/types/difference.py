"""What came, went and changed between two days."""

from datetime import date
from enum import Enum

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.contract import Contract
from api.graphql.types.service import Service
from graph_model.rows import DifferenceRow


@strawberry.enum(description="What a difference is about.")
class DifferenceKind(Enum):
    CONTRACT = strawberry.enum_value("CONTRACT", description="A contract.")
    ROUTE = strawberry.enum_value(
        "ROUTE",
        description="A way from one service on to another; there while both run.",
    )
    SERVICE = strawberry.enum_value("SERVICE", description="A service.")


@strawberry.enum(description="What a difference amounts to.")
class DifferenceChange(Enum):
    CAME = strawberry.enum_value(
        "CAME", description="In force, or running, on the later day only."
    )
    WENT = strawberry.enum_value(
        "WENT", description="Known to be in force, or to run, on the earlier day only."
    )
    CHANGED = strawberry.enum_value("CHANGED", description="Another status, otherwise.")


@strawberry.type(description="What is otherwise on one day than on an earlier one.")
class Difference:
    row: strawberry.Private[DifferenceRow]
    as_of: strawberry.Private[date | None]

    kind: DifferenceKind = plain("kind", "What it is about.")
    change: DifferenceChange = plain("change", "What it amounts to.")
    status_before: str | None = plain(
        "before",
        "The status on the earlier day, as in `ServiceStatus` or `ContractStatus`; null: no source had "
        "spoken of it.",
    )
    status_after: str | None = plain(
        "after", "The status on the later day; null: no source spoke of it."
    )
    explanation: str = plain("explanation", "What came about, as far as sources tell.")
    contract: Contract | None = linked(
        "contract", Contract, "The contract, as it is on the later day."
    )
    service: Service | None = linked(
        "service", Service, "The service, as it is on the later day."
    )
    route: list[Service] = linked(
        "route",
        Service,
        "The two services of a route, first contact first; otherwise empty.",
    )
