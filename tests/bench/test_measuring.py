"""The means of measuring measure what they say."""

import re
import socket
import time

import psutil
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bench.client import Job, asked
from bench.client import Sample as Answers
from bench.national.sample import Sample
from bench.nearest import hits_below
from bench.others import Others
from bench.over_http import same
from bench.peers.by_hand import schema
from bench.questions import body, cases
from bench.report import cells
from bench.rounds import scored
from bench.rows import Row
from signpost.api_server import serving

pytestmark = pytest.mark.anyio

OPTION = {"service": {"slug": "service-1"}, "contract": None}


async def echo(request: Request) -> JSONResponse:
    """What was sent is what comes back."""
    return JSONResponse(await request.json())


async def test_a_client_asks_in_turn_and_tells_answers_from_errors():
    app = Starlette(routes=[Route("/graphql", echo, methods=["POST"])])
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        async with serving(app, listening):
            bodies = ['{"data": 1}', '{"errors": []}']
            sample = await asked(Job(port, "/graphql", bodies, 2, seconds=0.5))

    answers = len(sample.milliseconds)
    assert answers > 2
    assert abs(sample.failures - answers / 2) <= 1
    assert sample.bytes > 0
    assert sample.seconds >= 0.5


async def asked_for(request: Request) -> JSONResponse:
    """What a client that gets an address said."""
    right = request.method == "GET" and request.url.query == "near=1%7C2"
    return JSONResponse({"data": 1} if right else {"errors": []})


async def test_a_client_gets_addresses():
    app = Starlette(routes=[Route("/fhir", asked_for)])
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        async with serving(app, listening):
            addresses = ["/fhir?near=1%7C2"]
            sample = await asked(Job(port, "", addresses, 2, seconds=0.3, gets=True))

    assert len(sample.milliseconds) > 2
    assert sample.failures == 0


def test_what_a_process_of_ours_took_before_it_ended_is_not_counted_as_others():
    others = Others([psutil.Process()])

    time.sleep(0.05)

    assert 0 <= others.share() <= 1
    assert others.share(ended=60.0) == 0.0


def test_a_score_is_the_median_and_the_slowest_of_a_hundred():
    score = scored(Answers(2.0, [float(n) for n in range(100)], 0, 0), 0.05)

    assert (score.per_second, score.p50, score.p99) == (50.0, 49.5, 99.0)


@pytest.mark.parametrize(
    ("row", "wanted", "holds"),
    [
        (Row("a", "1", "2", 1.4, most=1.5), "at most 1.5", True),
        (Row("a", "1", "2", 1.6, most=1.5), "at most 1.5", False),
        (Row("a", "1", "2", 4.9, least=5.0), "at least 5", False),
        (Row("a", "1", "2", 3.0), "", None),
        (Row("a", "", "", most=2.5, note="not measured"), "at most 2.5", None),
    ],
)
def test_a_row_says_what_was_wanted_and_whether_it_holds(
    row: Row, wanted: str, holds: bool | None
):
    assert row.wanted == wanted
    assert row.holds == holds


def test_a_row_that_was_not_measured_claims_nothing():
    row = Row("PostGIS", "", "", most=2.5, note="not measured")

    assert cells(row) == ["PostGIS", "", "", "", "at most 2.5", ""]


def test_hits_are_those_of_all_steps_of_a_plan():
    plan = {"dbHits": 3, "children": [{"dbHits": 4}, {"children": [{"dbHits": 5}]}]}

    assert hits_below(plan) == 12


def test_the_cases_are_the_same_each_time_and_for_each_size():
    full = cases(Sample(), 30)

    assert cases(Sample(services=20_000), 30) == full
    assert len({case.need for case in full}) > 10
    assert all(case.age_days >= 18 * 365 for case in full)


def test_the_cypher_by_hand_takes_its_own_arguments_only():
    statement = schema().partition('statement: """')[2].partition('"""')[0]

    given = set(re.findall(r"\$(\w+)", statement))
    assert given == {"place", "need", "age_days", "sex", "role", "within_m", "first"}
    assert "<" not in re.sub(r"<=|<-|< |<>", "", statement)


def test_options_are_the_same_only_in_the_same_order():
    known = {"criteria": [{"kind": "AGE", "verdict": "PASS"}]}
    other = {"service": {"slug": "service-2"}, "contract": None, "criteria": []}
    ours = [
        {**OPTION, **known, "distanceKm": 1.234, "open": {"openNow": True}},
        {**other, "distanceKm": None, "open": {"openNow": None}},
    ]
    theirs = [
        {**OPTION, **known, "distance_km": 1.23, "open": {"open_now": True}},
        {**other, "distance_km": None, "open": {"open_now": None}},
    ]

    assert same(ours, theirs)
    assert not same(ours, theirs[::-1])
    assert not same(ours, theirs[:1])
    assert not same(ours, [{**theirs[0], "distance_km": 1.3}, theirs[1]])
    assert not same(ours, [{**theirs[0], "criteria": []}, theirs[1]])
    assert not same(ours, [{**theirs[0], "open": {"open_now": False}}, theirs[1]])


def test_a_body_holds_the_question_and_its_variables():
    assert body("{ a }", {"b": 1}) == '{"query":"{ a }","variables":{"b":1}}'
