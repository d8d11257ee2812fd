"""What the fields answer, on the directory that the seed makes."""

import pytest
from asking import Asker
from every_field import every_field

from api.graphql.schema import schema

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

RUGBY = 'place: {postcode: "CV21"}, need: {code: "gp-out-of-hours"}'


@pytest.mark.parametrize(
    ("question", "type_name", "depth"),
    [
        ("directory", "Directory", 0),
        ('place(place: {name: "Rugby"})', "Place", 1),
        ("needs(first: 3)", "NeedConnection", 2),
        ("serviceTypes(first: 3)", "ServiceTypeConnection", 1),
        ("services(first: 3)", "ServiceConnection", 1),
        ('services(matching: "hub", first: 2)', "ServiceConnection", 1),
        ('organisations(matching: "Rugby", first: 3)', "OrganisationConnection", 1),
        ("contracts(first: 3)", "ContractConnection", 1),
        ("alliances(first: 1)", "AllianceConnection", 1),
        ("pathways(first: 2)", "PathwayConnection", 2),
        ("programmes(first: 5)", "ProgrammeConnection", 1),
        (f"referralOptions(case: {{{RUGBY}}}, first: 2)", "ReferralAnswer", 1),
    ],
)
async def test_every_field_answers(
    ask: Asker, question: str, type_name: str, depth: int
) -> None:
    fields = every_field(schema._schema, type_name, depth)

    answer = await ask(f"{{ answer: {question} {fields} }}")

    assert answer["answer"]
    edges = answer["answer"].get("edges")
    assert edges is None or len(edges) > 0


@pytest.mark.parametrize(
    ("question", "type_name"),
    [
        ("services", "Service"),
        ("organisations", "Organisation"),
        ("needs", "Need"),
        ("serviceTypes", "ServiceType"),
        ("contracts", "Contract"),
        ("alliances", "Alliance"),
        ("pathways", "Pathway"),
        ("programmes", "Programme"),
    ],
)
async def test_whatever_has_an_id_is_found_by_it(
    ask: Asker, question: str, type_name: str
) -> None:
    listed = await ask(
        f"{{ {question}(first: 1) {{ edges {{ node {{ id name: __typename }} }} }} }}"
    )
    node = listed[question]["edges"][0]["node"]

    answer = await ask(
        "query ($id: ID!) { node(id: $id) { id name: __typename } }", id=node["id"]
    )

    assert answer["node"] == node
    assert node["name"] == type_name


async def test_an_id_of_what_is_no_longer_there_is_null(ask: Asker) -> None:
    # Service:no-such-service, and Pathway:no-such-pathway@1
    answer = await ask(
        """{
          service: node(id: "U2VydmljZTpuby1zdWNoLXNlcnZpY2U=") { id }
          pathway: node(id: "UGF0aHdheTpuby1zdWNoLXBhdGh3YXlAMQ==") { id }
        }"""
    )

    assert answer == {"service": None, "pathway": None}


async def test_what_is_not_there_is_null_or_empty_and_no_error(ask: Asker) -> None:
    answer = await ask(
        """{
          service(slug: "no-such") { name }
          organisation(odsCode: "ZZZ99") { name }
          need(code: "no-such") { name }
          contract(slug: "no-such") { title }
          alliance(slug: "no-such") { name }
          programme(slug: "no-such") { name }
          pathway(slug: "no-such") { name }
          place(place: {name: "Nowhere-on-the-Wold"}) { name }
          services(matching: "xyzzy") { totalCount edges { cursor } pageInfo { endCursor } }
          organisations(matching: "xyzzy") { totalCount }
          contracts(provider: "no-such") { totalCount }
          needs(matching: "xyzzy") { totalCount }
          pathways(place: {name: "Nowhere-on-the-Wold"}) { totalCount }
        }"""
    )

    assert answer == {
        "service": None,
        "organisation": None,
        "need": None,
        "contract": None,
        "alliance": None,
        "programme": None,
        "pathway": None,
        "place": None,
        "services": {"totalCount": 0, "edges": [], "pageInfo": {"endCursor": None}},
        "organisations": {"totalCount": 0},
        "contracts": {"totalCount": 0},
        "needs": {"totalCount": 0},
        "pathways": {"totalCount": 0},
    }


