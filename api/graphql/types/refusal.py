"""Options that were refused, and why: the reasons of the NHS Directory of Services."""

from datetime import date
from enum import Enum

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.names import Service
from graph_model.rows import RefusalRow


@strawberry.enum(
    description="Why an option was refused, as in the NHS Directory of Services."
)
class RefusalReason(Enum):
    TRANSPORT = strawberry.enum_value(
        "TRANSPORT",
        description="21: the person has no way to get there. What is nearer, or comes to the "
        "person, then comes before what is as far.",
    )
    NO_CAPACITY = strawberry.enum_value(
        "NO_CAPACITY", description="22: it has no room. Only it is left out."
    )
    NOT_CLINICALLY_APPROPRIATE = strawberry.enum_value(
        "NOT_CLINICALLY_APPROPRIATE",
        description="23: not clinically appropriate. Only it is left out.",
    )
    REFERRAL_REJECTED = strawberry.enum_value(
        "REFERRAL_REJECTED",
        description="24: it rejected the referral. Only it is left out.",
    )
    PATIENT_CHOICE = strawberry.enum_value(
        "PATIENT_CHOICE",
        description="26: the person does not want it. Only it is left out.",
    )
    COULD_NOT_CONTACT = strawberry.enum_value(
        "COULD_NOT_CONTACT",
        description="27: nobody could be reached there. Only it is left out.",
    )
    NO_APPOINTMENTS = strawberry.enum_value(
        "NO_APPOINTMENTS", description="31: no appointments. Only it is left out."
    )
    APPOINTMENTS_UNSUITABLE = strawberry.enum_value(
        "APPOINTMENTS_UNSUITABLE",
        description="32: its appointments do not suit the person. Only it is left out.",
    )
    NOT_ELIGIBLE = strawberry.enum_value(
        "NOT_ELIGIBLE",
        description="40: it does not take this person. Only it is left out: others of its type "
        "have rules of their own.",
    )
    HOME_VISIT_REQUESTED = strawberry.enum_value(
        "HOME_VISIT_REQUESTED",
        description="41: a visit at home was asked for. What comes to the person then comes first.",
    )
    DISTANCE = strawberry.enum_value(
        "DISTANCE",
        description="42: too far away. What is nearer, or comes to the person, then comes before "
        "what is as far.",
    )
    OTHER = strawberry.enum_value(
        "OTHER", description="99: anything else. Only it is left out."
    )


@strawberry.type(description="An option that was refused, and is therefore left out.")
class Refusal:
    row: strawberry.Private[RefusalRow]
    as_of: strawberry.Private[date | None]

    service: Service = linked("service", Service, "The service.")
    reason: RefusalReason = plain("reason", "Why it was refused.")
    explanation: str = plain(
        "explanation", "What the directory did with the reason, in plain English."
    )
