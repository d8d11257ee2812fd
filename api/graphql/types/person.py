"""What is known of a person, and who is asking for them."""

from enum import Enum

import strawberry


@strawberry.enum(description="Unit of an age.")
class AgeUnit(Enum):
    DAYS = strawberry.enum_value("DAYS", description="Days.")
    MONTHS = strawberry.enum_value("MONTHS", description="Months of 30.4375 days.")
    YEARS = strawberry.enum_value("YEARS", description="Years of 365.25 days.")


@strawberry.enum(description="Sex, as the NHS Directory of Services distinguishes it.")
class Sex(Enum):
    FEMALE = strawberry.enum_value("FEMALE", description="Female.")
    MALE = strawberry.enum_value("MALE", description="Male.")
    INDETERMINATE = strawberry.enum_value("INDETERMINATE", description="Indeterminate.")


@strawberry.enum(description="Who refers somebody to a service.")
class ReferrerRole(Enum):
    PATIENT = strawberry.enum_value(
        "PATIENT", description="The person, or somebody close to them."
    )
    GP = strawberry.enum_value("GP", description="General practitioner.")
    PARAMEDIC = strawberry.enum_value("PARAMEDIC", description="Ambulance clinician.")
    NHS_111 = strawberry.enum_value("NHS_111", description="Call handler of NHS 111.")
    CLINICAL_HUB = strawberry.enum_value(
        "CLINICAL_HUB", description="Clinician in the hub behind NHS 111."
    )
    COMMUNITY_NURSE = strawberry.enum_value(
        "COMMUNITY_NURSE", description="District or other community nurse."
    )
    SOCIAL_WORKER = strawberry.enum_value("SOCIAL_WORKER", description="Social worker.")
    MENTAL_HEALTH_PROFESSIONAL = strawberry.enum_value(
        "MENTAL_HEALTH_PROFESSIONAL", description="Mental health professional."
    )
    HOSPITAL = strawberry.enum_value("HOSPITAL", description="Hospital staff.")
    CARE_HOME = strawberry.enum_value("CARE_HOME", description="Care home staff.")
