"""The national sample is the same each time, keeps the rules, and answers."""

from collections import Counter
from pathlib import Path
from typing import LiteralString

import pytest
from neo4j import AsyncDriver
from small_sample import SMALL

from bench.national.chance import Chance, Weighted
from bench.national.importing import sources
from bench.national.sample import Sample
from bench.national.write import write_sample
from graph_model.database import read
from graph_model.places import PlaceQuestion
from graph_model.reach import refresh_reach
from graph_model.referrals import Case, referral_answer
from seed.verify import verify

pytestmark = pytest.mark.anyio

COUNTS: LiteralString = """
MATCH (node) WHERE NOT node:Migration
WITH labels(node)[0] AS kind, count(*) AS count
RETURN [kind, count] AS row
UNION ALL
MATCH ()-[link]->()
WITH type(link) AS kind, count(*) AS count
RETURN [kind, count] AS row
"""

INDEX: LiteralString = """
MATCH (service:Service)-[derived:MEETS|OF_TYPE|MEETS_IN]->(end)
RETURN [service.slug, type(derived), end.code, end.number, derived.number,
  derived.facts, derived.serving,
  [derived.cell.x, derived.cell.y, derived.cell.z]] AS row
ORDER BY row
"""

FACTS: LiteralString = """
MATCH (service:Service)
RETURN [service.slug, service.facts, service.serving, service.card,
  [service.point.longitude, service.point.latitude]] AS row
ORDER BY row
UNION ALL
MATCH (organisation:Organisation)
RETURN [organisation.slug, organisation.renamed] AS row
ORDER BY row
"""

UNDATED: LiteralString = """
MATCH (service:Service)
WHERE NOT EXISTS {
  MATCH (service)-[stated:STATED_BY]->(source:Source)
  WHERE stated.on IS NOT NULL AND source.title STARTS WITH 'A generated sample'
}
RETURN service.slug AS row
"""


KINDS_OF_VALUES: LiteralString = """
MATCH (node) WHERE NOT node:Migration
UNWIND keys(node) AS name
WITH labels(node)[0] + '.' + name AS property, node[name] AS value
WHERE NOT value IS :: LIST<NOTHING>
RETURN DISTINCT [property, valueType(value)] AS row
"""


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_same_sample_has_the_same_bytes_each_time(tmp_path: Path):
    write_sample(SMALL, tmp_path / "first")
    write_sample(SMALL, tmp_path / "second")

    assert content(tmp_path / "first") == content(tmp_path / "second")


def test_another_seed_gives_another_sample_of_the_same_size(tmp_path: Path):
    ours = write_sample(SMALL, tmp_path / "ours")
    theirs = write_sample(Sample(services=2_000, seed=8), tmp_path / "theirs")

    assert ours["Service"] == theirs["Service"] == 2_000
    services = [tmp_path / name / "Service.csv" for name in ("ours", "theirs")]
    assert services[0].read_bytes() != services[1].read_bytes()


def test_the_full_sample_has_the_size_of_england():
    sample = Sample()

    assert (sample.services, sample.providers, sample.contracts) == (
        200_000,
        8_000,
        20_000,
    )


def test_a_sample_too_small_to_hold_its_hubs_is_refused():
    with pytest.raises(ValueError, match=r"Ask for 1,000 to 1,000,000\."):
        Sample(services=10)


def test_chance_draws_the_same_numbers_wherever_it_runs():
    chance = Chance("1 1 words")

    assert [chance.below(100) for _ in range(5)] == [9, 84, 99, 50, 96]


def test_chance_draws_what_weighs_more_more_often():
    chance = Chance("a seed")
    weighted = Weighted([("often", 9.0), ("seldom", 1.0)])

    drawn = Counter(weighted.pick(chance) for _ in range(1_000))

    assert 850 < drawn["often"] < 950


def test_each_file_is_imported_as_what_its_name_says(tmp_path: Path):
    for name in ("Service.csv", "Service-MEETS_IN-Area.csv", "import.args"):
        (tmp_path / name).touch()

    assert list(sources(tmp_path)) == [
        f"--relationships=MEETS_IN={tmp_path}/Service-MEETS_IN-Area.csv",
        f"--nodes=Service={tmp_path}/Service.csv",
    ]


@pytest.mark.neo4j
async def test_what_was_written_is_in_the_graph(
    counts_and_driver: tuple[dict[str, int], AsyncDriver],
):
    counts, driver = counts_and_driver

    found: dict[str, int] = dict(await read(driver, COUNTS))

    # The ledgers are derived once the rest is there.
    assert found.pop("Ledger") == found.pop("HAS_LEDGER") > 100
    assert found == counts
    kinds = ("Service", "ServiceType", "Need", "Pathway", "RESPONSIBLE_FOR")
    assert [found[kind] for kind in kinds] == [2_000, 60, 120, 300, 209]


@pytest.mark.neo4j
async def test_its_values_are_of_the_kinds_that_a_directorys_are(
    counts_and_driver: tuple[dict[str, int], AsyncDriver], directory: AsyncDriver
):
    _, driver = counts_and_driver
    sample = await read(driver, KINDS_OF_VALUES)
    seeds = await read(directory, KINDS_OF_VALUES)

    properties = {property for property, _ in seeds}
    strange = [each for each in sample if each[0] in properties and each not in seeds]

    assert strange == []
    assert ["Endpoint.address", "STRING NOT NULL"] in sample
    assert ["Location.address", "LIST<STRING NOT NULL> NOT NULL"] in sample


@pytest.mark.neo4j
async def test_the_sample_keeps_every_rule_of_a_directory(
    counts_and_driver: tuple[dict[str, int], AsyncDriver],
):
    _, driver = counts_and_driver

    assert await verify(driver) == []


@pytest.mark.neo4j
async def test_every_service_is_stated_by_the_sample_on_a_day(
    counts_and_driver: tuple[dict[str, int], AsyncDriver],
):
    _, driver = counts_and_driver

    assert await read(driver, UNDATED) == []


@pytest.mark.neo4j
async def test_the_index_is_what_the_directory_would_derive(
    counts_and_driver: tuple[dict[str, int], AsyncDriver],
):
    _, driver = counts_and_driver
    index, facts = await read(driver, INDEX), await read(driver, FACTS)

    async with driver.session() as session:
        await session.execute_write(refresh_reach)

    assert await read(driver, FACTS) == facts
    assert await read(driver, INDEX) == index


@pytest.mark.neo4j
@pytest.mark.parametrize("postcode", ["CV21 2AA", "SW1A 1AA", "PL1 1", "CA1"])
async def test_a_case_anywhere_in_england_is_answered(
    counts_and_driver: tuple[dict[str, int], AsyncDriver], postcode: str
):
    _, driver = counts_and_driver
    case = Case(
        PlaceQuestion(postcode=postcode), need_code="minor-illness", within_km=100
    )

    answer = await referral_answer(driver, case, None, 5)

    assert len(answer["options"]) == 5
    assert answer["responsible"]["organisation"] is not None
    for option in answer["options"]:
        assert option["service"]["name"].startswith("Service ")
        provider = option["service"].get("provider")
        assert provider is not None
        assert provider["name"].startswith("Provider ")
