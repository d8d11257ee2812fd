"""The rows that questions answer with: dictionaries with the names that the Cypher projects.

A *full* row, as `services_by_slugs` and its like give it, has every key. A row inside another row has
at least its key (`slug` or `code`) and its plain values; whoever needs more asks for the full row.
Dates are `datetime.date`; a bound that is known to be open is `OPEN_END` or `OPEN_START`, one that no source
states is None (docs/graph.md, Time).
"""

from datetime import date, datetime
from typing import Any, NotRequired, TypedDict

OPEN_START = date(1, 1, 1)
OPEN_END = date(9999, 12, 31)


class SourceRow(TypedDict):
    """A citation: the source and where in it a fact stands."""

    slug: str
    title: str
    publisher: str
    url: str | None
    published: str | None  # ISO 8601 of whatever precision
    retrieved: date | None
    locator: str | None
    certainty: str
    derived_from: str | None
    fields: list[str] | None  # the properties it states; None: all of them
    on: date | None  # the day for which it vouches


class OrganisationRow(TypedDict):
    """An organisation by the name and kind that it had on the day asked for."""

    slug: str
    ods_code: str | None
    name: str
    kind: str
    opened: date | None
    closed: date | None
    aliases: NotRequired[list[str]]
    successors: NotRequired[list["OrganisationRow"]]
    predecessors: NotRequired[list["OrganisationRow"]]
    alliances: NotRequired[list["AllianceRow"]]
    sites: NotRequired[list["SiteRow"]]
    sources: NotRequired[list[SourceRow]]


class NeedRow(TypedDict):
    code: str
    name: str
    synonyms: list[str]
    emergency: bool
    broader: NotRequired["NeedRow | None"]
    narrower: NotRequired[list["NeedRow"]]


class ServiceTypeRow(TypedDict):
    code: str
    name: str
    rank: int | None  # the national ranking, 1 to 10, 1 first


class LocationRow(TypedDict):
    slug: str
    name: str | None
    postcode: str | None
    address: list[str]
    latitude: float
    longitude: float


class IdentifierRow(TypedDict):
    system: str
    value: str


class ServesRow(TypedDict):
    """An area that a service serves, by which rule, and who says so."""

    code: str
    name: str
    kind: str
    rule: str  # LIMITED, PROMOTED, OPEN, UNKNOWN
    source: SourceRow | None


class ServiceRow(TypedDict):
    slug: str
    name: str
    status: str
    reach: str  # PLACE or AREA
    ods_code: str | None
    telephone: str | None
    clinician_telephone: str | None
    website: str | None
    ages: str | None  # ALL, LIMITED, or None: no source says
    min_age_days: int | None
    max_age_days: int | None
    sexes: list[str] | None
    accepts: str | None  # ANYONE, LISTED, or None: no source says
    accepts_from: list[str]
    gp_registration: str | None  # ANY, LISTED, or None: no source says
    gp_practices: list[str]
    eligibility_notes: str | None
    how_to_refer: str | None
    opening: list[str]  # lines of graph_model/matching/hours.py; none: no source says
    opened: date | None
    opened_precision: str | None
    closed: date | None
    capacity: str | None  # GREEN, AMBER, RED, as somebody said; None: nobody has
    capacity_updated_at: datetime | None
    capacity_resets_at: datetime | None  # when it counts as GREEN again
    last_verified: date | None
    identifiers: list[IdentifierRow]
    type: NotRequired[ServiceTypeRow]
    provider: NotRequired[OrganisationRow | None]  # None: no source names it
    needs: NotRequired[list[NeedRow]]
    location: NotRequired[LocationRow | None]
    serves: NotRequired[list[ServesRow]]
    commissioners: NotRequired[list["CommissionerRow"]]  # where no contract is known
    contracts: NotRequired[list["ContractRow"]]
    ended_contracts: NotRequired[list["ContractRow"]]  # for the finder to judge only
    kept: NotRequired[dict[Any, Any]]  # what criteria worked out of the row
    pathways: NotRequired[list["PathwayRow"]]
    sources: NotRequired[list[SourceRow]]


class CommissionerRow(TypedDict):
    organisation: OrganisationRow
    lead: bool
    source: SourceRow | None


class ContractRow(TypedDict):
    slug: str
    title: str
    status: str
    area: str | None
    start: date | None
    start_precision: str | None  # DAY, MONTH, YEAR; None where there is no start
    end: date | None
    end_precision: str | None
    value_gbp: float | None
    commissioners: NotRequired[list[CommissionerRow]]
    providers: NotRequired[list[OrganisationRow]]
    services: NotRequired[list[ServiceRow]]
    alliance: NotRequired["AllianceRow | None"]
    sources: NotRequired[list[SourceRow]]


