"""Sites of programmes, and the care models that they follow."""

from datetime import date

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.names import Organisation, Programme
from api.graphql.types.source import Source
from graph_model.rows import CareModelRow, SiteRow


@strawberry.type(description="A way to organise care that a programme tries out.")
class CareModel:
    row: strawberry.Private[CareModelRow]
    as_of: strawberry.Private[date | None]

    slug: str = plain("slug", "Key of the care model in questions to this directory.")
    name: str = plain("name", "Its name.")
    abbreviation: str = plain("abbreviation", 'Its abbreviation, such as "MCP".')
    aims: list[str] = plain("aims", "What it aims at.")


@strawberry.type(
    description="A site of a programme: in the New Care Models programme, a vanguard."
)
class ProgrammeSite:
    row: strawberry.Private[SiteRow]
    as_of: strawberry.Private[date | None]

    slug: str = plain("slug", "Key of the site.")
    name: str = plain("name", "Its name in the programme's own list.")
    aliases: list[str] = plain(
        "aliases", "Other names under which sources speak of it."
    )
    number: int | None = plain("number", "Its number in the programme's own list.")
    programme: Programme = linked(
        "programme", Programme, "The programme it belongs to."
    )
    care_model: CareModel | None = linked(
        "care_model", CareModel, "The care model that it follows; null: not known."
    )
    organisations: list[Organisation] = linked(
        "organisations", Organisation, "Who takes part in it."
    )
    sources: list[Source] = linked("sources", Source, "Who says so.")
