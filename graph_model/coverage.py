"""Commissioners by needs: for what there is a service under a live contract, and for whom none (ADR 17, ADR 21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.coverage_cells import (
    Judged,
    Telling,
    coverage_of,
    list_what_is_behind,
)
from graph_model.database import read
from graph_model.errors import BadUserInput
from graph_model.provision import with_provision
from graph_model.rows import CoverageRow
from graph_model.shown import AT_HAND, LISTED, MOST_AT_HAND
from graph_model.unknown_names import refuse_unknown, unique

MOST_COMMISSIONERS = 200
MOST_NEEDS = 120
# Cells of which the services are shown: each can have twenty, and each service is a card.
MOST_CELLS_SHOWN = 2_000
MOST_CELLS_DRAWN = 2_000

# Without names: whoever has bought anything, or is heir to somebody who had.
BUYERS: LiteralString = """WITH as_of, CASE WHEN $asked.commissioners IS NULL THEN COLLECT {
       MATCH (first:Organisation)
       WHERE EXISTS { (first)-[:COMMISSIONS]->() } AND coalesce(first.opened <= as_of, true)
       MATCH way = (first)-[:SUCCEEDED_BY*0..8]->(buyer:Organisation)
       WHERE <way led to the day>
       WITH DISTINCT buyer
       RETURN buyer ORDER BY buyer.slug
     } ELSE COLLECT {
       UNWIND $asked.commissioners AS name
       MATCH (buyer:Organisation)
       WHERE buyer.slug = name OR buyer.ods_code = name
       RETURN DISTINCT buyer
     } END AS buyers
WITH as_of, buyers, [name IN coalesce($asked.commissioners, [])
       WHERE none(buyer IN buyers WHERE name IN [buyer.slug, buyer.ods_code])] AS unknown"""

KNOWN_COMMISSIONERS: LiteralString = """COLLECT {
      MATCH (commissioner:Organisation)
      WHERE EXISTS { (commissioner)-[:COMMISSIONS|RESPONSIBLE_FOR|SUCCEEDED_BY]->() }
        OR EXISTS { (commissioner)<-[:SUCCEEDED_BY]-() }
      RETURN commissioner.slug
    }"""

# The needs that count: those asked for, a pathway's, or (null) all, of which those are shown that anything was bought for.
COVERAGE: LiteralString = """
<as of>
<buyers>
<pathway>
WITH as_of, unknown, pathway, size(buyers) AS size,
     CASE WHEN size(buyers) > $asked.most_commissioners OR unknown <> [] THEN []
       ELSE buyers END AS buyers
<provision>
WITH as_of, unknown, pathway, size, buyers, provision, CASE
  WHEN $asked.needs IS NOT NULL THEN COLLECT {
    UNWIND $asked.needs AS code
    MATCH (need:Need {code: code})
    RETURN need
  }
  WHEN $asked.pathway IS NOT NULL THEN COLLECT {
    MATCH (pathway)-[:FOR_NEED]->(need:Need) RETURN need ORDER BY need.code
  }
  ELSE COLLECT { MATCH (need:Need) RETURN need ORDER BY need.code }
END AS needs, <listed> AS at_hand
RETURN {
  as_of: as_of,
  directory: <about the directory>,
  size: size,
  unknown: unknown,
  known: CASE
    WHEN unknown <> [] THEN <known commissioners>
    WHEN size($asked.needs) > size(needs)
      THEN COLLECT { MATCH (need:Need) RETURN need.code }
    WHEN $asked.pathway IS NOT NULL AND pathway IS NULL
      THEN COLLECT { MATCH (any:Pathway) RETURN DISTINCT any.slug }
    ELSE []
  END,
  needs: COLLECT { UNWIND needs AS need RETURN <need with numbers> },
  pathway: <shown pathway>,
  types: COLLECT {
    MATCH (pathway)-[:HAS_STEP]->(:Step)-[:CALLS_FOR]->(type:ServiceType)
    RETURN [type.code, type.number]
  },
  commissioners: COLLECT {
    UNWIND buyers AS organisation RETURN <organisation>
  },
  provision: provision,
  at_hand: <at hand>
} AS row
"""

NO_PATHWAY: LiteralString = "WITH *, null AS pathway"
# The version in effect, as pathway_by_slug in graph_model/pathways.py has it.
THE_PATHWAY: LiteralString = """OPTIONAL MATCH (pathway:Pathway {slug: $asked.pathway})
WHERE <pathway in force>
WITH as_of, buyers, unknown, pathway
ORDER BY CASE pathway.status WHEN 'PUBLISHED' THEN 0 WHEN 'DRAFT' THEN 1 ELSE 2 END,
         pathway.version DESC
