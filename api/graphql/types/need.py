"""Clinical needs, and the types of service that meet them."""

from datetime import date
from typing import ClassVar

import strawberry

from api.graphql.rows import Node, linked, plain
from api.graphql.types.names import Need as AnyNeed
from graph_model.rows import NeedRow, ServiceTypeRow


@strawberry.type(
    description="What a person needs, in the directory's own vocabulary of needs."
)
class Need(Node):
    row: strawberry.Private[NeedRow]
    as_of: strawberry.Private[date | None]
    loader: ClassVar[str] = "needs"

    code: str = plain("code", 'Key of the need, such as "district-nursing".')
    name: str = plain("name", "Its name, for people.")
    synonyms: list[str] = plain(
        "synonyms",
        "Other words for it that patients and staff use; a search finds them.",
    )
    emergency: bool = plain(
        "emergency", "Whether this need by itself calls for 999, whatever the services."
    )
    broader: AnyNeed | None = linked(
        "broader", AnyNeed, "The next wider need; null at the top."
    )
    narrower: list[AnyNeed] = linked(
        "narrower", AnyNeed, "The needs that this one divides into."
    )

    def key(self) -> str:
        return self.row["code"]


@strawberry.type(
    description="A kind of service, by the NHS Directory of Services' numbering."
)
class ServiceType(Node):
    row: strawberry.Private[ServiceTypeRow]
    as_of: strawberry.Private[date | None]
    loader: ClassVar[str] = "service_types"

    code: str = plain("code", "Its number in the Directory of Services.")
    name: str = plain("name", "Its name.")
    rank: int | None = plain(
        "rank",
        "Its national rank, 1 to 10, 1 first, by which options are put in order where the "
        "commissioner has no ranking of its own; null: none is known.",
    )

    def key(self) -> str:
        return self.row["code"]