async def test_pages_follow_each_other_without_gap_or_repetition(ask: Asker) -> None:
    question = """query ($after: String) { organisations(kind: CCG, first: 7, after: $after) {
        totalCount edges { cursor node { slug } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    slugs: list[str] = []
    after, more, total = None, True, 0

    while more:
        page = (await ask(question, after=after))["organisations"]
        info = page["pageInfo"]
        assert info["hasPreviousPage"] is (after is not None)
        assert info["startCursor"] == page["edges"][0]["cursor"]
        slugs += [edge["node"]["slug"] for edge in page["edges"]]
        after, more, total = info["endCursor"], info["hasNextPage"], page["totalCount"]

    assert len(slugs) == len(set(slugs)) == total > 14


async def test_a_provider_that_no_source_names_is_unknown_and_never_a_guess(
    ask: Asker,
) -> None:
    answer = await ask(
        """{ service(slug: "999") { provider {
            slug name kind odsCode sources { title } services { totalCount }
        } } }"""
    )

    assert answer["service"]["provider"] == {
        "slug": "unknown",
        "name": "UNKNOWN: no source names the provider",
        "kind": "UNKNOWN",
        "odsCode": None,
        "sources": [],
        "services": {"totalCount": 0},
    }


async def test_a_field_below_another_is_for_the_day_of_that_one(ask: Asker) -> None:
    question = """query ($day: Date) {
        organisation(slug: "nhs-coventry-and-rugby-ccg", asOf: $day) {
            commissions(first: 100) { edges { node { slug status } } }
        } }"""

    statuses = [
        edge["node"]["status"]
        for day in ("2016-10-01", "2016-12-01")
        for edge in (await ask(question, day=day))["organisation"]["commissions"][
            "edges"
        ]
        if edge["node"]["slug"] == "gp-out-of-hours-rugby-contract"
    ]

    assert statuses == ["AWARDED", "LIVE"]


async def test_a_case_is_for_the_local_day_of_its_moment(ask: Asker) -> None:
    # Half past eleven at night in UTC is the next day in a British summer.
    case = f'{RUGBY}, at: "2016-07-01T23:30:00Z"'

    answer = await ask(f"{{ referralOptions(case: {{{case}}}) {{ asOf at }} }}")

    assert answer["referralOptions"] == {
        "asOf": "2016-07-02",
        "at": "2016-07-01T23:30:00+00:00",
    }


async def test_the_sites_of_a_programme_can_be_asked_for_by_care_model(
    ask: Asker,
) -> None:
    answer = await ask(
        """{ programme(slug: "new-care-models") {
            all: sites { number }
            some: sites(careModel: "mcp") { careModel { abbreviation } programme { slug } }
            none: sites(careModel: "no such model") { name }
        } }"""
    )

    programme = answer["programme"]
    assert [site["number"] for site in programme["all"]] == list(range(1, 30))
    assert programme["none"] == []
    assert 0 < len(programme["some"]) < 29
    for site in programme["some"]:
        assert site == {
            "careModel": {"abbreviation": "MCP"},
            "programme": {"slug": "new-care-models"},
        }


async def test_the_steps_of_a_pathway_lead_to_each_other(ask: Asker) -> None:
    answer = await ask(
        """{ pathways(first: 10) { edges { node {
            steps { id next { to { id } } }
            stages { id steps { id } }
        } } } }"""
    )

    for edge in answer["pathways"]["edges"]:
        steps = [step["id"] for step in edge["node"]["steps"]]
        in_stages = [
            step["id"] for stage in edge["node"]["stages"] for step in stage["steps"]
        ]
        following = {
            way["to"]["id"] for step in edge["node"]["steps"] for way in step["next"]
        }
        assert in_stages == steps
        assert following <= set(steps)
        assert len(following) > 0


async def test_a_date_that_is_open_or_unknown_is_null_and_says_which(
    ask: Asker,
) -> None:
    answer = await ask(
        "{ contracts(first: 100) { edges { node { start startKnown end endKnown } } } }"
    )

    for edge in answer["contracts"]["edges"]:
        contract = edge["node"]
        assert (contract["start"] is not None) is (contract["startKnown"] == "DATE")
        assert (contract["end"] is not None) is (contract["endKnown"] == "DATE")
    assert "9999" not in str(answer)


async def test_opening_times_are_told_day_by_day_and_session_by_session(
    ask: Asker,
) -> None:
    answer = await ask("""{
      service(slug: "gp-out-of-hours-rugby") {
        openingTimes { kind weekday date opens closes closed validFrom validTo }
      }
    }""")

    times = answer["service"]["openingTimes"]
    assert [(each["weekday"], each["opens"], each["closes"]) for each in times] == [
        (1, "18:30", "08:00"),
        (2, "18:30", "08:00"),
        (3, "18:30", "08:00"),
        (4, "18:30", "08:00"),
        (5, "18:30", "08:00"),
        (6, "08:00", "08:00"),
        (7, "08:00", "08:00"),
        (None, "08:00", "08:00"),
    ]
    assert times[-1] == {
        "kind": "PUBLIC_HOLIDAY",
        "weekday": None,
        "date": None,
        "opens": "08:00",
        "closes": "08:00",
        "closed": False,
        "validFrom": None,
        "validTo": None,
    }


async def test_a_service_whose_hours_nobody_states_has_no_opening_times(
    ask: Asker,
) -> None:
    answer = await ask("""{
      service(slug: "clinical-hub-west-midlands") { openingTimes { kind } }
    }""")

    assert answer == {"service": {"openingTimes": []}}


async def test_closing_is_told_in_utc_and_by_the_clocks_of_england(ask: Asker) -> None:
    answer = await ask(f"""{{
      referralOptions(case: {{{RUGBY}, at: "2017-03-25T22:00:00Z"}}, first: 1) {{
        options {{
          service {{ slug }}
          open {{ openNow opensAt opensAtLocal closesAt closesAtLocal reason }}
        }}
      }}
    }}""")

    # The clocks go forward in that night.
    assert answer["referralOptions"]["options"] == [
        {
            "service": {"slug": "gp-out-of-hours-rugby"},
            "open": {
                "openNow": True,
                "opensAt": None,
                "opensAtLocal": None,
                "closesAt": "2017-03-27T07:00:00+00:00",
                "closesAtLocal": "2017-03-27T08:00:00+01:00",
                "reason": "ORDINARY_DAY",
            },
        }
    ]
