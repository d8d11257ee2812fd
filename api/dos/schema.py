"""What SOAP requests and answers are made of: answers are written, and the WSDL is, from this table.

The names, their order and what must be there are those of version 1.5 of the DoS's web service; what it demands of a request
and we can do without is optional here.
"""

from typing import NamedTuple

NAMESPACE = "https://nww.pathwaysdos.nhs.uk/app/api/webservices"
OURS = "urn:signpost:dos"  # of what the DoS does not have
VERSION = "1.5"


class Part(NamedTuple):
    """A part of a type: its name, the type of its values, and whether it must be there and may be there often."""

    name: str
    type: str
    needed: bool = True
    many: bool = False


def maybe(name: str, type_: str = "string") -> Part:
    return Part(name, type_, needed=False)


def several(name: str, type_: str) -> tuple[Part, ...]:
    return (Part(name, type_, needed=False, many=True),)


CHOICES = {
    "AgeFormatType": ("Days", "Months", "Years", "AgeGroup"),
    "GenderType": ("M", "F", "I"),
    "Capacity": ("High", "Low", "None"),
    "DistanceSource": (
        "Postcode",
        "District",
        "Sector",
        "Override",
        "Web Service",
        "National",
    ),
    "DayOfWeek": (
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Bankholiday",
    ),
}
TYPES: dict[str, tuple[Part, ...]] = {
    "CheckCapacitySummary": (maybe("userInfo", "UserInfo"), Part("c", "Case")),
    "UserInfo": (maybe("username"), maybe("password")),
    "Case": (
        maybe("caseRef"),
        maybe("caseId"),
        Part("postcode", "string"),
        maybe("surgery"),
        Part("age", "short"),
        Part("ageFormat", "AgeFormatType"),
        maybe("disposition", "int"),
        Part("symptomGroup", "int"),
        Part("symptomDiscriminatorList", "ArrayOfInt"),
        maybe("searchDistance", "int"),
        maybe("forceSearchDistance", "boolean"),
        maybe("gender", "GenderType"),
        maybe("searchDateTime"),
    ),
    "ArrayOfInt": several("int", "int"),
    "CheckCapacitySummaryResponse": (
        Part("TransactionId", "string"),
        Part("RequestedAtDateTime", "string"),
        Part("SearchDateTime", "string"),
        maybe("CalculatedAgeInDays", "float"),
        Part("SearchDistance", "int"),
        Part("SearchDistanceUsedSource", "DistanceSource"),
        Part("CheckCapacitySummaryResult", "ArrayOfServiceCareSummaryDestination"),
    ),
    "ArrayOfServiceCareSummaryDestination": several(
        "serviceCareSummaryDestination", "ServiceCareSummaryDestination"
    ),
    "ServiceCareSummaryDestination": (
        Part("id", "int"),
        Part("capacity", "Capacity"),
        maybe("name"),
        maybe("publicName"),
        maybe("contactDetails"),
        maybe("address"),
        maybe("postcode"),
        maybe("northings", "int"),
        maybe("eastings", "int"),
        maybe("url"),
        Part("serviceType", "ServiceType"),
        maybe("odsCode"),
        maybe("nonPublicTelephoneNo"),
        maybe("fax"),
        maybe("publicFacingInformation"),
        maybe("distance"),
        maybe("referralInformation"),
        Part("openAllHours", "boolean"),
        maybe("capacityAttributes", "ArrayOfCapacityAttributes"),
        Part("serviceEndpoints", "ArrayOfServiceEndpoints"),
        maybe("rotaSessions", "ArrayOfServiceCareItemRotaSession"),
        maybe("openTimeSpecifiedSessions", "ArrayOfOpenTimeSpecified"),
        maybe("attributes", "ArrayOfAttributes"),
        Part("serviceAgeRange", "ArrayOfServiceAgeRanges"),
    ),
    "ServiceType": (Part("id", "long"), Part("name", "string")),
    "ArrayOfCapacityAttributes": several("capacityAttribute", "CapacityAttribute"),
    "CapacityAttribute": (
        Part("name", "string"),
        Part("description", "string"),
        Part("value", "string"),
    ),
    "ArrayOfServiceEndpoints": several("endpoint", "Endpoint"),
    "Endpoint": (
        Part("endpointOrder", "int"),
        Part("transport", "string"),
        Part("format", "string"),
        Part("interaction", "string"),
        Part("businessScenario", "string"),
        Part("address", "string"),
        Part("compression", "string"),
        Part("comment", "string"),
    ),
    "ArrayOfServiceCareItemRotaSession": several(
        "serviceCareItemRotaSession", "ServiceCareItemRotaSession"
    ),
    "ServiceCareItemRotaSession": (
        Part("startDayOfWeek", "DayOfWeek"),
        maybe("startTime", "TimeOfDay"),
        Part("endDayOfWeek", "DayOfWeek"),
        maybe("endTime", "TimeOfDay"),
        maybe("status"),
    ),
    "TimeOfDay": (Part("hours", "short"), Part("minutes", "short")),
    "ArrayOfOpenTimeSpecified": several("openTimeSpecified", "string"),
    "ArrayOfAttributes": several("attribute", "Attribute"),
    "Attribute": (
        Part("dataType", "string"),
        Part("name", "string"),
        Part("description", "string"),
        Part("value", "string"),
    ),
    "ArrayOfServiceAgeRanges": several("ageRange", "AgeRange"),
    "AgeRange": (Part("daysFrom", "float"), Part("daysTo", "float")),
    "ServiceDetailsById": (maybe("userInfo", "UserInfo"), Part("serviceId", "string")),
    "ServiceDetailsByIdResponse": (maybe("services", "ArrayOfServices"),),
    "ArrayOfServices": several("service", "ServiceDetail"),
    "ServiceDetail": (
        Part("id", "string"),
        Part("odsCode", "string"),
        maybe("serviceEndpoints", "ArrayOfServiceEndpoints"),
    ),
}
# What is asked, and what answers it, by the names of their elements.
OPERATIONS = {
    "CheckCapacitySummary": "CheckCapacitySummaryResponse",
    "ServiceDetailsById": "ServiceDetailsByIdResponse",
}
