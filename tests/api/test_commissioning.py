"""Commissioners' questions, asked of the seed as a commissioner would."""

from xml.etree import ElementTree

import pytest
from asking import Asker

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

OUT_OF_HOURS = """query OutOfHours($commissioners: [String!], $asOf: Date) {
  coverage(commissioners: $commissioners, needs: ["gp-out-of-hours"], asOf: $asOf) {
    asOf
    rows { commissioner { slug } existed cells { state services { slug } } }
  }
}"""
IMPACT = """query Impact($contracts: [String!], $endingBefore: Date, $asOf: Date) {
  contractImpact(contracts: $contracts, endingBefore: $endingBefore, asOf: $asOf) {
    contracts { slug }
    services { slug }
    servicesInDoubt { slug }
    needsLeftUncovered { commissioner { slug } need { code } state postcodesLeft }
    pathwaySteps { slug }
    brokenSteps { commissioner { slug } step { slug } }
    postcodes
  }
}"""
RUGBY = "gp-out-of-hours-rugby"


async def test_rugbys_and_coventrys_services_cover_their_ccg_together(
    ask: Asker,
) -> None:
    answer = await ask(OUT_OF_HOURS, commissioners=["nhs-coventry-and-rugby-ccg"])

    assert answer["coverage"]["asOf"] == "2016-11-30"
    (row,) = answer["coverage"]["rows"]
    (cell,) = row["cells"]
    assert cell["state"] == "COVERED"
    assert {service["slug"] for service in cell["services"]} == {
        RUGBY,
        "gp-out-of-hours-coventry",
    }
    assert ask.round_trips == 1


@pytest.mark.parametrize(
    ("day", "commissioner", "existed", "state"),
    [
        ("2012-06-20", "05A", False, "UNKNOWN"),
        ("2016-10-01", "05A", True, "UNKNOWN"),
        ("2016-11-30", "05A", True, "COVERED"),
        ("2018-06-01", "05A", True, "COVERED"),
        ("2022-08-01", "05A", False, "UNKNOWN"),
        ("2022-08-01", "nhs-coventry-and-warwickshire-icb", True, "UNKNOWN"),
    ],
)
async def test_coverage_before_between_and_after_the_articles(
    ask: Asker, day: str, commissioner: str, existed: bool, state: str
) -> None:
    answer = await ask(OUT_OF_HOURS, commissioners=[commissioner], asOf=day)

    (row,) = answer["coverage"]["rows"]
    assert (row["existed"], row["cells"][0]["state"]) == (existed, state)


async def test_the_seed_declares_nothing_complete_and_so_has_no_gap(
    ask: Asker,
) -> None:
    answer = await ask("{ coverage { needs { code } rows { states } } }")

    states = {state for row in answer["coverage"]["rows"] for state in row["states"]}
    assert len(answer["coverage"]["rows"]) == 19
    assert states == {"COVERED", "UNKNOWN"}
    assert ask.round_trips == 1


async def test_a_lead_commissioner_is_not_covered_by_what_it_leads_for_others(
    ask: Asker,
) -> None:
    answer = await ask(
        OUT_OF_HOURS, commissioners=["nhs-sandwell-and-west-birmingham-ccg"]
    )

    ((cell,),) = [row["cells"] for row in answer["coverage"]["rows"]]
    assert [service["slug"] for service in cell["services"]] == [
        "gp-out-of-hours-sandwell-and-west-birmingham"
    ]


async def test_ending_rugbys_contract_breaks_what_rugby_has_and_nothing_else(
    ask: Asker,
) -> None:
    answer = await ask(IMPACT, contracts=[f"{RUGBY}-contract"])

    ccg = {"slug": "nhs-coventry-and-rugby-ccg"}
    assert answer["contractImpact"] == {
        "contracts": [{"slug": f"{RUGBY}-contract"}],
        "services": [{"slug": RUGBY}],
        "servicesInDoubt": [],
        "needsLeftUncovered": [
            {
                "commissioner": ccg,
                "need": {"code": "gp-out-of-hours"},
                "state": "UNKNOWN",
                "postcodesLeft": 2904,
            }
        ],
        "pathwaySteps": [{"slug": "gp-out-of-hours"}],
        "brokenSteps": [{"commissioner": ccg, "step": {"slug": "gp-out-of-hours"}}],
        "postcodes": 2904,
    }
    assert ask.round_trips == 1


async def test_ending_nhs_111_breaks_the_first_step_for_sixteen_ccgs(
    ask: Asker,
) -> None:
    answer = await ask(IMPACT, contracts=["nhs-111-west-midlands-contract"])

    broken = answer["contractImpact"]["brokenSteps"]
    assert {each["step"]["slug"] for each in broken} == {"call-nhs-111"}
    assert len({each["commissioner"]["slug"] for each in broken}) == 16


@pytest.mark.parametrize(
    ("day", "services", "in_doubt"),
    [
        ("2016-10-01", [], []),  # awarded
        ("2016-11-30", [RUGBY], []),
        ("2022-08-01", [], [RUGBY]),  # nobody has vouched for it for three years
    ],
)
async def test_what_stops_is_what_runs_on_the_day(
    ask: Asker, day: str, services: list[str], in_doubt: list[str]
) -> None:
    answer = await ask(IMPACT, contracts=[f"{RUGBY}-contract"], asOf=day)

    impact = answer["contractImpact"]
    assert [each["slug"] for each in impact["services"]] == services
    assert [each["slug"] for each in impact["servicesInDoubt"]] == in_doubt