class AllianceRow(TypedDict):
    slug: str
    name: str
    members: NotRequired[list[OrganisationRow]]
    contracts: NotRequired[list[ContractRow]]
    sources: NotRequired[list[SourceRow]]


class CareModelRow(TypedDict):
    slug: str
    name: str
    abbreviation: str
    aims: list[str]


class SiteRow(TypedDict):
    """A site of a programme (in the New Care Models programme, a vanguard)."""

    slug: str
    name: str
    number: int | None
    aliases: list[str]
    programme: NotRequired["ProgrammeRow"]
    care_model: CareModelRow | None
    organisations: list[OrganisationRow]
    sources: list[SourceRow]


class MilestoneRow(TypedDict):
    slug: str
    name: str
    when: str
    organisations: list[OrganisationRow]
    sources: list[SourceRow]


class IndicatorRow(TypedDict):
    name: str
    measure: str
    target: str | None
    sources: list[SourceRow]


class PartnerRow(TypedDict):
    """An organisation's part in a programme."""

    organisation: OrganisationRow
    role: str
    source: SourceRow | None


class PostRow(TypedDict):
    """A post that a source names (never a person)."""

    title: str
    organisation: OrganisationRow | None


class AreaRow(TypedDict):
    code: str
    name: str
    kind: str


class ProgrammeRow(TypedDict):
    slug: str
    name: str
    description: str | None
    aims: list[str]
    serves: list[str]  # whom, in words
    funding_gbp: float | None
    population: int | None
    care_models: NotRequired[list[CareModelRow]]
    sites: NotRequired[list[SiteRow]]
    milestones: NotRequired[list[MilestoneRow]]
    partners: NotRequired[list[PartnerRow]]
    posts: NotRequired[list[PostRow]]
    services: NotRequired[list[ServiceRow]]
    contracts: NotRequired[list[ContractRow]]
    alliances: NotRequired[list[AllianceRow]]
    areas: NotRequired[list[AreaRow]]
    indicators: NotRequired[list[IndicatorRow]]
    sources: NotRequired[list[SourceRow]]


class EntryCriterionRow(TypedDict):
    text: str
    kind: str | None
    min_age_days: int | None
    max_age_days: int | None
    sexes: list[str]
    referrers: list[str]
    needs: list[NeedRow]
    areas: list[AreaRow]
    registered_with: list[OrganisationRow]


class TransitionRow(TypedDict):
    to: str  # the slug of a step of the same pathway version
    condition: str | None
    urgency: str | None  # ROUTINE, URGENT, EMERGENCY
    within_minutes: int | None
    source: SourceRow | None


class StepRow(TypedDict):
    slug: str
    name: str
    stage: str
    exit: bool
    service_type: ServiceTypeRow
    needs: list[NeedRow]
    entry_criteria: list[EntryCriterionRow]
    next: list[TransitionRow]
    sources: list[SourceRow]


class AboutRow(TypedDict):
    """What a reader of the directory must know first (graph_model/directory.py)."""

    as_of: date | None
    historical: bool


class PathwayRow(TypedDict):
    slug: str
    name: str
    version: int
    status: str
    effective_from: date | None
    effective_to: date | None  # the first day on which it is no longer in use
    needs: NotRequired[list[NeedRow]]
    owners: NotRequired[list[OrganisationRow]]
    commissioners: NotRequired[list[OrganisationRow]]
    localised_for: NotRequired[OrganisationRow | None]  # None: as it was published
    directory: NotRequired[AboutRow | None]  # None: no seed was loaded
    steps: NotRequired[list[StepRow]]  # in order of position
    indicators: NotRequired[list[IndicatorRow]]
    sources: NotRequired[list[SourceRow]]


class PlaceRow(TypedDict):
    name: str
    latitude: float
    longitude: float
    resolved_by: str  # POSTCODE, SECTOR, DISTRICT, PLACE_NAME, POINT
    commissioner: OrganisationRow | None  # None: not known, never guessed
    explanation: str  # how the commissioner is known, or why it is not
    alternatives: list["PlaceRow"]


class DirectoryRow(TypedDict):
    as_of: date | None  # None: a live directory, whose date is today
    historical: bool
    services: int
    organisations: int
    contracts: int
    pathways: int


