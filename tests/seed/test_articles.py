"""The seed holds what the five articles say, and leaves out what they do not."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from neo4j import AsyncDriver

import seed
from graph_model.contracts import alliances_by_slugs, contracts_by_slugs
from graph_model.organisations import organisations_by_slugs
from graph_model.places import PlaceQuestion
from graph_model.programmes import programmes_by_slugs
from graph_model.referrals import AnswerRow, Case, referral_answer
from graph_model.services import services_by_slugs

ARTICLES = Path(seed.__file__).parent / "articles"
DIRECTORYS_DAY = date(2016, 11, 30)
SATURDAY_NIGHT = datetime(2016, 12, 3, 22, tzinfo=UTC)


@cache
def article(name: str) -> dict[str, Any]:
    return yaml.safe_load((ARTICLES / f"{name}.yaml").read_text(encoding="utf-8"))


def record(name: str, section: str, slug: str) -> dict[str, Any]:
    return next(each for each in article(name)[section] if each["slug"] == slug)


async def answer(
    driver: AsyncDriver, place: str, need: str, as_of: date | None = None, **case: Any
) -> AnswerRow:
    """The answer for a place by name, or by postcode where it ends in a digit."""
    by_postcode = place[-1].isdigit()
    where = PlaceQuestion(postcode=place) if by_postcode else PlaceQuestion(name=place)
    question = Case(place=where, need_code=need, **case)
    return await referral_answer(driver, question, as_of)


def verdicts(option: Any) -> dict[str, str]:
    return {each["kind"]: each["verdict"] for each in option["criteria"]}


def provider_of(option: Any) -> str | None:
    provider = option["service"].get("provider")
    return provider and provider["name"]


def slugs(options: Any) -> list[str]:
    return [option["service"]["slug"] for option in options]


# --- West Midlands integrated urgent care ---------------------------------------------


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("place", "service", "provider", "commissioners"),
    [
        (
            "CV21",
            "gp-out-of-hours-rugby",
            "Vocare",
            {"NHS Coventry and Rugby CCG"},
        ),
        (
            "Hereford",
            "gp-out-of-hours-herefordshire",
            "Nestor Primecare",
            {"NHS Herefordshire CCG"},
        ),
        (
            "Worcester",
            "gp-out-of-hours-worcestershire",
            "Care UK",
            {
                "NHS Redditch and Bromsgrove CCG",
                "NHS South Worcestershire CCG",
                "NHS Wyre Forest CCG",
            },
        ),
        (
            "Cotteridge",
            "gp-out-of-hours-birmingham-south-central",
            "Badger Group",
            {"NHS Birmingham South and Central CCG"},
        ),
        (
            "West Bromwich",
            "gp-out-of-hours-sandwell-and-west-birmingham",
            "Nestor Primecare",
            set(),
        ),
        (
            "Leamington Spa",
            "gp-out-of-hours-warwickshire",
            "Care UK",
            {"NHS South Warwickshire CCG", "NHS Warwickshire North CCG"},
        ),
    ],
)
async def test_each_newly_contracted_part_has_its_gp_out_of_hours_service(
    directory: AsyncDriver,
    place: str,
    service: str,
    provider: str,
    commissioners: set[str],
) -> None:
    found = await answer(directory, place, "gp-out-of-hours", at=SATURDAY_NIGHT)

    option = found["options"][0]
    assert option["service"]["slug"] == service
    assert provider_of(option) == provider
    contract = option["contract"]
    assert contract is not None
    assert contract["status"] == "LIVE"
    assert {
        each["organisation"]["name"]: each["lead"]
        for each in contract.get("commissioners", [])
    } == {name: False for name in commissioners} | {
        "NHS Sandwell and West Birmingham CCG": True
    }
    assert [step["name"] for step in option["route"][:-1]] == [
        "NHS 111, West Midlands",
        "Clinical hub, West Midlands",
    ]


@pytest.mark.anyio
async def test_on_the_first_of_october_2016_the_new_contracts_answer_for_nobody(
    directory: AsyncDriver,
) -> None:
    found = await answer(directory, "Rugby", "gp-out-of-hours", date(2016, 10, 1))

    assert found["as_of"] == date(2016, 10, 1)
    assert "gp-out-of-hours-rugby" not in slugs(found["options"])
    assert "nhs-111-west-midlands" not in slugs(found["options"])
    contract = (
        await contracts_by_slugs(
            directory, ["gp-out-of-hours-rugby-contract"], date(2016, 10, 1)
        )
    )[0]
    assert contract is not None
    assert contract["status"] == "AWARDED"


@pytest.mark.anyio
async def test_inside_november_2016_nobody_knows_whether_the_contracts_have_started(
    directory: AsyncDriver,
) -> None:
    found = await answer(directory, "Rugby", "gp-out-of-hours", date(2016, 11, 15))

    option = next(
        each
        for each in found["options"]
        if each["service"]["slug"] == "gp-out-of-hours-rugby"
    )
    assert verdicts(option)["ACTIVE"] == "UNKNOWN"
    assert verdicts(option)["CONTRACT"] == "UNKNOWN"


@pytest.mark.anyio
async def test_sixteen_ccgs_commission_nhs_111_and_the_directory_says_how_it_knows(
    directory: AsyncDriver,
) -> None:
    contract = (
        await contracts_by_slugs(
            directory, ["nhs-111-west-midlands-contract"], DIRECTORYS_DAY
        )
    )[0]

    assert contract is not None
    commissioners = contract.get("commissioners", [])
    assert {each["organisation"]["ods_code"] for each in commissioners} == {
        *{"13P", "04X", "05A", "05C", "05F", "05J", "05L", "05N"},
        *{"05P", "05R", "05T", "05X", "05Y", "05H", "06A", "06D"},
    }
    lead = [each["organisation"]["ods_code"] for each in commissioners if each["lead"]]
    assert lead == ["05L"]
    certainty = {
        each["organisation"]["ods_code"]: each["source"]["certainty"]
        for each in commissioners
        if each["source"]
    }
    assert certainty.pop("05L") == "STATED"
    assert set(certainty.values()) == {"DERIVED"}
    derived = next(
        source["derived_from"] or ""
        for source in contract.get("sources", [])
        if "commissioners" in (source["fields"] or [])
    )
    assert "names only the lead" in derived
    assert "not in Staffordshire" in derived
    assert "Seisdon Peninsula" in derived
    assert "leaves out Solihull" in derived


@pytest.mark.anyio
async def test_the_alliance_binds_new_contracts_and_ongoing_ones(
    directory: AsyncDriver,
) -> None:
    alliance = (
        await alliances_by_slugs(
            directory, ["west-midlands-integrated-urgent-care-alliance"], DIRECTORYS_DAY
        )
    )[0]

    assert alliance is not None
    parts = {
        status: {
            each["area"]
            for each in alliance.get("contracts", [])
            if each["status"] == status
        }
        for status in ("LIVE", "VARIED")
    }
    assert parts == {
        "LIVE": {
            "West Midlands without Staffordshire",
            "Birmingham South Central",
            "Herefordshire",
            "Rugby",
            "Sandwell and West Birmingham",
            "Warwickshire",
            "Worcestershire",
        },
        "VARIED": {
            "Birmingham CrossCity",
            "Coventry",
            "Dudley",
            "Shropshire",
            "Solihull",
            "Telford and Wrekin",
            "Walsall",
            "Wolverhampton",
        },
    }
    assert {"Care UK", "Badger Group", "Nestor Primecare", "Vocare"} <= {
        member["name"] for member in alliance.get("members", [])
    }


def test_every_part_of_the_sixteen_areas_has_exactly_one_gp_out_of_hours_service() -> (
    None
):
    services = article("west-midlands-integrated-urgent-care")["services"]

    served = [
        area["area"]
        for service in services
        if service["slug"].startswith("gp-out-of-hours-")
        for area in service["serves"]
        if area["rule"] != "UNKNOWN"
    ]

    sixteen = record(
        "west-midlands-integrated-urgent-care", "services", "nhs-111-west-midlands"
    )
    whole = {area["area"] for area in sixteen["serves"]}
    assert len(served) == len(set(served))
    # NHS Coventry and Rugby CCG's area has a service for each of its two districts.
    assert set(served) == whole - {"E38000038"} | {"E08000026", "E07000220"}


OUT_OF_HOURS_CONTRACTS = [
    contract["slug"]
    for contract in article("west-midlands-integrated-urgent-care")["contracts"]
    if contract["slug"] != "nhs-111-west-midlands-contract"
]


def test_only_the_ends_that_somebody_states_are_held() -> None:
    contracts = article("west-midlands-integrated-urgent-care")["contracts"]

    ends = {
        contract["slug"]: (contract["end"], contract["end_precision"])
        for contract in contracts
        if "end" in contract
    }

    assert ends == {
        "nhs-111-west-midlands-contract": (date(2019, 11, 5), "DAY"),
        "gp-out-of-hours-herefordshire-contract": (date(2018, 12, 1), "MONTH"),
        "gp-out-of-hours-sandwell-and-west-birmingham-contract": (
            date(2018, 12, 1),
            "MONTH",
        ),
    }


@pytest.mark.parametrize("slug", OUT_OF_HOURS_CONTRACTS)
def test_who_leads_the_sixteen_is_not_said_to_have_signed_each_contract(
    slug: str,
) -> None:
    contract = record("west-midlands-integrated-urgent-care", "contracts", slug)

    leads = [each for each in contract["commissioners"] if each.get("lead")]

    for lead in leads:
        assert lead["organisation"] == "ods:05L"
        assert lead["stated_by"][0]["certainty"] == "DERIVED"
        assert "does not say that it signs" in lead["stated_by"][0]["derived_from"]


@pytest.mark.parametrize("slug", OUT_OF_HOURS_CONTRACTS)
def test_no_contract_changes_its_status_on_a_day_that_is_not_stated(slug: str) -> None:
    contract = record("west-midlands-integrated-urgent-care", "contracts", slug)

    [earlier] = contract["earlier"]

    # The month is stated, and 30 November is the first day on which it has surely come.
    assert earlier["to"] == date(2016, 11, 30)


def test_the_article_names_four_of_the_alliance_and_the_others_are_inferred() -> None:
    alliance = record(
        "west-midlands-integrated-urgent-care",
        "alliances",
        "west-midlands-integrated-urgent-care-alliance",
    )

    certainty = {
        member["organisation"]: member["stated_by"][0].get("certainty", "STATED")
        for member in alliance["members"]
    }

    assert certainty == {
        "care-uk": "STATED",
        "badger-group": "STATED",
        "nestor-primecare": "STATED",
        "vocare": "STATED",
        "shropdoc": "INFERRED",
        "malling-health": "INFERRED",
        "ods:RYG": "INFERRED",
    }
    [cqc] = [
        citation
        for citation in alliance["stated_by"]
        if citation["source"] == "cqc-west-midlands-nhs-111-2019"
    ]
    assert "five" in cqc["derived_from"]


def test_nhs_111_and_the_hub_both_refer_to_a_service_out_of_hours() -> None:
    services = article("west-midlands-integrated-urgent-care")["services"]

    accepts = {
        service["slug"].removeprefix("gp-out-of-hours-"): service.get("accepts_from")
        for service in services
        if service["slug"].startswith("gp-out-of-hours-")
    }

    # Shropdoc assesses everybody itself: from whom it takes people is left open.
    assert accepts.pop("shropshire") is None
    assert accepts.pop("telford-and-wrekin") is None
    assert accepts.pop("worcestershire") == ["NHS_111", "CLINICAL_HUB", "HOSPITAL"]
    assert len(accepts) == 11
    assert set(map(tuple, filter(None, accepts.values()))) == {
        ("NHS_111", "CLINICAL_HUB")
    }


@pytest.mark.anyio
async def test_nhs_111_comes_after_the_gp_at_night_and_a_walk_in_centre_is_none(
    directory: AsyncDriver,
) -> None:
    found = await answer(directory, "CV21", "gp-out-of-hours", at=SATURDAY_NIGHT)

    assert slugs(found["options"])[:2] == ["gp-out-of-hours-rugby", "nhs-111"]
    assert not [slug for slug in slugs(found["options"]) if "walk-in" in slug]


@pytest.mark.anyio
async def test_nobody_walks_into_nhs_111(directory: AsyncDriver) -> None:
    found = await answer(directory, "Coventry", "walk-in-care")

    assert "coventry-healthcare-and-walk-in-centre" in slugs(found["options"])
    assert not [slug for slug in slugs(found["options"]) if slug.startswith("nhs-111")]


@pytest.mark.anyio
async def test_in_shropshire_the_way_to_a_gp_at_night_is_by_nhs_111_and_the_hub(
    directory: AsyncDriver,
) -> None:
    found = await answer(directory, "Ludlow", "gp-out-of-hours", referrer="PATIENT")

    option = next(
        each
        for each in found["options"]
        if each["service"]["slug"] == "gp-out-of-hours-shropshire"
    )
    assert [step["slug"] for step in option["route"]] == [
        "nhs-111-west-midlands",
        "clinical-hub-west-midlands",
        "gp-out-of-hours-shropshire",
    ]


def test_who_runs_the_clinical_hub_is_left_out_because_no_source_of_the_time_says_it() -> (
    None
):
    hub = record(
        "west-midlands-integrated-urgent-care", "services", "clinical-hub-west-midlands"
    )

    assert "provider" not in hub


# --- Coventry and Warwickshire out-of-hospital service --------------------------------


@pytest.mark.anyio
async def test_somebody_of_87_in_stratford_finds_a_district_nurse(
    directory: AsyncDriver,
) -> None:
    found = await answer(
        directory, "Stratford-on-Avon", "district-nursing", age_days=31776
    )

    option = found["options"][0]
    assert option["service"]["name"] == "District nursing, South Warwickshire"
    assert provider_of(option) == "South Warwickshire NHS Foundation Trust"
    assert option["contract"] is not None
    assert option["contract"]["title"] == "Community services, South Warwickshire"
    # Who may refer, and of what age and sex, no source says: UNKNOWN, and offered.
    assert {verdicts(option)[kind] for kind in ("AGE", "SEX", "REFERRER")} == {
        "UNKNOWN"
    }


def test_what_the_tender_was_for_and_which_towns_the_provider_covers_can_be_read() -> (
    None
):
    [programme] = article("coventry-and-warwickshire-out-of-hospital")["programmes"]

    stopped = next(
        each
        for each in programme["milestones"]
        if each["slug"] == "south-warwickshire-tender-stopped"
    )

    assert "value for money" in stopped["name"]
    for town in ("Stratford-on-Avon", "Warwick", "Rugby"):
        assert town in programme["description"]


@pytest.mark.anyio
async def test_in_rugby_the_commissioner_is_derived_and_the_contract_unknown(
    directory: AsyncDriver,
) -> None:
    found = await answer(directory, "Rugby", "end-of-life-care")

    option = found["options"][0]
    assert option["service"]["slug"] == "end-of-life-care-rugby"
    assert option["contract"] is None
    assert verdicts(option)["CONTRACT"] == "UNKNOWN"
    responsible = found["responsible"]["organisation"]
    assert responsible is not None
    assert responsible["name"] == "NHS Coventry and Rugby CCG"


@pytest.mark.anyio
async def test_whether_the_trust_nurses_in_warwickshire_north_is_left_open(
    directory: AsyncDriver,
) -> None:
    found = await answer(directory, "Nuneaton", "district-nursing")

    option = found["options"][0]
    assert option["service"]["slug"] == "district-nursing-south-warwickshire"
    assert verdicts(option)["AREA"] == "UNKNOWN"


def test_the_stopped_tender_is_south_warwickshires_alone_and_worth_227_million() -> (
    None
):
    tender = record(
        "coventry-and-warwickshire-out-of-hospital",
        "contracts",
        "community-services-south-warwickshire-tender",
    )

    assert tender["status"] == "PROCUREMENT_STOPPED"
    assert tender["value_gbp"] == 227_000_000
    assert [each["organisation"] for each in tender["commissioners"]] == ["ods:05R"]
    assert tender["services"] == [
        "district-nursing-south-warwickshire",
        "end-of-life-care-south-warwickshire",
    ]


@pytest.mark.anyio
@pytest.mark.parametrize("need", ["frailty", "diabetes", "common-mental-health"])
async def test_the_redesigned_joint_service_is_planned_and_never_an_option(
    directory: AsyncDriver, need: str
) -> None:
    found = await answer(directory, "Coventry", need)

    planned = "out-of-hospital-service-coventry-and-warwickshire"
    assert planned not in slugs(found["options"])
    assert planned not in slugs(found["near_misses"])


# --- New Care Models programme --------------------------------------------------------


def test_the_29_sites_stand_under_the_articles_names_and_numbers() -> None:
    programme = article("new-care-models")["programmes"][0]

    assert [(site["number"], site["name"]) for site in programme["sites"]] == [
        (1, "Wirral University Teaching Hospital NHS Foundation Trust"),
        (2, "Mansfield and Ashfield and Newark and Sherwood CCGs"),
        (3, "Yeovil Hospital"),
        (4, "Northumbria Healthcare NHS Trust"),
        (5, "Salford Together"),
        (6, "Lancashire North"),
        (7, "Hampshire and Farnham CCG"),
        (8, "Harrogate and Rural District CCG"),
        (9, "Isle of Wight"),
        (10, "Calderdale Health and Social Care Economy"),
        (11, "Derbyshire Community Health Services NHS Foundation Trust"),
        (12, "Fylde Coast Local Health Economy"),
        (13, "Vitality"),
        (14, "West Wakefield Health and Wellbeing Ltd"),
        (15, "NHS Sunderland CCG and Sunderland City Council"),
        (16, "NHS Dudley CCG"),
        (17, "Whitstable Medical Practice"),
        (18, "Stockport Together"),
        (19, "Tower Hamlets Integrated Provider Partnership"),
        (20, "Southern Hampshire"),
        (21, "Primary Care Cheshire"),
        (22, "Lakeside Surgeries"),
        (23, "Principia Partners in Health"),
        (24, "NHS Wakefield CCG"),
        (25, "Newcastle Gateshead Alliance"),
        (26, "East and North Hertfordshire CCG"),
        (27, "Nottingham City CCG"),
        (28, "Sutton CCG"),
        (29, "Airedale NHS Foundation"),
    ]


def test_each_site_follows_the_model_under_which_the_article_lists_it() -> None:
    programme = article("new-care-models")["programmes"][0]

    numbers: dict[str, list[int]] = {}
    for site in programme["sites"]:
        numbers.setdefault(site["care_model"], []).append(site["number"])

    assert numbers == {
        "integrated-primary-and-acute-care-systems": list(range(1, 10)),
        "multispecialty-community-providers": list(range(10, 24)),
        "enhanced-health-in-care-homes": list(range(24, 30)),
    }


@pytest.mark.anyio
async def test_whitstable_medical_practices_site_is_a_multispecialty_provider(
    directory: AsyncDriver,
) -> None:
    practice = (
        await organisations_by_slugs(
            directory, ["whitstable-medical-practice"], DIRECTORYS_DAY
        )
    )[0]

    assert practice is not None
    (site,) = practice.get("sites", [])
    assert site["number"] == 17
    assert "Encompass" in site["aliases"]
    model = site["care_model"]
    assert model is not None
    assert (model["name"], model["abbreviation"]) == (
        "Multispecialty community providers",
        "MCP",
    )


@pytest.mark.anyio
async def test_the_programme_knows_its_fund_its_people_and_its_three_models(
    directory: AsyncDriver,
) -> None:
    programme = (
        await programmes_by_slugs(directory, ["new-care-models"], DIRECTORYS_DAY)
    )[0]

    assert programme is not None
    assert programme["funding_gbp"] == 200_000_000
    assert programme["population"] == 5_000_000
    assert {model["abbreviation"] for model in programme.get("care_models", [])} == {
        "PACS",
        "MCP",
        "EHCH",
    }
    assert len(programme.get("sites", [])) == 29


# --- NHS 111 roll-out -----------------------------------------------------------------


def test_the_roll_out_has_its_dates_in_order_and_no_new_deadline() -> None:
    programme = article("nhs-111-roll-out")["programmes"][0]

    milestones = {each["slug"]: each["when"] for each in programme["milestones"]}

    assert milestones == {
        "nhs-111-extension-announced": "2012-06",
        "nhs-111-extension-of-six-months": "2012-06",
        "nhs-111-extension-welcomed": "2012-06-20",
        "nhs-111-lessons-wanted": "2012-06-20",
        "nhs-111-evaluation-under-way": "2012-06-20",
        "integrated-urgent-care-in-east-kent": "2012-06-20",
        "integrated-urgent-care-in-the-north-west": "2012-06-20",
        "nhs-111-extension-applications-close": "2012-07-27",
        "nhs-111-evaluation-report": "2012-08",
        "integrated-urgent-care-report-due": "2012-09",
        "nhs-111-original-deadline": "2013-04",
    }


@pytest.mark.parametrize(
    "slug",
    [
        "nhs-111-extension-of-six-months",
        "nhs-111-extension-applications-close",
        "nhs-111-evaluation-report",
    ],
)
def test_what_the_article_of_june_2012_does_not_say_has_a_source_of_its_own(
    slug: str,
) -> None:
    programme = article("nhs-111-roll-out")["programmes"][0]

    milestone = next(each for each in programme["milestones"] if each["slug"] == slug)

    sources = {citation["source"] for citation in milestone["stated_by"]}
    assert "nhs-alliance-111-2012" not in sources


# --- Leicester, Leicestershire and Rutland vanguard -----------------------------------


@pytest.mark.anyio
async def test_a_mental_health_crisis_in_loughborough_has_the_crisis_teams(
    directory: AsyncDriver,
) -> None:
    found = await answer(directory, "Loughborough", "mental-health-crisis")

    offered = slugs(found["options"])
    assert "crisis-response-team-leicestershire" in offered
    assert "crisis-resolution-team-leicestershire-partnership" in offered
    assert "clinical-care-hub-leicester-leicestershire-and-rutland" not in offered


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("place", "area"), [("Coalville", "PASS"), ("Oakham", "UNKNOWN")]
)
async def test_a_gp_gets_an_urgent_home_visit_where_the_sources_say_so(
    directory: AsyncDriver, place: str, area: str
) -> None:
    found = await answer(directory, place, "urgent-home-visit", referrer="GP")

    option = found["options"][0]
    assert option["service"]["slug"] == "acute-visiting-service-leicestershire"
    assert verdicts(option)["AREA"] == area
    assert verdicts(option)["REFERRER"] == "PASS"


@pytest.mark.anyio
async def test_a_patient_cannot_call_the_acute_visiting_service(
    directory: AsyncDriver,
) -> None:
    found = await answer(
        directory, "Coalville", "urgent-home-visit", referrer="PATIENT"
    )

    assert "acute-visiting-service-leicestershire" not in slugs(found["options"])
    missed = {
        each["service"]["slug"]: each["failed"]["kind"] for each in found["near_misses"]
    }
    assert missed["acute-visiting-service-leicestershire"] == "REFERRER"


@pytest.mark.anyio
async def test_the_clinical_care_hub_is_planned(directory: AsyncDriver) -> None:
    hub = (
        await services_by_slugs(
            directory,
            ["clinical-care-hub-leicester-leicestershire-and-rutland"],
            DIRECTORYS_DAY,
        )
    )[0]

    assert hub is not None
    assert hub["status"] == "PLANNED"
    assert "mental-health-crisis" in {need["code"] for need in hub.get("needs", [])}


@pytest.mark.anyio
async def test_the_planned_hub_is_found_by_the_words_virtual_front_door(
    directory: AsyncDriver,
) -> None:
    found = (
        await services_by_slugs(
            directory,
            ["clinical-care-hub-leicester-leicestershire-and-rutland"],
            DIRECTORYS_DAY,
        )
    )[0]

    assert found is not None
    assert "virtual front door" in found["name"]
    assert found["status"] == "PLANNED"


def test_whom_the_crisis_teams_take_is_said_and_no_age_is_claimed() -> None:
    name = "leicester-leicestershire-and-rutland-vanguard"

    response = record(name, "services", "crisis-response-team-leicestershire")
    resolution = record(
        name, "services", "crisis-resolution-team-leicestershire-partnership"
    )

    assert "older people in crisis" in response["eligibility_notes"]
    assert "18 to 65" in resolution["eligibility_notes"]
    assert "ages" not in response
    assert "ages" not in resolution


def test_the_new_models_of_care_team_is_a_team_and_no_post() -> None:
    [vanguard] = article("leicester-leicestershire-and-rutland-vanguard")["programmes"]

    partners = {
        each["organisation"]: each["role"] for each in vanguard["organisations"]
    }

    assert "New Models of Care team" in partners["nhs-england"]
    assert [role["title"] for role in vanguard["roles"]] == [
        "Managing director, NHS West Leicestershire CCG"
    ]


def test_the_nine_east_midlands_vanguards_are_a_number_and_no_list() -> None:
    programmes = article("leicester-leicestershire-and-rutland-vanguard")["programmes"]

    (vanguard,) = programmes

    assert "sites" not in vanguard
    partner = next(
        each
        for each in vanguard["organisations"]
        if each["organisation"] == "east-midlands-academic-health-science-network"
    )
    assert "nine vanguards" in partner["role"]


# --- All of them ----------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_fact_of_an_article_says_where_in_it(path: Path) -> None:
    own = {
        "west-midlands-integrated-urgent-care": "healthcare-leader-2016",
        "coventry-and-warwickshire-out-of-hospital": (
            "healthcare-leader-out-of-hospital-2016"
        ),
        "new-care-models": "first-29-vanguards-2015",
        "nhs-111-roll-out": "nhs-alliance-111-2012",
        "leicester-leicestershire-and-rutland-vanguard": (
            "binleys-urgent-care-vanguard-2015"
        ),
    }[path.stem]

    cited = [
        citation
        for citation in citations_in(article(path.stem))
        if citation["source"] == own
    ]

    assert cited
    assert [citation for citation in cited if not citation.get("locator")] == []


def citations_in(value: Any) -> list[dict[str, Any]]:
    """Every citation, however deep."""
    if isinstance(value, list):
        return [each for item in value for each in citations_in(item)]
    if isinstance(value, dict):
        if "source" in value:
            return [value]
        return [each for item in value.values() for each in citations_in(item)]
    return []