async def test_contracts_that_end_in_a_month_end_on_any_day_of_it(ask: Asker) -> None:
    answer = await ask(
        """{ contracts(endingFrom: "2018-12-10", endingBefore: "2018-12-12") {
            edges { node { slug endPrecision } }
        } }"""
    )

    assert [edge["node"] for edge in answer["contracts"]["edges"]] == [
        {"slug": "gp-out-of-hours-herefordshire-contract", "endPrecision": "MONTH"},
        {
            "slug": "gp-out-of-hours-sandwell-and-west-birmingham-contract",
            "endPrecision": "MONTH",
        },
    ]


async def test_a_contract_passes_through_every_merger_to_todays_board(
    ask: Asker,
) -> None:
    answer = await ask(
        """{ contract(slug: "gp-out-of-hours-coventry-contract") {
            passesTo(asOf: "2022-08-01") {
                organisation { slug } certain steps { on kind source { title } }
            }
        } }"""
    )

    (way,) = answer["contract"]["passesTo"]
    assert way["organisation"]["slug"] == "nhs-coventry-and-warwickshire-icb"
    assert way["certain"]
    assert [step["on"] for step in way["steps"]] == ["2021-04-01", "2022-07-01"]
    assert all(step["source"] for step in way["steps"])
    assert ask.round_trips == 2


async def test_heirs_of_many_organisations_are_asked_for_at_once(ask: Asker) -> None:
    await ask(
        """{ organisations(kind: CCG, first: 25) { edges { node {
            currentSuccessors(asOf: "2026-11-25") { organisation { name } }
        } } } }"""
    )

    assert ask.round_trips == 2


async def test_november_2016_brought_the_new_contracts_services_and_routes(
    ask: Asker,
) -> None:
    answer = await ask(
        """{ directoryDiff(from: "2016-10-31", to: "2016-11-30", first: 100) {
            totalCount
            edges { node {
                kind change statusBefore statusAfter explanation
                contract { slug } service { slug } route { slug }
            } }
        } }"""
    )

    nodes = [edge["node"] for edge in answer["directoryDiff"]["edges"]]
    assert {
        "kind": "CONTRACT",
        "change": "CAME",
        "statusBefore": "AWARDED",
        "statusAfter": "LIVE",
        "explanation": "It began: November 2016 is stated for it.",
        "contract": {"slug": f"{RUGBY}-contract"},
        "service": None,
        "route": [],
    } in nodes
    came = [node for node in nodes if node["change"] == "CAME"]
    assert RUGBY in [node["service"]["slug"] for node in came if node["service"]]
    assert ["clinical-hub-west-midlands", RUGBY] in [
        [service["slug"] for service in node["route"]] for node in came
    ]
    assert ask.round_trips == 1


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            '{ coverage(commissioners: ["nhs-coventry-and-rugby-cg"]) { asOf } }',
            "did you mean 'nhs-coventry-and-rugby-ccg'?",
        ),
        (
            '{ contractImpact(contracts: ["gp-out-of-hours-rugby"]) { asOf } }',
            "did you mean 'gp-out-of-hours-rugby-contract'?",
        ),
        ("{ contractImpact { asOf } }", "No contracts were named"),
        (
            '{ directoryDiff(from: "2016-11-30", to: "2016-11-30") { totalCount } }',
            "no day passes",
        ),
        (
            '{ contracts(endingFrom: "2018-01-01", endingBefore: "2018-01-01") { totalCount } }',
            "Give an endingBefore that is later",
        ),
    ],
)
async def test_bad_input_is_refused_with_what_to_do(
    ask: Asker, question: str, told: str
) -> None:
    code, message = await ask.error(question)

    assert code == "BAD_USER_INPUT"
    assert told in message


async def test_a_matrix_and_an_impact_can_be_had_as_pictures(ask: Asker) -> None:
    answer = await ask(
        """query ($commissioners: [String!], $contracts: [String!]) {
          coverage(commissioners: $commissioners, pathway: "urgent-care-west-midlands") {
            svg
          }
          contractImpact(contracts: $contracts) { svg }
        }""",
        commissioners=["nhs-coventry-and-rugby-ccg"],
        contracts=[f"{RUGBY}-contract"],
    )

    matrix = ElementTree.fromstring(answer["coverage"]["svg"])
    impact = ElementTree.fromstring(answer["contractImpact"]["svg"])
    description = "{http://www.w3.org/2000/svg}desc"
    assert matrix.findtext(description) == (
        "Historical directory, 30 November 2016. Do not refer anyone from it. "
        "NHS Coventry and Rugby CCG: covered: The patient rings 111 and is assessed, The GP "
        "out-of-hours service of the place sees the patient; unknown: A clinician of the hub "
        "assesses and advises, The ambulance service attends, Social care helps."
    )
    assert impact.findtext(description) == (
        "Historical directory, 30 November 2016. Do not refer anyone from it. "
        "What stops if this contract ends. Contracts: GP out of hours, Rugby. Services that "
        "stop: GP out of hours, Rugby. Left uncovered: GP out of hours for NHS Coventry and "
        "Rugby CCG (unknown). Steps that break: The GP out-of-hours service of the place sees "
        "the patient in Urgent care in the West Midlands, by NHS 111 and the clinical hub for "
        "NHS Coventry and Rugby CCG."
    )
