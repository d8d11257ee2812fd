"""A file of pathways comes into the directory whole, once, or not at all."""

from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.pathways import pathway_by_slug
from seed.load import load_seed
from seed.pathway_files import PathwayFault
from seed.pathway_import import check_pathways, import_pathways
from seed.verify import verify

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

FILE = """\
sources:
  - {slug: leaflet, title: A leaflet, publisher: The county, published: "2016-03"}
pathways:
  - slug: after-a-fall
    name: After a fall
    version: 1
    status: PUBLISHED
    from: 2016-04-01
    needs: [falls]
    owners: [whole-ccg]
    adopted_by:
      - "ods:01W"
      - organisation: "ods:01N"
        from: 2016-04-01
        steps:
          - slug: visit
            name: The county's own team visits
            next: [{to: review, condition: always, within_minutes: 60}]
            stated_by: [{source: leaflet, locator: page 4}]
    steps:
      - slug: call
        name: Somebody calls
        stage: Contact
        service_type: 25
        entry_criteria:
          - {text: People of 65 and older, min_age_days: 23741}
          - {text: Who live in the north, areas: [E38000001]}
          - {text: On the list of a northern practice, registered_with: [north-ccg]}
        next:
          - {to: visit, condition: not hurt, urgency: URGENT, within_minutes: 120}
          - {to: review, condition: nothing is wrong}
      - {slug: visit, name: A team visits, stage: Home, service_type: 25, exit: true}
      - {slug: review, name: The team reviews, stage: Home, service_type: 25, exit: true}
    stated_by:
      - {source: leaflet, locator: page 2}
"""

PATHWAYS = """
MATCH (pathway:Pathway) RETURN pathway.slug + '/' + pathway.version AS row ORDER BY row
"""

SIZE = """
RETURN COUNT { () } * 1000000 + COUNT { ()-->() } AS row
"""