LIMIT 1"""


def coverage_by(pathway: bool) -> LiteralString:
    """The question, with no more in it than is asked: what is left out need not be planned either."""
    return compose(
        with_provision(COVERAGE)
        .replace("<buyers>", BUYERS)
        .replace("<known commissioners>", KNOWN_COMMISSIONERS)
        .replace("<listed>", LISTED)
        .replace("<at hand>", AT_HAND)
        .replace("<pathway>", THE_PATHWAY if pathway else NO_PATHWAY)
        .replace("<shown pathway>", "<full pathway>" if pathway else "null")
    )


COVERAGE_BY: dict[bool, LiteralString] = {
    pathway: coverage_by(pathway) for pathway in (False, True)
}


@dataclass(frozen=True)
class CoverageQuestion:
    """Commissioners by slug or ODS code, needs by code or by a pathway; None: see docs/commissioning.md.

    `words` says whether more than the states is wanted, `listed` whether the services and contracts are,
    `drawn` whether a picture is.
    """

    commissioners: Sequence[str] | None = None
    needs: Sequence[str] | None = None
    pathway: str | None = None
    listed: bool = False
    words: bool = True
    drawn: bool = False


async def coverage(
    driver: AsyncDriver, question: CoverageQuestion, as_of: date | None
) -> CoverageRow:
    """How far the commissioners' services cover the needs on the day, in one round trip.

    In two where the services of more than a few dozen are to be shown.

    Raises BadUserInput for a name that the directory does not have, and for more than 200 commissioners, 120
    needs, or 2,000 cells with their services or in a picture.
    """
    check_sizes(question)
    rows = await read(
        driver,
        COVERAGE_BY[question.pathway is not None],
        as_of=as_of,
        commissioners=unique(question.commissioners),
        needs=unique(question.needs),
        pathway=question.pathway,
        listed=question.listed,
        most_at_hand=MOST_AT_HAND,
        most_commissioners=MOST_COMMISSIONERS,
    )
    found = rows[0]
    check_names(question, found)
    if found["size"] > MOST_COMMISSIONERS:
        raise BadUserInput(
            f"There are {found['size']} commissioners on that day. Name up to "
            f"{MOST_COMMISSIONERS} of them in commissioners."
        )
    left_out = question.needs is None and question.pathway is None
    judged = Judged.of(found, left_out=left_out)
    check_cells(question, found, judged)
    answer = coverage_of(found, judged, Telling(question.words, question.listed))
    if question.listed:
        cells = [
            cell for row in answer["rows"] for cell in (*row["cells"], *row["steps"])
        ]
        await list_what_is_behind(driver, cells, found["as_of"], found["at_hand"])
    return answer


def check_sizes(question: CoverageQuestion) -> None:
    """Raises BadUserInput for more than one question answers."""
    if question.needs is not None and question.pathway is not None:
        raise BadUserInput(
            "Needs and a pathway were given. Give one of them: a pathway brings its own needs."
        )
    for names, most, what in (
        (question.commissioners, MOST_COMMISSIONERS, "commissioners"),
        (question.needs, MOST_NEEDS, "needs"),
    ):
        if names is not None and not 1 <= len(names) <= most:
            raise BadUserInput(
                f"{len(names)} {what} were given. Give 1 to {most}, or leave {what} out for "
                "all that have to do with a contract."
            )


def check_names(question: CoverageQuestion, found: Any) -> None:
    """Raises BadUserInput where a name is not in the directory: nothing is answered by half."""
    known = [need["code"] for need in found["needs"]]
    unknown_needs = [code for code in question.needs or [] if code not in known]
    refuse_unknown(found["unknown"], found["known"], "commissioner")
    refuse_unknown(unknown_needs, found["known"], "need")
    if question.pathway is not None and found["pathway"] is None:
        refuse_unknown([question.pathway], found["known"], "pathway")


def check_cells(question: CoverageQuestion, found: Any, judged: Judged) -> None:
    """Raises BadUserInput where what was left out amounts to more than one answer holds: before it is judged."""
    if len(judged.needs) > MOST_NEEDS:
        raise BadUserInput(
            f"Their services are for {len(judged.needs)} needs. Name up to {MOST_NEEDS} of "
            "them in needs."
        )
    cells = len(found["commissioners"]) * len(judged.wants.wanted)
    if question.listed and cells > MOST_CELLS_SHOWN:
        raise BadUserInput(
            f"The services and contracts of {cells} cells were asked for. Ask for those of "
            f"{MOST_CELLS_SHOWN} at most: name fewer commissioners or needs, or leave services "
            "and contracts out."
        )
    if question.drawn and cells > MOST_CELLS_DRAWN:
        raise BadUserInput(
            f"A picture of {cells} cells was asked for. Ask for one of {MOST_CELLS_DRAWN} at "
            "most: name fewer commissioners or needs, or leave svg out."
        )
