"""Services: what a person can be sent to."""

from datetime import date
from enum import Enum
from typing import ClassVar

import strawberry

from api.graphql.arguments import AsOf
from api.graphql.context import Info
from api.graphql.rows import Node, linked, plain, shown, wrapped
from api.graphql.types.eligibility import Eligibility, ServedArea
from api.graphql.types.names import (
    Contract,
    ContractCommissioner,
    Need,
    Organisation,
    Pathway,
)
from api.graphql.types.need import ServiceType
from api.graphql.types.opening import (
    Capacity,
    CapacityStatus,
    Endpoint,
    OpeningTime,
    opening_times_of,
)
from api.graphql.types.organisation import UNKNOWN_PROVIDER
from api.graphql.types.period import DatePrecision, dated
from api.graphql.types.place import Location
from api.graphql.types.source import Source
from graph_model.capacity import capacity_of
from graph_model.rows import IdentifierRow, LocationRow, ServiceRow


@strawberry.enum(description="Whether a service runs on the day asked for.")
class ServiceStatus(Enum):
    PLANNED = strawberry.enum_value(
        "PLANNED", description="Not open yet; nobody can be referred to it."
    )
    ACTIVE = strawberry.enum_value("ACTIVE", description="It runs.")
    SUSPENDED = strawberry.enum_value(
        "SUSPENDED", description="It has stopped for a while."
    )
    CLOSED = strawberry.enum_value("CLOSED", description="It no longer exists.")


@strawberry.enum(description="How a service reaches people.")
class Reach(Enum):
    PLACE = strawberry.enum_value("PLACE", description="People go to where it stands.")
    AREA = strawberry.enum_value(
        "AREA",
        description="It comes to people or answers the telephone, within its area.",
    )
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN", description="No source says whether it runs on that day."
    )


@strawberry.type(description="An identifier that another system gave.")
class Identifier:
    row: strawberry.Private[IdentifierRow]
    as_of: strawberry.Private[date | None]

    system: str = plain("system", "Address that names the other system.")
    value: str = plain("value", "The identifier there.")


def address_of(location: LocationRow | None) -> list[str]:
    """The lines of the address; none where it comes to people."""
    return location["address"] if location else []


@strawberry.type(
    description="A service at one place or for one area, as it was on the day asked for."
)
class Service(Node):
    row: strawberry.Private[ServiceRow]
    as_of: strawberry.Private[date | None]
    loader: ClassVar[str] = "services"

    slug: str = plain("slug", "Key of the service in questions to this directory.")
    name: str = plain("name", "Its name on that day.")
    status: ServiceStatus = plain("status", "Whether it ran on that day.")
    reach: Reach = plain("reach", "Whether people go to it or it comes to them.")
    ods_code: str | None = plain(
        "ods_code", "Its own code in the Organisation Data Service, where it has one."
    )
    type: ServiceType = linked("type", ServiceType, "What kind of service it is.")
    needs: list[Need] = linked("needs", Need, "The needs that it meets.")
    location: Location | None = linked(
        "location", Location, "Where it stands; null where it comes to people."
    )
    serves: list[ServedArea] = linked(
        "serves", ServedArea, "The areas that it serves, and by which rule."
    )
    telephone: str | None = plain(
        "telephone",
        "Number for the public on that day. In a historical directory the number is "
        "as old as its source.",
    )
    website: str | None = plain("website", "Its page on the web.")
    how_to_refer: str | None = plain(
        "how_to_refer",
        "How somebody is referred to it, in words; null: no source says.",
    )
    identifiers: list[Identifier] = linked(
        "identifiers", Identifier, "What other systems call it."
    )
    opened: date | None = dated(
        "opened",
        "Day on which it opened, as exactly as `openedPrecision` says; null: not known.",
    )
    opened_precision: DatePrecision | None = plain(
        "opened_precision", "How exactly that is known; null where there is no date."
    )
    closed: date | None = dated(
        "closed", "First day on which it was closed; null: it runs, or not known."
    )
    pathways: list[Pathway] = linked(
        "pathways",
        Pathway,
        "The pathways with a step that calls for its type of service.",
    )
    last_verified: date | None = plain(
        "last_verified",
        "Day on which a person last checked this entry; null: nobody yet.",
    )
    sources: list[Source] = linked("sources", Source, "Who says so.")

    provider: Organisation = linked(
        "provider",
        Organisation,
        "Who provides it. Where no source names the provider, an organisation "
        "of kind UNKNOWN with the slug `unknown`.",
        instead=UNKNOWN_PROVIDER,
    )

    @strawberry.field(
        description="Number for referrers only. Null for anybody who is not known to be one; "
        "this directory knows nobody so far."
    )
    def clinician_telephone(self) -> str | None:
        return None

    address: list[str] = shown(
        "location", address_of, "The address of its location, line by line."
    )

    @strawberry.field(description="Whom it takes.")
    def eligibility(self) -> Eligibility:
        return Eligibility(row=self.row, as_of=self.as_of)

    opening_times: list[OpeningTime] = shown(
        "opening",
        opening_times_of,
        "When it is open, by the clocks of England. What holds for a while only "
        "says so. A day that is not among them is not known; empty: no source says when it is "
        "open, which does not mean that it is closed.",
    )

    @strawberry.field(
        description="Technical addresses for referrals. Empty: the directory holds none."
    )
    def endpoints(self) -> list[Endpoint]:
        return []

    commissioners: list[ContractCommissioner] = linked(
        "commissioners",
        ContractCommissioner,
        "Who commissions it, where no source names the contract; else see `contracts`.",
    )

    @strawberry.field(
        description="The contracts that procure it, which have not ended by the day asked for."
    )
    async def contracts(self, info: Info, as_of: AsOf = None) -> list[Contract]:
        day = as_of or self.as_of
        rows = self.row.get("contracts") if day == self.as_of else None
        if rows is None:
            rows = (await self.full_row(info, day))["contracts"]
        return wrapped(Contract, rows, day)

    @strawberry.field(
        description="How busy it is at this time of day on the day asked for; null: nobody has "
        "said it for then. AMBER and RED fall back to GREEN by themselves."
    )
    async def capacity(self, info: Info) -> Capacity | None:
        row = (
            self.row
            if "capacity" in self.row
            else await self.full_row(info, self.as_of)
        )
        if row["capacity"] is None:
            return None
        day = self.as_of or await info.context.loaders.days.load(None)
        found = capacity_of(row, day)
        return found and Capacity(
            status=CapacityStatus[found["status"]],
            updated_at=found["updated_at"],
            resets_at=found["resets_at"],
        )
