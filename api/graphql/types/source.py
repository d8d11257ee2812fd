"""Where a fact comes from."""

from datetime import date
from enum import Enum

import strawberry

from api.graphql.rows import plain
from graph_model.rows import SourceRow


@strawberry.enum(description="How firmly a source carries a fact.")
class Certainty(Enum):
    STATED = strawberry.enum_value("STATED", description="The source says so.")
    DERIVED = strawberry.enum_value(
        "DERIVED", description="It follows from what `derivedFrom` names."
    )
    INFERRED = strawberry.enum_value(
        "INFERRED",
        description="It is likely, from what `derivedFrom` names; nobody says so.",
    )


@strawberry.type(description="A citation: who says a fact, and where.")
class Source:
    row: strawberry.Private[SourceRow]
    as_of: strawberry.Private[date | None]

    slug: str = plain("slug", "Key of the source, the same wherever it is cited.")
    title: str = plain("title", "Title of the article, page or data set.")
    publisher: str = plain("publisher", "Who published it.")
    url: str | None = plain(
        "url", "Where it can be read; null where it is not on the web."
    )
    published: str | None = plain(
        "published",
        "When it was published, as an ISO 8601 date of whatever precision is known: "
        '"2016-04-29", "2016-10" or "2016".',
    )
    retrieved: date | None = plain(
        "retrieved", "Day on which it was read for this directory."
    )
    locator: str | None = plain(
        "locator", 'Where in the source the fact stands, such as "paragraph 3".'
    )
    certainty: Certainty = plain("certainty", "How firmly it carries the fact.")
    derived_from: str | None = plain(
        "derived_from",
        "What a DERIVED or INFERRED fact was concluded from, in words; null where STATED.",
    )
    fields: list[str] | None = plain(
        "fields", "The properties that it states; null where it states the whole."
    )
    on: date | None = plain(
        "on",
        "Day on which it states the fact as current; null: the day of its publication.",
    )
