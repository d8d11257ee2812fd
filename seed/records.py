"""The records that the seed's files may hold, and their fields."""

from typing import Annotated, Literal, Self

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from seed.fields import (
    AcceptsFrom,
    AllianceOf,
    AreaCode,
    AreaKind,
    AreaOf,
    CareModelOf,
    Certainty,
    ContractOf,
    ContractStatus,
    Count,
    Day,
    District,
    From,
    GpPractices,
    Latitude,
    LocationOf,
    Longitude,
    NeedOf,
    OdsCode,
    Opening,
    OrganisationKind,
    OrganisationOf,
    PartialDate,
    Postcode,
    Precision,
    Sector,
    ServiceOf,
    ServiceStatus,
    Sexes,
    Share,
    Slug,
    SourceOf,
    Telephone,
    Text,
    To,
    TypeOf,
    Website,
    after,
    precision_of,
    refusal,
)


class Record(BaseModel):
    """What every record has in common: no field that is not listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(Record):
    source: SourceOf
    locator: Text | None = None
    certainty: Certainty = "STATED"
    derived_from: Text | None = None
    fields: Annotated[list[Text], Field(min_length=1)] | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def derived_facts_say_from_what(self) -> Self:
        if self.certainty == "STATED" and self.derived_from:
            raise refusal(
                "derived_from with certainty STATED",
                "write certainty: DERIVED or INFERRED, or leave derived_from out",
            )
        if self.certainty != "STATED" and not self.derived_from:
            raise refusal(
                f"certainty {self.certainty} without derived_from",
                "say in derived_from, in a sentence, why it follows",
            )
        return self


# A relationship of the graph holds one source (docs/graph.md).
OneCitation = Annotated[list[Citation], Field(min_length=1, max_length=1)]


class Sourced(Record):
    """A record that says who states it."""

    stated_by: Annotated[list[Citation], Field(min_length=1)]

    @field_validator("stated_by")
    @classmethod
    def cited_fields_are_fields(cls, citations: list[Citation]) -> list[Citation]:
        names = field_names(cls)
        for citation in citations:
            for name in citation.fields or []:
                if name not in names:
                    raise refusal(
                        f"{name!r} in fields is not a field",
                        f"the fields are {', '.join(names)}",
                    )
        return citations


class Source(Record):
    slug: Slug
    title: Text
    publisher: Text
    url: Website | None = None
    published: PartialDate | None = None
    retrieved: Day | None = None
    licence: Text | None = None


class EarlierOrganisation(Record):
    from_: From | None = Field(None, alias="from")
    to: Annotated[To, after("from_")]
    name: Text | None = None
    kind: OrganisationKind | None = None


class Organisation(Sourced):
    slug: Slug
    name: Text
    kind: OrganisationKind
    ods_code: OdsCode | None = None
    opened: From | None = None
    closed: Annotated[To, after("opened")] | None = None
    aliases: list[Text] = []
    # Who commissions for a GP practice's patients.
    commissioned_by: OrganisationOf | None = None
    earlier: list[EarlierOrganisation] = []


class Succession(Record):
    from_: OrganisationOf = Field(alias="from")
    to: OrganisationOf
    on: Day
    kind: Literal["MERGED", "RENAMED", "REPLACED", "SPLIT"]
    stated_by: OneCitation


class Area(Sourced):
    code: AreaCode
    name: Text
    kind: AreaKind
    within: list[AreaOf] = []


class Responsibility(Record):
    organisation: OrganisationOf
    area: AreaOf
    from_: From | None = Field(None, alias="from")
    to: Annotated[To, after("from_")] | None = None
    stated_by: OneCitation


class Completeness(Record):
    """That the directory holds all that an organisation commissions for a need, as of a day."""

    organisation: OrganisationOf
    need: NeedOf
    as_of: Day
    to: Annotated[To, after("as_of")] | None = None
    stated_by: OneCitation


class ServiceType(Record):
    code: Text
    name: Text


class Need(Record):
    code: Slug
    name: Text
    synonyms: list[Text]
    broader: NeedOf | None = None
    emergency: bool = False
    stated_by: list[Citation] = []


class Location(Sourced):
    slug: Slug
    name: Text | None = None
    postcode: Postcode | None = None
    address: list[Text] = []
    latitude: Latitude
    longitude: Longitude


class Identifier(Record):
    system: Text
    value: Text


class Serves(Record):
    area: AreaOf
    rule: Literal["LIMITED", "PROMOTED", "OPEN", "UNKNOWN"]
    stated_by: OneCitation | None = None


class AgeLimits(Record):
    """The ages that a service takes, in days; neither bound: all of them."""

    min_days: Count | None = None
    max_days: Count | None = None

    @field_validator("max_days")
    @classmethod
    def not_below_the_least(cls, most: int | None, info: ValidationInfo) -> int | None:
        least = info.data.get("min_days")
        if most is not None and least is not None and most < least:
            raise refusal(f"{most} is below min_days {least}", "turn them round")
        return most


ALL_AGES = AgeLimits()


def limits_of_age(value: object) -> object:
    """ALL, or the record with the limits."""
    if value == "ALL":
        return ALL_AGES
    if isinstance(value, str) or value == {}:
        raise refusal(
            f"{value!r}", "write ALL, or min_days and max_days; in a table, 0-5843"
        )
    return value


class Commissioner(Record):
    organisation: OrganisationOf
    lead: bool = False
    stated_by: OneCitation | None = None


class EarlierService(Record):
    from_: From | None = Field(None, alias="from")
    to: Annotated[To, after("from_")]
    name: Text | None = None
    status: ServiceStatus | None = None
    telephone: Telephone | None = None
    clinician_telephone: Telephone | None = None
    website: Website | None = None


class Service(Sourced):
    slug: Slug
    name: Text
    type: TypeOf
    status: ServiceStatus
    reach: Literal["PLACE", "AREA"]
    provider: OrganisationOf | None = None
    provided_from: From | None = None
    provided_to: Annotated[To, after("provided_from")] | None = None
    # Only where no source says under which contract they commission it.
    commissioners: list[Commissioner] = []
    needs: Annotated[list[NeedOf], Field(min_length=1)]
    ods_code: OdsCode | None = None
    identifiers: list[Identifier] = []
    location: LocationOf | None = None
    serves: list[Serves] = []
    telephone: Telephone | None = None
    clinician_telephone: Telephone | None = None
    website: Website | None = None
    ages: Annotated[AgeLimits, BeforeValidator(limits_of_age)] | None = None
    sexes: Sexes | None = None
    accepts_from: AcceptsFrom | None = None
    gp_practices: GpPractices | None = None
    eligibility_notes: Text | None = None
    how_to_refer: Text | None = None
    refers_on_to: list[ServiceOf] = []
    opening: Opening | None = None
    opened: From | None = None
    opened_precision: Annotated[Precision, precision_of("opened")] | None = None
    closed: Annotated[To, after("opened")] | None = None
    last_verified: Day | None = None
    earlier: list[EarlierService] = []

    @model_validator(mode="after")
    def it_can_be_reached(self) -> Self:
        if self.reach == "PLACE" and self.location is None:
            raise refusal("reach PLACE without a location", "name its location")
        if self.reach == "AREA" and not self.serves:
            raise refusal("reach AREA without serves", "list the areas that it serves")
        return self


class Holder(Record):
    organisation: OrganisationOf
    role: Text | None = None
    stated_by: OneCitation | None = None


class EarlierContract(Record):
    from_: From | None = Field(None, alias="from")
    to: Annotated[To, after("from_")]
    title: Text | None = None
    status: ContractStatus | None = None


class Contract(Sourced):
    slug: Slug
    title: Text
    status: ContractStatus
    commissioners: Annotated[list[Commissioner], Field(min_length=1)]
    providers: list[Holder] = []
    services: list[ServiceOf] = []
    area: Text | None = None
    start: From | None = None
    start_precision: Annotated[Precision, precision_of("start")] | None = None
    end: Annotated[To, after("start")] | None = None
    end_precision: Annotated[Precision, precision_of("end")] | None = None
    value_gbp: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    alliance: AllianceOf | None = None
    earlier: list[EarlierContract] = []


class Member(Record):
    organisation: OrganisationOf
    from_: From | None = Field(None, alias="from")
    to: Annotated[To, after("from_")] | None = None
    stated_by: OneCitation | None = None


class Alliance(Sourced):
    slug: Slug
    name: Text
    members: Annotated[list[Member], Field(min_length=1)]


class CareModel(Sourced):
    slug: Slug
    name: Text
    abbreviation: Text
    aims: Annotated[list[Text], Field(min_length=1)]


class Partner(Record):
    organisation: OrganisationOf
    role: Text
    stated_by: OneCitation | None = None


class Post(Record):
    """A post as a source names it, never a person."""

    title: Text
    organisation: OrganisationOf | None = None


class Site(Sourced):
    slug: Slug
    name: Text
    number: Count | None = None
    aliases: list[Text] = []
    care_model: CareModelOf | None = None
    organisations: list[OrganisationOf] = []


class Milestone(Sourced):
    slug: Slug
    name: Text
    when: PartialDate
    organisations: list[OrganisationOf] = []


class Indicator(Record):
    name: Text
    measure: Text
    target: Text | None = None
    stated_by: list[Citation] = []


class Programme(Sourced):
    slug: Slug
    name: Text
    description: Text | None = None
    aims: list[Text] = []
    serves: list[Text] = []
    funding_gbp: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    population: Count | None = None
    from_: From | None = Field(None, alias="from")
    to: Annotated[To, after("from_")] | None = None
    care_models: list[CareModel] = []
    organisations: list[Partner] = []
    roles: list[Post] = []
    services: list[ServiceOf] = []
    contracts: list[ContractOf] = []
    alliances: list[AllianceOf] = []
    areas: list[AreaOf] = []
    sites: list[Site] = []
    milestones: list[Milestone] = []
    indicators: list[Indicator] = []


class SectorRow(Record):
    sector: Sector
    latitude: Latitude
    longitude: Longitude
    postcodes: Count


class DistrictRow(Record):
    district: District
    latitude: Latitude
    longitude: Longitude
    postcodes: Count


class ShareRow(Record):
    """The part of a sector's or a district's postcodes that lies in an area."""

    part: AreaOf = Field(validation_alias=AliasChoices("sector", "district"))
    area: AreaOf
    share: Share
    postcodes: Count


class AreaRow(Record):
    code: AreaCode
    name: Text
    kind: AreaKind
    ods_code: OdsCode | None = None
    within: list[AreaOf] = []


class PlaceRow(Record):
    slug: Slug
    name: Text
    aliases: list[Text] = []
    district: Text | None = None
    county: Text | None = None  # as people call it, where its district is another
    latitude: Latitude
    longitude: Longitude
    population: Count | None = None
    ccg: AreaOf | None = None
    local_authority: AreaOf | None = None
    country: AreaOf


class TableSource(Sourced):
    """Who states the rows of a table that has no columns for it."""

    file: Text


def field_names(record: type[Record]) -> list[str]:
    """The names of a record's fields as they are written in the files."""
    return [field.alias or name for name, field in record.model_fields.items()]
