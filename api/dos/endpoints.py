"""The addresses of the REST search: requests are read, and the OpenAPI document is written, from this table.

They are those of the DoS's REST API 1.0, below /dos.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from api.dos import parameters as read
from api.dos.parameters import Parameter

ROOT = "/app/controllers/api/v1.0/services"
TEXT = {"type": "string", "minLength": 1, "maxLength": read.LONGEST}
CASE = {
    "caseId": Parameter(
        "The caller's own reference; it is not kept.", TEXT, read.ignored
    ),
    "postcode": Parameter(
        "Where the person is: a postcode, a sector or a district.",
        TEXT,
        read.postcode,
        optional=False,
    ),
    "searchDistance": Parameter(
        f"How far, in miles; 0 for {read.USUAL_MILES}.",
        {"type": "number", "minimum": 0, "maximum": read.MOST_MILES},
        read.distance,
    ),
    "gpPracticeId": Parameter(
        "The person's GP practice, by its number in the DoS or its ODS code; 0: not given.",
        {"type": "string", "pattern": "^(?:[0-9]{1,10}|[A-Za-z][0-9]{5})$"},
        read.practice,
    ),
    "age": Parameter(
        "The age group: 4 under 1 year, 3 from 1 to 4, 2 from 5 to 15, 1 from 16, 8 from 65; 0: not given.",
        {"type": "integer", "enum": [0, *read.AGE_GROUPS]},
        read.age,
    ),
    "gender": Parameter(
        "M, F or I; 0: not given.",
        {"type": "string", "enum": [read.NOT_GIVEN, *read.SEX_OF]},
        read.gender,
    ),
    "disposition": Parameter("Not looked at, as in the DoS; 0.", TEXT, read.ignored),
}
EACH = {
    "numberPerType": Parameter(
        f"How many of each type at most; 0 for {read.USUAL_EACH}.",
        {"type": "integer", "minimum": 0, "maximum": read.MOST_EACH},
        read.each,
    )
}
TERM = {
    "symptomGroupDiscriminatorCombos": Parameter(
        "A symptom group and one of its discriminators, such as 9001=7001, as far as they are loaded; or the code of a need.",
        TEXT,
        read.clinical_term,
        optional=False,
    )
}
TYPES = {
    "serviceTypeIds": Parameter(
        "Types of service by their numbers, with commas.",
        {"type": "string", "pattern": "^-?[0-9]{1,4}(?:,-?[0-9]{1,4})*$"},
        read.service_types,
        optional=False,
    )
}
ODS_CODE = {
    "odsCode": Parameter(
        "The ODS code of a service.",
        {"type": "string", "pattern": f"^{read.ODS_CODE.pattern}$"},
        read.ods_code,
        optional=False,
    )
}
SERVICE_ID = {
    "serviceId": Parameter(
        "The number of a service: the DoS's, or ours.",
        {"type": "integer", "minimum": 1, "maximum": read.LARGEST},
        read.dos_id,
        optional=False,
    )
}


@dataclass(frozen=True)
class Endpoint:
    """An address by its name: what it gives, and the parts of its path."""

    summary: str
    parameters: Mapping[str, Parameter]
    searches: bool = False

    def path(self, name: str) -> str:
        parts = "/".join(f"{{{each}}}" for each in self.parameters)
        return f"{ROOT}/{name}/{parts}"


ENDPOINTS = {
    "byClinicalTerm": Endpoint(
        "Services for what somebody needs.", CASE | TERM | EACH, searches=True
    ),
    "byServiceType": Endpoint(
        "Services of some types.", CASE | TYPES | EACH, searches=True
    ),
    "byOdsCode": Endpoint("The services with an ODS code.", ODS_CODE),
    "byServiceId": Endpoint("The service with a number.", SERVICE_ID),
}
PATHS = {name: endpoint.path(name) for name, endpoint in ENDPOINTS.items()}
