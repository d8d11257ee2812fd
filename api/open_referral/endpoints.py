"""The addresses that there are and what each takes: requests are read, and the OpenAPI document is written, from this table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.open_referral import parameters as read
from api.open_referral.parameters import LAST_PAGE, MOST, MOST_METRES, OLDEST, Parameter
from api.open_referral.schedules import DAYS
from api.open_referral.taxonomies import NEEDS, TYPES, taxonomy_id

ID = {"type": "string", "format": "uuid"}
TEXT = {"type": "string", "minLength": 1, "maxLength": read.LONGEST}
A_DAY = f"(?:{'|'.join(read.DAY_OF)})"
SOME_DAYS = {"type": "string", "pattern": f"^{A_DAY}(?:,{A_DAY})*$"}
CLOCK = {"type": "string", "pattern": f"^{read.CLOCK.pattern}$"}
AGE = {"type": "number", "minimum": 0, "maximum": OLDEST}

PAGING = {
    "page": Parameter(
        "Which page, from 1.",
        {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        read.page,
    ),
    "per_page": Parameter(
        "How many a page has at most.",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": read.USUAL},
        read.per_page,
    ),
}
AFTER = {
    "after": Parameter("Where the page before ended.", TEXT, read.after, hidden=True)
}
MODIFIED = {
    "modified_after": Parameter(
        "What the directory changed at this moment or later.",
        {"type": "string", "format": "date-time"},
        read.modified_after,
    )
}
VERSION = {
    "version": Parameter(
        "The version of HSDS: 3.1 adds service_capacity.",
        {"type": "string", "enum": list(read.VERSIONS), "default": read.VERSIONS[0]},
        read.version,
    )
}
FILTERS = {
    "search": Parameter(
        "Words that the names of a service, its type and its needs have, all of them.",
        TEXT,
        read.words,
    ),
    "taxonomy_term_id": Parameter("A need or a type of service.", ID, read.term),
    "taxonomy_id": Parameter(
        "A taxonomy of which it has a term.",
        ID,
        read.taxonomy({taxonomy_id(NEEDS): "has_need", taxonomy_id(TYPES): "has_type"}),
    ),
    "organization_id": Parameter("Who provides it.", ID, read.organization),
    "minimum_age": Parameter(
        "The youngest that it takes is known to be at least this old, in years.",
        AGE,
        read.age("least_age"),
    ),
    "maximum_age": Parameter(
        "The oldest that it takes is known to be at most this old, in years.",
        AGE,
        read.age("most_age"),
    ),
    "day": Parameter(
        f"It is known to open on this day of the week: {', '.join(DAYS)}, several with commas.",
        SOME_DAYS,
        read.days,
    ),
    "start_time": Parameter(
        "A session of it is known to begin at this time or later.",
        CLOCK,
        read.clock("opens"),
    ),
    "end_time": Parameter(
        "A session of it is known to end at this time or earlier, on the day on which it begins.",
        CLOCK,
        read.clock("closes"),
    ),
    "postcode": Parameter(
        "Where somebody is. Services whose area is known not to hold it are left out.",
        TEXT,
        read.postcode,
    ),
    "proximity": Parameter(
        "Within so many metres of the postcode, nearest first.",
        {"type": "number", "exclusiveMinimum": 0, "maximum": MOST_METRES},
        read.proximity,
    ),
    "full": Parameter(
        "With all that hangs from each service.",
        {"type": "boolean", "default": False},
        read.full,
    ),
}


@dataclass(frozen=True)
class Endpoint:
    """An address: what it answers with by a name of openapi.py, whether in pages, and what it takes."""

    summary: str
    answer: str
    pages: bool = False
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


SERVICES = PAGING | AFTER | FILTERS | MODIFIED | VERSION

ENDPOINTS: dict[str, Endpoint] = {
    "/": Endpoint("What this is: version, profile, and this document.", "Api"),
    "/services": Endpoint("Services.", "Service", True, SERVICES),
    "/services/{id}": Endpoint("A service in full.", "Service", parameters=VERSION),
    "/organizations": Endpoint(
        "Organizations that are not known to be gone.",
        "Organization",
        True,
        PAGING | AFTER | MODIFIED,
    ),
    "/organizations/{id}": Endpoint(
        "An organization with its services.", "Organization"
    ),
    "/service_at_locations": Endpoint(
        "Services where they are delivered.", "ServiceAtLocation", True, SERVICES
    ),
    "/service_at_locations/{id}": Endpoint(
        "A service in full where it is delivered.",
        "ServiceAtLocation",
        parameters=VERSION,
    ),
    "/taxonomies": Endpoint("Taxonomies.", "Taxonomy", True, PAGING),
    "/taxonomies/{id}": Endpoint("A taxonomy with its terms.", "Taxonomy"),
    "/taxonomy_terms": Endpoint(
        "Terms: needs and types of service.", "TaxonomyTerm", True, PAGING
    ),
    "/taxonomy_terms/{id}": Endpoint("A term.", "TaxonomyTerm"),
}
