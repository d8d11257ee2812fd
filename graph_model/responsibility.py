"""Who commissions for a person: by the GP registration, and only without it by the place."""

from typing import LiteralString

from graph_model.cases import Case
from graph_model.matching.case import Registration, Row
from graph_model.places import commissioner_of
from graph_model.rows import PlaceRow, ResponsibilityRow

# Whose the person may be: the practice's commissioners, and only without a practice the place's.
COMMISSIONERS: LiteralString = """COLLECT {
  MATCH (:Organisation {ods_code: $asked.gp_practice})-[by:COMMISSIONED_BY]->(first)
  WHERE coalesce(by.from <= as_of, true)
  RETURN DISTINCT first
UNION
  UNWIND CASE WHEN $asked.gp_practice IS NULL THEN around ELSE [] END AS area
  MATCH (area)<-[:RESPONSIBLE_FOR]-(first)
  RETURN DISTINCT first
}"""

# The numbers of the areas of the person's registration that services serve (graph_model/reach.py).
REGISTERED: LiteralString = """COLLECT {
  UNWIND CASE WHEN $asked.gp_practice IS NULL THEN [] ELSE commissioners END AS first
  MATCH (first)-[:RESPONSIBLE_FOR]->(area:Area)
  WHERE area.number IS NOT NULL
  RETURN DISTINCT area.number
}"""

# How the `commissioners`, and the country, rank the types of service: pairs of number and rank.
ANY_RANKS: LiteralString = """COLLECT {
  UNWIND commissioners AS first
  MATCH (first)-[:SUCCEEDED_BY*0..8]->()-[ranks:RANKS]->(type:ServiceType)
  RETURN [type.number, ranks.rank] AS ranked_type
UNION
  MATCH (type:ServiceType) WHERE type.rank >= 1
  RETURN [type.number, type.rank] AS ranked_type
}"""

# The best rank of each type, as the searches take it (graph_model/candidates.py).
RANKED: LiteralString = """COLLECT {
  UNWIND any_ranks AS each
  WITH each[0] AS number, min(each[1]) AS rank
  RETURN [number, rank]
}"""

# The person's practice, with who is responsible for its patients on the day.
PRACTICE: LiteralString = """head(COLLECT {
    MATCH (practice:Organisation {ods_code: $asked.gp_practice})
    RETURN practice {.slug, .name, responsible: COLLECT {
      MATCH (practice)-[by:COMMISSIONED_BY]->(first:Organisation)
      WHERE coalesce(by.from <= as_of, true)
      MATCH way = (first)-[:SUCCEEDED_BY*0..8]->(organisation:Organisation)
      WHERE all(step IN relationships(way) WHERE step.on <= as_of)
        AND NOT EXISTS {
          MATCH (organisation)-[later:SUCCEEDED_BY]->() WHERE later.on <= as_of
        }
        AND coalesce(organisation.opened <= as_of, true)
        AND coalesce(as_of < organisation.closed, true)
      RETURN {
        share: 1.0, organisation: <organisation>, ranks: <ranks of organisation>,
        areas: COLLECT {
          MATCH (first)-[:RESPONSIBLE_FOR]->(area:Area) RETURN area.code
        },
        first: first.name, steps: length(way), source: <source of by>
      }
    }}
  })"""


def with_registration(question: LiteralString) -> LiteralString:
    """A question with what it says of who is responsible for a person put in.

    It takes `as_of` and `around` (graph_model/places.py).
    """
    return (
        question.replace("<commissioners>", COMMISSIONERS)
        .replace("<registered>", REGISTERED)
        .replace("<any ranks>", ANY_RANKS)
        .replace("<ranked>", RANKED)
        .replace("<practice>", PRACTICE)
    )


def responsible_for(case: Case, found: Row, place: PlaceRow) -> ResponsibilityRow:
    """Who commissions for this person: by the GP registration, and only without it by the place."""
    if case.gp_practice is not None:
        return responsible_by_practice(case.gp_practice, found["practice"], place)
    organisation = place["commissioner"]
    sources = [
        each["source"] for each in found["places"][0]["responsible"] if each["source"]
    ]
    return {
        "organisation": organisation,
        "by": "PLACE" if organisation else "UNKNOWN",
        "explanation": f"No GP practice was given, so the place counts. {place['explanation']}",
        "sources": sources,
    }


def responsible_by_practice(
    code: str, practice: Row | None, place: PlaceRow
) -> ResponsibilityRow:
    """Who commissions for the patients of a GP practice, and whether the place says otherwise."""
    by_place = place["commissioner"]
    if practice is None or not practice["responsible"]:
        guess = (
            f" {place['name']} lies in the area of {by_place['name']}."
            if by_place
            else ""
        )
        return {
            "organisation": None,
            "by": "UNKNOWN",
            "explanation": "The person's GP practice decides, and the directory does not know who "
            f"commissions for the patients of {code}.{guess}",
            "sources": [],
        }
    organisation, _ = commissioner_of(practice["responsible"], practice["name"])
    name = organisation["name"] if organisation else "more than one organisation"
    words = f"{practice['name']} ({code}) is a practice of {name}."
    if by_place and organisation and by_place["slug"] != organisation["slug"]:
        words += (
            f" The place lies in the area of {by_place['name']}: the two differ, and the "
            "registration counts."
        )
    return {
        "organisation": organisation,
        "by": "GP_REGISTRATION" if organisation else "UNKNOWN",
        "explanation": words,
        "sources": [
            each["source"] for each in practice["responsible"] if each["source"]
        ],
    }


def registration_of(practice: Row | None) -> Registration | None:
    """The commissioner of the person's GP practice with its areas; None where that is not known."""
    if practice is None or not practice["responsible"]:
        return None
    organisation, _ = commissioner_of(practice["responsible"], practice["name"])
    if organisation is None:
        return None
    areas = [code for each in practice["responsible"] for code in each["areas"]]
    return Registration(organisation["name"], frozenset(areas))


def ranks_by(responsible: ResponsibilityRow, found: Row) -> dict[str, int]:
    """How whoever is responsible ranks the types of service, by their codes; empty: not at all."""
    if responsible["organisation"] is None:
        return {}
    slug = responsible["organisation"]["slug"]
    practice = found["practice"]["responsible"] if found["practice"] else []
    places = [each for place in found["places"] for each in place["responsible"]]
    return {
        code: rank
        for each in [*practice, *places]
        if each["organisation"]["slug"] == slug
        for code, rank in each["ranks"]
    }
