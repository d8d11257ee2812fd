"""Places, and who commissions for people there."""

from datetime import date
from enum import Enum

import strawberry

from api.graphql.ids import global_id
from api.graphql.rows import linked, plain
from api.graphql.types.names import Organisation
from graph_model.rows import AreaRow, LocationRow, PlaceRow


@strawberry.enum(description="By what a place was found.")
class PlaceResolution(Enum):
    POSTCODE = strawberry.enum_value("POSTCODE", description="A whole postcode.")
    SECTOR = strawberry.enum_value(
        "SECTOR", description="A postcode sector: its middle stands for all of it."
    )
    DISTRICT = strawberry.enum_value(
        "DISTRICT", description="A postcode district: its middle stands for all of it."
    )
    PLACE_NAME = strawberry.enum_value("PLACE_NAME", description="The name of a place.")
    POINT = strawberry.enum_value("POINT", description="The point itself.")


@strawberry.type(description="Where somebody is, as the directory understood it.")
class Place:
    row: strawberry.Private[PlaceRow]
    as_of: strawberry.Private[date | None]

    name: str = plain("name", "Its name or postcode, as the directory writes it.")
    latitude: float = plain("latitude", "Degrees north, WGS84.")
    longitude: float = plain("longitude", "Degrees east, WGS84.")
    resolved_by: PlaceResolution = plain("resolved_by", "By what it was found.")
    commissioner: Organisation | None = linked(
        "commissioner",
        Organisation,
        "Who commissions for people who live there; null: not known, never guessed.",
    )
    explanation: str = plain(
        "explanation",
        "How the commissioner is known, or why it is not; and whether the postcode is "
        "withdrawn, or another area stands for it.",
    )
    alternatives: list["Place"] = strawberry.field(
        resolver=lambda root: [
            Place(row=row, as_of=root.as_of) for row in root.row["alternatives"]
        ],
        description="Other places of that name, best first.",
    )


@strawberry.type(description="Where a service stands.")
class Location:
    row: strawberry.Private[LocationRow]
    as_of: strawberry.Private[date | None]

    slug: str = plain("slug", "Key of the location.")
    name: str | None = plain("name", "Name of the building or site.")
    postcode: str | None = plain("postcode", "Its postcode.")
    address: list[str] = plain(
        "address", "Its address, line by line, without postcode."
    )
    latitude: float = plain("latitude", "Degrees north, WGS84.")
    longitude: float = plain("longitude", "Degrees east, WGS84.")

    @strawberry.field(description="Opaque and stable.")
    def id(self) -> strawberry.ID:
        return global_id("Location", self.row["slug"])


@strawberry.enum(description="What sort of area it is.")
class AreaKind(Enum):
    SECTOR = strawberry.enum_value("SECTOR", description='Postcode sector: "CV21 2".')
    DISTRICT = strawberry.enum_value(
        "DISTRICT", description='Postcode district: "CV21".'
    )
    CCG = strawberry.enum_value("CCG", description="Area of a CCG or what followed it.")
    LOCAL_AUTHORITY = strawberry.enum_value(
        "LOCAL_AUTHORITY", description="District, borough or unitary authority."
    )
    COUNTY = strawberry.enum_value("COUNTY", description="County.")
    COUNTRY = strawberry.enum_value("COUNTRY", description="Country.")


@strawberry.type(
    description="An area with a code: of a commissioner, a council, a postcode."
)
class Area:
    row: strawberry.Private[AreaRow]
    as_of: strawberry.Private[date | None]

    code: str = plain(
        "code", "Its GSS code, or the postcode sector or district itself."
    )
    name: str = plain("name", "Its name.")
    kind: AreaKind = plain("kind", "What sort of area it is.")
