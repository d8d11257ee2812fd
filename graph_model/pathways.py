"""Questions about integrated care pathways."""

from datetime import date
from typing import Any

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read, read_in_order
from graph_model.paging import Page, page_question, read_page
from graph_model.places import PlaceQuestion, by_place
from graph_model.rows import PathwayRow, StepRow

PATHWAYS_BY_KEYS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
MATCH (pathway:Pathway {slug: $asked.keys[position][0], version: $asked.keys[position][1]})
WITH as_of, position, pathway, $asked.keys[position][2] AS adopter
RETURN [position, <localised pathway>] AS row
""")


async def pathways_by_keys(
    driver: AsyncDriver, keys: list[tuple[Any, ...]], as_of: date | None
) -> list[PathwayRow | None]:
    """The pathways with these keys, in the order asked, None for each not there.

    A key is a slug and a version, and, for the form in which a commissioner runs it, the
    commissioner's slug.
    """
    asked = [[*key, None][:3] for key in keys]
    found = await read_in_order(driver, PATHWAYS_BY_KEYS, asked, as_of=as_of)
    return [row and localised(row) for row in found]


# Without a version, the one in effect on the day: published before draft before retired, the latest
# of them.
PATHWAY_BY_SLUG = compose("""
<as of>
MATCH (pathway:Pathway {slug: $asked.slug})
WHERE pathway.version = $asked.version OR ($asked.version IS NULL AND <pathway in force>)
WITH as_of, pathway, $asked.commissioner AS adopter
ORDER BY CASE pathway.status WHEN 'PUBLISHED' THEN 0 WHEN 'DRAFT' THEN 1 ELSE 2 END,
         pathway.version DESC
LIMIT 1
RETURN <localised pathway> AS row
""")


async def pathway_by_slug(
    driver: AsyncDriver,
    slug: str,
    version: int | None,
    as_of: date | None,
    commissioner: str | None = None,
) -> PathwayRow | None:
    """A pathway in one version, or in the version that is in effect on the day.

    With a commissioner's slug or ODS code, as that commissioner runs it if it had adopted it by then.
    """
    rows = await read(
        driver,
        PATHWAY_BY_SLUG,
        slug=slug,
        version=version,
        commissioner=commissioner,
        as_of=as_of,
    )
    return localised(rows[0]) if rows else None


def localised(found: Any) -> PathwayRow:
    """The pathway with what the commissioner runs otherwise in place of its own."""
    pathway: PathwayRow = found["pathway"]
    if found["localised_for"] is None:
        return pathway
    pathway["localised_for"] = found["localised_for"]
    own = {each["slug"]: each for each in found["local_steps"]}
    pathway["steps"] = [
        localised_step(step, own[step["slug"]]) if step["slug"] in own else step
        for step in pathway.get("steps", [])
    ]
    return pathway


def localised_step(step: StepRow, local: Any) -> StepRow:
    """A step with the parts that the commissioner replaces, and who says so."""
    row: Any = {**step, **{name: local[name] for name in local["replaces"]}}
    row["sources"] = [*local["sources"], *step["sources"]]
    return row


# Pathways in effect on the day; `commissioners` null means whoever adopted them.
PATHWAYS_IN_EFFECT = """
CALL (as_of, commissioners) {
  MATCH (pathway:Pathway)
  WHERE <pathway in force> AND <pathway spoken of> AND pathway.status <> 'RETIRED'
    AND ($asked.words IS NULL OR all(word IN $asked.words WHERE
      toLower(pathway.name) CONTAINS word OR pathway.slug CONTAINS word))
    AND ($asked.need IS NULL OR EXISTS {
      (pathway)-[:FOR_NEED]->(:Need)-[:NARROWER_THAN*0..6]->(:Need {code: $asked.need})
    })
    AND ($asked.commissioner IS NULL OR EXISTS {
      MATCH (commissioner:Organisation)-[adopts:ADOPTS]->(pathway)
      WHERE $asked.commissioner IN [commissioner.slug, commissioner.ods_code]
        AND <adopts in force>
    })
    AND (commissioners IS NULL OR EXISTS {
      MATCH (commissioner:Organisation)-[adopts:ADOPTS]->(pathway)
      WHERE commissioner IN commissioners AND <adopts in force>
    })
  RETURN pathway
}
WITH as_of, pathway ORDER BY pathway.slug, pathway.version
WITH as_of, collect(pathway) AS pathways,
     collect(pathway.slug + '@' + toString(pathway.version)) AS keys
RETURN {
  total: size(pathways),
  rows: COLLECT {
    UNWIND range(0, size(pathways) - 1) AS position
    WITH pathways[position] AS pathway, keys[position] AS key, as_of
    WHERE $asked.after IS NULL OR key > $asked.after
    LIMIT $asked.first + 1
    RETURN {key: key, pathway: <full pathway>}
  }
} AS row
"""

PATHWAYS_PAGE = compose(
    "<as of>\nWITH as_of, null AS commissioners" + PATHWAYS_IN_EFFECT
)

# A place's pathways are those that the commissioners of its area adopted, or those before them.
PATHWAYS_OF_PLACE = by_place(
    """<as of>
<found place>
WITH as_of, COLLECT {
  MATCH (place)-[:WITHIN]->(:Area)<-[:RESPONSIBLE_FOR]-(:Organisation)
    -[:SUCCEEDED_BY*0..8]->(commissioner)
  WHERE place IN found[..1]
  RETURN DISTINCT commissioner
} AS commissioners"""
    + PATHWAYS_IN_EFFECT
)


async def pathways_page(
    driver: AsyncDriver,
    *,
    matching: str | None = None,
    need: str | None = None,
    commissioner: str | None = None,
    place: PlaceQuestion | None = None,
    as_of: date | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[PathwayRow]:
    """Pathways in effect on the day, by slug and version.

    `commissioner` is a slug or ODS code; `place` finds those that its commissioner adopted.
    """
    filters = [matching, need, commissioner, place, as_of]
    page = page_question("pathways", filters, first, after)
    question = PATHWAYS_OF_PLACE[place.kind] if place else PATHWAYS_PAGE
    found = await read_page(
        driver,
        question,
        page,
        key="key",
        words=(matching or "").lower().split() or None,
        need=need,
        commissioner=commissioner,
        as_of=as_of,
        **(place.params() if place else {}),
    )
    pathways: list[PathwayRow] = [row["pathway"] for row in found.rows]
    return Page(
        pathways, found.cursors, found.total, found.has_next, found.has_previous
    )
