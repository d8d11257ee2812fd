"""Commissioners by needs: for what there is a service under a live contract, and for whom none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

from neo4j import AsyncDriver
from rapidfuzz import fuzz, process

from graph_model.cards import compose
from graph_model.database import read
from graph_model.errors import BadUserInput
from graph_model.matching.cover import (
    Area,
    Cover,
    Group,
    People,
    Wanted,
    cover_of,
)
from graph_model.provision import MOST_SHOWN, with_provision
from graph_model.rows import (
    CoverageCellRow,
    CoverageRow,
    CoverageRowRow,
    StepCoverageRow,
)

MOST_COMMISSIONERS = 200
MOST_NEEDS = 120
# Cells of which the services are shown: each can have twenty, and each service is a card.
MOST_CELLS_SHOWN = 2_000

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

# The needs and the types that count: those asked for, a pathway's, or (null) whatever has been bought.
COVERAGE: LiteralString = """
<as of>
<buyers>
<pathway>
WITH as_of, buyers, unknown, pathway, types, COLLECT {
       UNWIND coalesce($asked.needs, []) AS code
       MATCH (need:Need {code: code})
       RETURN DISTINCT need
     } + COLLECT {
       MATCH (pathway)-[:FOR_NEED]->(need:Need) RETURN need ORDER BY need.code
     } AS needs
WITH as_of, unknown, pathway, types, needs, [] AS ending, size(buyers) AS size,
     CASE WHEN $asked.needs IS NOT NULL OR $asked.pathway IS NOT NULL
       THEN types + COLLECT {
         UNWIND needs AS need
         CALL (need) {
           MATCH (need)-[:NARROWER_THAN*0..6]->(related:Need) RETURN related
           UNION MATCH (need)<-[:NARROWER_THAN*1..6]-(related:Need) RETURN related
         }
         RETURN DISTINCT related
       }
     END AS related,
     CASE WHEN size(buyers) > $asked.most_commissioners OR unknown <> [] THEN []
       ELSE buyers END AS buyers
<provision>
WITH as_of, unknown, pathway, needs, size, buyers, provision,
     CASE WHEN related IS NOT NULL THEN needs ELSE COLLECT {
       UNWIND provision AS row
       UNWIND row.groups AS group
       WITH DISTINCT group[0] AS code
       MATCH (need:Need {code: code})
       RETURN need ORDER BY need.code
     } END AS shown
RETURN {
  as_of: as_of,
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
  needs: COLLECT {
    UNWIND shown AS need
    RETURN need {
      .code, .name, .synonyms, emergency: coalesce(need.emergency, false),
      met_by: COLLECT {
        MATCH (need)-[:NARROWER_THAN*0..6]->(met:Need) RETURN DISTINCT met.code
      },
      parts: COLLECT {
        MATCH (need)<-[:NARROWER_THAN*1..6]-(met:Need) RETURN DISTINCT met.code
      }
    }
  },
  pathway: <shown pathway>,
  commissioners: COLLECT {
    UNWIND buyers AS organisation RETURN <organisation>
  },
  provision: provision,
  services: <shown services>,
  contracts: <shown contracts>,
  sources: COLLECT {
    UNWIND provision AS row
    UNWIND row.complete AS complete
    WITH DISTINCT complete[2] AS slug
    MATCH (source:Source {slug: slug})
    RETURN source {.slug, .title, .publisher, .url, .published, .retrieved}
  }
} AS row
"""

NO_PATHWAY: LiteralString = "WITH *, null AS pathway, [] AS types"
# The version in effect, as pathway_by_slug in graph_model/pathways.py has it.
THE_PATHWAY: LiteralString = """OPTIONAL MATCH (pathway:Pathway {slug: $asked.pathway})
WHERE <pathway in force>
WITH as_of, buyers, unknown, pathway
ORDER BY CASE pathway.status WHEN 'PUBLISHED' THEN 0 WHEN 'DRAFT' THEN 1 ELSE 2 END,
         pathway.version DESC