class CriterionRow(TypedDict):
    kind: str
    verdict: str  # PASS, FAIL, UNKNOWN
    explanation: str
    sources: list[SourceRow]


class MethodRow(TypedDict):
    connection: str
    address: str | None
    instructions: str
    service: ServiceRow


class OpenStateRow(TypedDict):
    """Whether a service is open at the moment that an answer is for; times in UTC."""

    open_now: bool | None
    opens_at: datetime | None
    closes_at: datetime | None
    reason: str  # which rule decided; UNKNOWN where none is known


class OptionRow(TypedDict):
    rank: int
    service: ServiceRow
    distance_km: float | None
    open: OpenStateRow
    criteria: list[CriterionRow]
    contract: ContractRow | None
    route: list[ServiceRow]
    how_to_refer: list[MethodRow]
    why_here: str  # why this option stands where it stands


class NearMissRow(TypedDict):
    service: ServiceRow
    distance_km: float | None
    failed: CriterionRow
    criteria: list[CriterionRow]


class RefusalRow(TypedDict):
    """An option that was refused, and what the directory did with the reason."""

    service: ServiceRow
    reason: str  # a key of graph_model/matching/refusals.py, REASONS
    explanation: str


class ResponsibilityRow(TypedDict):
    organisation: OrganisationRow | None
    by: str  # GP_REGISTRATION, PLACE, UNKNOWN
    explanation: str
    sources: list[SourceRow]


class CoverageCellRow(TypedDict):
    """How far a commissioner's services cover a need (ADR 17)."""

    commissioner: OrganisationRow
    need: NeedRow
    state: str  # COVERED, OVERLAP, GAP, UNKNOWN
    explanation: str
    share: float | None  # of its people, whom services surely reach
    services: list[ServiceRow]
    contracts: list[ContractRow]
    complete_as_of: date | None
    sources: list[SourceRow]
    postcodes: int | None  # in an impact: how many lose the service
    stopped: NotRequired[list[str]]  # in an impact that is drawn: the services, by slug


class StepCoverageRow(TypedDict):
    """How far a commissioner's services cover a step of a pathway."""

    pathway: PathwayRow
    step: StepRow
    state: str
    explanation: str
    share: float | None
    services: list[ServiceRow]
    contracts: list[ContractRow]


class CoverageRowRow(TypedDict):
    """A commissioner's row of the matrix."""

    commissioner: OrganisationRow
    there: bool  # whether it existed on the day
    postcodes: int | None
    cells: list[CoverageCellRow]
    states: list[str]
    steps: list[StepCoverageRow]


class CoverageRow(TypedDict):
    """Commissioners by needs."""

    as_of: date
    directory: AboutRow | None
    needs: list[NeedRow]
    pathway: PathwayRow | None
    rows: list[CoverageRowRow]


class BrokenStepRow(TypedDict):
    """A step of a pathway for which a commissioner's people lose the service."""

    pathway: PathwayRow
    step: StepRow
    commissioner: OrganisationRow
    explanation: str
    stopped: NotRequired[list[str]]  # where it is drawn: the services, by slug


class ContractImpactRow(TypedDict):
    """What stops if contracts end."""

    as_of: date
    directory: AboutRow | None
    contracts: list[ContractRow]
    not_live: list[ContractRow]  # of them, those whose end changes nothing on the day
    services: list[ServiceRow]
    services_in_doubt: list[ServiceRow]
    services_that_go_on: list[ServiceRow]
    commissioners: list[OrganisationRow]
    needs_left_uncovered: list[CoverageCellRow]
    broken_steps: list[BrokenStepRow]
    postcodes: int | None
    procured: list[tuple[str, str]]  # contract and service, by their slugs


class SuccessionRow(TypedDict):
    """A step from an organisation to one that took over from it."""

    former: OrganisationRow
    heir: OrganisationRow
    on: date
    kind: str  # MERGED, RENAMED, REPLACED, SPLIT
    source: SourceRow | None


class LineageRow(TypedDict):
    """A way of successions from one organisation to another."""

    first: OrganisationRow
    organisation: OrganisationRow
    certain: bool  # nobody on it had another successor too
    steps: list[SuccessionRow]


class DifferenceRow(TypedDict):
    """What is otherwise on one day than on an earlier one."""

    key: str
    kind: str  # CONTRACT, ROUTE, SERVICE
    change: str  # CAME, WENT, CHANGED
    before: str | None  # the status then; None: no source had spoken of it
    after: str | None
    explanation: str
    contract: ContractRow | None
    service: ServiceRow | None
    route: list[ServiceRow]