@pytest.fixture
async def small_graph(empty_graph: AsyncDriver, small_seed: Path) -> AsyncDriver:
    """A graph with the small seed in it."""
    await load_seed(empty_graph, folder=small_seed)
    return empty_graph


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of one pathway, without a fault."""
    path = tmp_path / "after-a-fall.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def change(file: Path, *pairs: tuple[str, str]) -> Path:
    """The file with something else in it."""
    text = file.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")
    return file


async def size(driver: AsyncDriver) -> Any:
    return await read(driver, SIZE)


async def faults(driver: AsyncDriver, file: Path) -> list[str]:
    """What is wrong with a file, without its name."""
    with pytest.raises(PathwayFault) as refused:
        await import_pathways(driver, file)
    return [str(fault).removeprefix(f"{file}, ") for fault in refused.value.faults]


async def test_a_pathway_comes_in_with_everything_that_it_says(small_graph, file):
    imported = await import_pathways(small_graph, file)

    pathway: Any = await pathway_by_slug(small_graph, "after-a-fall", None, None)
    call, visit, _ = pathway["steps"]
    assert imported.sentences == ["after-a-fall, version 1: new, published."]
    assert imported.changed
    assert [each["slug"] for each in pathway["owners"]] == ["whole-ccg"]
    assert [criterion["kind"] for criterion in call["entry_criteria"]] == [
        "AGE",
        "AREA",
        "GP_PRACTICE",
    ]
    assert call["entry_criteria"][1]["areas"][0]["code"] == "E38000001"
    assert call["entry_criteria"][2]["registered_with"][0]["slug"] == "north-ccg"
    assert [
        (way["to"], way["urgency"], way["within_minutes"]) for way in call["next"]
    ] == [("visit", "URGENT", 120), ("review", None, None)]
    assert (call["exit"], visit["exit"]) == (False, True)
    assert pathway["sources"][0]["locator"] == "page 2"
    assert await verify(small_graph) == []


async def test_a_commissioner_sees_the_steps_that_it_runs_otherwise(small_graph, file):
    await import_pathways(small_graph, file)

    own: Any = await pathway_by_slug(small_graph, "after-a-fall", None, None, "01N")
    other: Any = await pathway_by_slug(
        small_graph, "after-a-fall", None, None, "whole-ccg"
    )

    assert own["localised_for"]["slug"] == "north-ccg"
    assert own["steps"][1]["name"] == "The county's own team visits"
    assert own["steps"][1]["stage"] == "Home"
    assert own["steps"][1]["service_type"]["code"] == "25"
    assert [way["within_minutes"] for way in own["steps"][1]["next"]] == [60]
    assert own["steps"][1]["sources"][0]["locator"] == "page 4"
    assert own["steps"][0]["name"] == "Somebody calls"
    assert other["localised_for"]["slug"] == "whole-ccg"
    assert other["steps"][1]["name"] == "A team visits"


async def test_a_second_import_changes_nothing(small_graph, file):
    await import_pathways(small_graph, file)
    before = await size(small_graph)

    again = await import_pathways(small_graph, file)

    assert again.sentences == ["after-a-fall, version 1: nothing to change."]
    assert not again.changed
    assert await size(small_graph) == before


async def test_checking_a_file_writes_nothing(small_graph, file):
    before = await size(small_graph)

    sentences = await check_pathways(small_graph, file)

    assert sentences == ["after-a-fall, version 1: new, published."]
    assert await size(small_graph) == before


async def test_a_published_version_does_not_change(small_graph, file):
    await import_pathways(small_graph, file)
    change(file, ("name: A team visits", "name: Two nurses visit"))

    found = await faults(small_graph, file)

    assert found == [
        (
            "line 6: version: after-a-fall, version 1 is published and says something else; a "
            "published version does not change: give the changed one version 2"
        )
    ]


async def test_a_changed_pathway_comes_in_as_a_new_version_beside_the_old(
    small_graph, file
):
    await import_pathways(small_graph, file)
    change(
        file, ("name: A team visits", "name: Two nurses visit"), ("sion: 1", "sion: 2")
    )

    await import_pathways(small_graph, file)

    newest: Any = await pathway_by_slug(small_graph, "after-a-fall", None, None)
    first: Any = await pathway_by_slug(small_graph, "after-a-fall", 1, None)
    assert newest["version"] == 2
    assert newest["steps"][1]["name"] == "Two nurses visit"
    assert first["steps"][1]["name"] == "A team visits"


async def test_a_draft_is_replaced_whole(small_graph, file):
    change(file, ("status: PUBLISHED", "status: DRAFT"))
    await import_pathways(small_graph, file)
    before = await size(small_graph)
    change(file, ("name: A team visits", "name: Two nurses visit"))

    imported = await import_pathways(small_graph, file)

    pathway: Any = await pathway_by_slug(small_graph, "after-a-fall", 1, None)
    assert imported.sentences == [
        "after-a-fall, version 1: the draft is replaced, draft."
    ]
    assert pathway["steps"][1]["name"] == "Two nurses visit"
    assert await size(small_graph) == before
    assert await verify(small_graph) == []


async def test_a_published_version_may_be_adopted_and_retired(small_graph, file):
    await import_pathways(small_graph, file)
    change(
        file,
        ('      - "ods:01W"\n', ""),
        ("status: PUBLISHED", "status: RETIRED\n    to: 2018-01-01"),
    )

    imported = await import_pathways(small_graph, file)

    pathway: Any = await pathway_by_slug(small_graph, "after-a-fall", 1, None)
    assert imported.sentences == [
        "after-a-fall, version 1: now retired, now until 2018-01-01, 1 adoption ended."
    ]
    assert [each["slug"] for each in pathway["commissioners"]] == ["north-ccg"]
    assert pathway["status"] == "RETIRED"


async def test_what_is_retired_does_not_go_back(small_graph, file):
    await import_pathways(
        small_graph, change(file, ("status: PUBLISHED", "status: RETIRED"))
    )
    change(file, ("status: RETIRED", "status: PUBLISHED"))

    found = await faults(small_graph, file)

    assert found == [
        (
            "line 7: status: PUBLISHED, and the directory's is RETIRED; what is retired does "
            "not go back: give it version 2"
        )
    ]


async def test_every_fault_is_named_and_nothing_is_written(small_graph, file):
    change(
        file,
        ("needs: [falls]", "needs: [fals]"),
        ("service_type: 25\n", "service_type: 999\n"),
        ("areas: [E38000001]", "areas: [E38000009]"),
        ("to: review, condition: nothing", "to: revue, condition: nothing"),
        (
            "stage: Home, service_type: 25, exit: true}\n    stated",
            "stage: Home, service_type: 25}\n    stated",
        ),
        ("owners: [whole-ccg]", "owners: [nobody]"),
        ("min_age_days: 23741", "min_age_days: 23741, max_age_days: 1"),
    )
    before = await size(small_graph)

    found = await faults(small_graph, file)

    assert [each.partition(";")[0] for each in found] == [
        "line 9: needs: 'fals' is not among the directory's needs",
        "line 10: owners: 'nobody' is not among the directory's organisations",
        "line 24: steps.service_type: '999' is not among the directory's service types",
        "line 26: steps.entry_criteria: max_age_days 1 is below min_age_days 23741",
        "line 27: steps.entry_criteria.areas: 'E38000009' is not among the directory's areas",
        "line 31: steps.next.to: 'call' leads to 'revue'",
        "line 33: steps.slug: nobody reaches 'review'",
        "line 33: steps.slug: nothing follows 'review'",
    ]
    assert await size(small_graph) == before
    assert await read(small_graph, PATHWAYS) == ["falls-at-home/1"]


async def test_the_form_of_a_commissioner_must_have_a_way_out_too(small_graph, file):
    change(
        file,
        (
            "next: [{to: review, condition: always, within_minutes: 60}]",
            "next: []\n            exit: false",
        ),
    )

    found = await faults(small_graph, file)

    assert found == [
        (
            "line 15: adopted_by.steps: as north-ccg runs it, nothing follows 'visit'; say in "
            "`next` what does, or write `exit: true` if the pathway ends there"
        )
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "line 1: no pathways; write them as a list in `pathways`"),
        ("services: []\n", ""),
        ("pathways: [\n", "line 2: not YAML"),
        (
            "services: [{slug: a}]\n",
            "line 1: services: is no section of a file of pathways",
        ),
        ("pathways: &a [*a]\n", "line 1: lists within lists without end"),
    ],
)
async def test_a_file_that_is_none_is_refused(small_graph, tmp_path, text, found):
    path = tmp_path / "none.yaml"
    path.write_text(text, encoding="utf-8")

    [fault] = await faults(small_graph, path)

    assert fault.startswith(found)