LIMIT 1
WITH *, COLLECT {
  MATCH (pathway)-[has_step:HAS_STEP]->(:Step)-[:CALLS_FOR]->(type:ServiceType)
  RETURN type ORDER BY has_step.position
} AS types"""

SHOWN_SERVICES: LiteralString = """COLLECT {
    UNWIND provision AS row
    UNWIND row.groups AS group
    UNWIND group[14] AS slug
    WITH DISTINCT as_of, slug
    MATCH (service:Service {slug: slug})
    RETURN service {<service values>, <service place and provider>}
  }"""
SHOWN_CONTRACTS: LiteralString = """COLLECT {
    UNWIND provision AS row
    UNWIND row.groups AS group
    UNWIND group[15] AS slug
    WITH DISTINCT as_of, slug
    MATCH (contract:Contract {slug: slug})
    RETURN <contract with parties>
  }"""


def coverage_by(pathway: bool, listed: bool) -> LiteralString:
    """The question, with no more in it than is asked: what is left out need not be planned either."""
    return compose(
        with_provision(COVERAGE, "MEETS|OF_TYPE" if pathway else "MEETS")
        .replace("<buyers>", BUYERS)
        .replace("<known commissioners>", KNOWN_COMMISSIONERS)
        .replace("<pathway>", THE_PATHWAY if pathway else NO_PATHWAY)
        .replace("<shown pathway>", "<full pathway>" if pathway else "null")
        .replace("<shown services>", SHOWN_SERVICES if listed else "[]")
        .replace("<shown contracts>", SHOWN_CONTRACTS if listed else "[]")
    )


COVERAGE_BY: dict[tuple[bool, bool], LiteralString] = {
    (pathway, listed): coverage_by(pathway, listed)
    for pathway in (False, True)
    for listed in (False, True)
}


@dataclass(frozen=True)
class CoverageQuestion:
    """Commissioners by slug or ODS code, needs by code or by a pathway; None: see docs/commissioning.md."""

    commissioners: Sequence[str] | None = None
    needs: Sequence[str] | None = None
    pathway: str | None = None
    listed: bool = False  # whether each cell's services and contracts are shown


async def coverage(
    driver: AsyncDriver, question: CoverageQuestion, as_of: date | None
) -> CoverageRow:
    """How far the commissioners' services cover the needs on the day, in one round trip.

    Raises BadUserInput for a name that the directory does not have, and for more than 200 commissioners, 120
    needs, or 2,000 cells with their services.
    """
    check_sizes(question)
    rows = await read(
        driver,
        COVERAGE_BY[question.pathway is not None, question.listed],
        as_of=as_of,
        commissioners=unique(question.commissioners),
        needs=unique(question.needs),
        pathway=question.pathway,
        listed=question.listed,
        most_shown=MOST_SHOWN,
        most_commissioners=MOST_COMMISSIONERS,
    )
    found = rows[0]
    check_names(question, found)
    check_found(question, found)
    return coverage_of(found)


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


def refuse_unknown(names: Sequence[str], known: Sequence[str], noun: str) -> None:
    """Raises BadUserInput that names each unknown name and the nearest known one."""
    if not names:
        return
    hints = [hint_for(name, known) for name in names[:5]]
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    raise BadUserInput(
        f"The directory has no {noun} {', no '.join(hints)}{more} on that day. "
        "Nothing was answered."
    )


def hint_for(name: str, known: Sequence[str]) -> str:
    """The unknown name, with the nearest known one where there is one near."""
    nearest = process.extractOne(
        name.lower(), known, scorer=fuzz.WRatio, score_cutoff=70
    )
    shown = repr(name[:80])
    return f"{shown} (did you mean {nearest[0]!r}?)" if nearest else shown


def check_found(question: CoverageQuestion, found: Any) -> None:
    """Raises BadUserInput where what was left out amounts to more than one answer holds."""
    if found["size"] > MOST_COMMISSIONERS:
        raise BadUserInput(
            f"There are {found['size']} commissioners on that day. Name up to "
            f"{MOST_COMMISSIONERS} of them in commissioners."
        )
    if len(found["needs"]) > MOST_NEEDS:
        raise BadUserInput(
            f"Their services are for {len(found['needs'])} needs. Name up to {MOST_NEEDS} of "
            "them in needs."
        )
    steps = len(found["pathway"]["steps"]) if found["pathway"] else 0
    cells = len(found["commissioners"]) * (len(found["needs"]) + steps)
    if question.listed and cells > MOST_CELLS_SHOWN:
        raise BadUserInput(
            f"The services and contracts of {cells} cells were asked for. Ask for those of "
            f"{MOST_CELLS_SHOWN} at most: name fewer commissioners or needs, or leave services "
            "and contracts out."
        )


def unique(names: Iterable[str] | None) -> list[str] | None:
    """The names, each once, in their order."""
    return None if names is None else list(dict.fromkeys(names))


def coverage_of(found: Any) -> CoverageRow:
    """The answer, of what the directory holds."""
    wanted = [
        Wanted(frozenset(need["met_by"]), frozenset(need["parts"]))
        for need in found["needs"]
    ]
    shown = Shown.of(found["services"], found["contracts"], found["sources"])
    steps = found["pathway"]["steps"] if found["pathway"] else []
    rows: list[CoverageRowRow] = []
    for commissioner, bought in zip(
        found["commissioners"], found["provision"], strict=True
    ):
        provision = Provision.of(bought)
        cells = [
            shown.cell(commissioner, need, each, provision)
            for need, each in zip(found["needs"], wanted, strict=True)
        ]
        rows.append(
            {
                "commissioner": commissioner,
                "there": bought["there"],
                "postcodes": provision.people.postcodes or None,
                "cells": cells,
                "states": [cell["state"] for cell in cells],
                "steps": [
                    shown.step(found["pathway"], step, provision) for step in steps
                ],
            }
        )
    return {
        "as_of": found["as_of"],
        "needs": found["needs"],
        "pathway": found["pathway"],
        "rows": rows,
    }


@dataclass(frozen=True)
class Provision:
    """What a commissioner has bought, for whom, and for which needs that is known to be all."""

    groups: list[Group]
    by_code: dict[tuple[str, bool], list[Group]]
    people: People
    complete: dict[str, list[Any]]
    there: bool

    @classmethod
    def of(cls, bought: Any) -> "Provision":
        """Of a row of `<provision>`."""
        return cls.of_groups(
            [Group(*each) for each in bought["groups"]],
            People([Area(*each) for each in bought["areas"]]),
            {each[0]: each for each in bought["complete"]},
            bought["there"],
        )

    @classmethod
    def of_groups(
        cls,
        groups: list[Group],
        people: People,
        complete: dict[str, list[Any]],
        there: bool,
    ) -> "Provision":
        """Of groups, which are found by what they are for."""
        by_code: dict[tuple[str, bool], list[Group]] = {}
        for group in groups:
            by_code.setdefault((group.what, group.is_type), []).append(group)
        return cls(groups, by_code, people, complete, there)

    def cover(self, wanted: Wanted) -> Cover:
        """How far it covers what is wanted."""
        groups = [
            group
            for code in sorted(wanted.met_by | wanted.parts)
            for group in self.by_code.get((code, wanted.is_type), ())
        ]
        return cover_of(wanted, groups, self.people, self.claim(wanted) is not None)

    def without_ending(self) -> "Provision":
        """What is left without the contracts that are taken to end."""
        left = [group._replace(verdict=group.verdict_left) for group in self.groups]
        return Provision.of_groups(left, self.people, self.complete, self.there)

    def claim(self, wanted: Wanted) -> list[Any] | None:
        """Who states that the directory is complete: for the need, or for one that includes it.

        Of a commissioner that is not there nobody can say what it lacks.
        """
        if not self.there:
            return None
        claims = [
            self.complete[code] for code in wanted.met_by if code in self.complete
        ]
        return max(claims, key=lambda claim: claim[1], default=None)

    def completeness(self, wanted: Wanted, sources: dict[str, Any]) -> Any:
        """From when the directory is complete for this, and who says so."""
        claim = self.claim(wanted)
        if claim is None:
            return {"complete_as_of": None, "sources": []}
        _, on, slug, locator, certainty, derived_from = claim
        source: Any = {
            **sources[slug],
            "locator": locator,
            "certainty": certainty or "STATED",
            "derived_from": derived_from,
            "fields": None,
            "on": on,
        }
        return {"complete_as_of": on, "sources": [source]}


@dataclass(frozen=True)
class Shown:
    """The services, contracts and sources that an answer shows, by slug."""

    services: dict[str, Any]
    contracts: dict[str, Any]
    sources: dict[str, Any]

    @classmethod
    def of(cls, services: Any, contracts: Any, sources: Any) -> "Shown":
        """Of rows that each have a slug."""
        by_slug = [
            {row["slug"]: row for row in rows}
            for rows in (services, contracts, sources)
        ]
        return cls(*by_slug)

    def cell(
        self, commissioner: Any, need: Any, wanted: Wanted, provision: Provision
    ) -> CoverageCellRow:
        """A cell of the matrix."""
        cover = provision.cover(wanted)
        cell: Any = {
            "commissioner": commissioner,
            "need": need,
            "state": cover.state,
            "explanation": cover.explanation,
            "share": None if cover.share is None else round(cover.share, 4),
            "postcodes": None,
            **provision.completeness(wanted, self.sources),
            **self.listed(cover),
        }
        return cell

    def step(self, pathway: Any, step: Any, provision: Provision) -> StepCoverageRow:
        """A cell for a step of a pathway: whether there is a service of the type that it calls for."""
        code = frozenset({step["service_type"]["code"]})
        cover = provision.cover(Wanted(code, frozenset(), is_type=True))
        covered: Any = {
            "pathway": pathway,
            "step": step,
            "state": cover.state,
            "explanation": cover.explanation,
            "share": None if cover.share is None else round(cover.share, 4),
            **self.listed(cover),
        }
        return covered

    def listed(self, cover: Cover) -> Any:
        """The services and contracts behind a cell; none where nobody asked for them."""
        services = (slug for group in cover.groups for slug in sorted(group.slugs))
        contracts = (slug for group in cover.groups for slug in sorted(group.contracts))
        return {
            "services": [self.services[slug] for slug in dict.fromkeys(services)][
                :MOST_SHOWN
            ],
            "contracts": [self.contracts[slug] for slug in dict.fromkeys(contracts)][
                :MOST_SHOWN
            ],
        }
