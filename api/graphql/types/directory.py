"""The directory, about itself."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import strawberry

from api.graphql.rows import plain
from graph_model.directory import notice_of
from graph_model.rows import DirectoryRow

LONDON = ZoneInfo("Europe/London")


@strawberry.type(description="What this directory is, and how much is in it.")
class Directory:
    row: strawberry.Private[DirectoryRow]
    as_of: strawberry.Private[date | None]

    historical: bool = plain(
        "historical", "Whether it shows the past. Nobody may be referred from it then."
    )
    services: int = plain("services", "Number of services.")
    organisations: int = plain("organisations", "Number of organisations.")
    contracts: int = plain("contracts", "Number of contracts.")
    pathways: int = plain("pathways", "Number of versions of pathways.")

    @strawberry.field(
        name="asOf",
        description='What "today" means here: a date of its own for a historical directory, '
        "the real today for a live one.",
    )
    def own_date(self) -> date:
        return self.row["as_of"] or datetime.now(LONDON).date()

    @strawberry.field(
        description="What a reader must know first; null where there is nothing. Always show it."
    )
    def notice(self) -> str | None:
        return notice_of(self.row)
