"""When a service is open, how busy it is, and by which technical address it is reached."""

from datetime import date, datetime
from enum import Enum

import strawberry

from graph_model.matching.hours import SPECIFIED_DATE, rule_of
from graph_model.rows import OPEN_END


@strawberry.enum(
    description="Which rule decides on opening: the first of these that applies to a day."
)
class OpeningTimeKind(Enum):
    SPECIFIED_DATE = strawberry.enum_value(
        "SPECIFIED_DATE", description="Hours for this very date."
    )
    OPEN_ALL_HOURS = strawberry.enum_value(
        "OPEN_ALL_HOURS", description="Open day and night."
    )
    PUBLIC_HOLIDAY = strawberry.enum_value(
        "PUBLIC_HOLIDAY", description="Hours for public holidays."
    )
    ORDINARY_DAY = strawberry.enum_value(
        "ORDINARY_DAY", description="Hours for this day of the week."
    )
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="The hours are not known.")


@strawberry.type(
    description="A session during which a service is open, or a day it is closed."
)
class OpeningTime:
    kind: OpeningTimeKind = strawberry.field(description="Which rule this is.")
    weekday: int | None = strawberry.field(
        description="Day of the week, from 1 for Monday to 7 for Sunday, of an ordinary day."
    )
    day: date | None = strawberry.field(
        name="date", description="The date, of a specified one."
    )
    opens: str | None = strawberry.field(
        description='Local time, such as "18:30"; null where it is closed.'
    )
    closes: str | None = strawberry.field(
        description="Local time; not later than `opens` where the session lasts past midnight: "
        '"00:00" to "00:00" is a whole day.'
    )
    closed: bool = strawberry.field(description="Whether it is closed the whole day.")
    valid_from: date | None = strawberry.field(
        description="First day on which this holds, in place of what held before; null: "
        "as far as is known, always."
    )
    valid_to: date | None = strawberry.field(
        description="First day on which this no longer holds; null: it goes on, or not known."
    )


def opening_times_of(lines: list[str]) -> list[OpeningTime]:
    """The sessions and closed days that a service's lines of opening hours stand for."""
    return [time for line in lines for time in times_of(line)]


def times_of(line: str) -> list[OpeningTime]:
    """Each session of each day of a line."""
    rule = rule_of(line)
    return [
        OpeningTime(
            kind=OpeningTimeKind[rule.kind],
            weekday=weekday,
            day=rule.day if rule.kind == SPECIFIED_DATE else None,
            opens=session and f"{session.opens:%H:%M}",
            closes=session and f"{session.closes:%H:%M}",
            closed=session is None,
            valid_from=rule.valid_from,
            valid_to=None if rule.valid_to == OPEN_END else rule.valid_to,
        )
        for weekday in rule.weekdays or (None,)
        for session in rule.sessions or (None,)
    ]


@strawberry.enum(description="By what means a referral travels.")
class EndpointConnectionType(Enum):
    TELEPHONE = strawberry.enum_value("TELEPHONE", description="A call.")
    EMAIL = strawberry.enum_value("EMAIL", description="An e-mail.")
    ITK = strawberry.enum_value(
        "ITK", description="A message of the NHS Interoperability Toolkit."
    )
    HTTP = strawberry.enum_value("HTTP", description="A web service or page.")
    E_REFERRAL = strawberry.enum_value(
        "E_REFERRAL", description="The NHS e-Referral Service."
    )
    WALK_IN = strawberry.enum_value(
        "WALK_IN", description="The person simply goes there."
    )


@strawberry.type(description="A technical address to which referrals are sent.")
class Endpoint:
    order: int = strawberry.field(description="Which to try first: the lowest.")
    connection: EndpointConnectionType = strawberry.field(description="By what means.")
    address: str | None = strawberry.field(description="Where to.")
    payload: str | None = strawberry.field(description="Format of what is sent.")
    scenario: str | None = strawberry.field(
        description="For which business it is used."
    )


@strawberry.enum(description="How busy a service is.")
class CapacityStatus(Enum):
    GREEN = strawberry.enum_value("GREEN", description="It takes people as usual.")
    AMBER = strawberry.enum_value("AMBER", description="It takes people, with delay.")
    RED = strawberry.enum_value("RED", description="It takes nobody now.")


@strawberry.type(description="How busy a service says that it is.")
class Capacity:
    status: CapacityStatus = strawberry.field(description="How busy it is.")
    updated_at: datetime = strawberry.field(description="When it said so.")
    resets_at: datetime | None = strawberry.field(
        description="When the status falls back to GREEN by itself."
    )
