"""What an answer says of the options that were refused before."""

from collections.abc import Mapping, Sequence

from graph_model.cases import Case
from graph_model.matching.case import Row
from graph_model.matching.ranking import failed, order
from graph_model.matching.refusals import (
    Wishes,
    change_in_words,
    refusal_in_words,
    wishes_of,
)
from graph_model.rows import RefusalRow

# Those of the refused that the directory holds, with their distances in kilometres.
REFUSED = """COLLECT {
    MATCH (service:Service)
    WHERE service.slug IN $asked.refused
    RETURN {
      slug: service.slug,
      distance_km: CASE service.reach WHEN 'PLACE' THEN head(COLLECT {
        MATCH (service)-[:DELIVERED_AT]->(location)
        RETURN point.distance(location.point, here) / 1000
      }) END
    }
  }"""


def wishes_in(case: Case, found: Row) -> Wishes:
    """What the refusals say of the other options."""
    distances = {each["slug"]: each["distance_km"] for each in found["refused"]}
    return wishes_of(case.refused, distances)


def refusal_rows(case: Case, services: Mapping[str, Row]) -> list[RefusalRow]:
    """The refused services, and what was done with each reason."""
    return [
        {
            "service": services[each.service],
            "reason": each.reason,
            "explanation": refusal_in_words(each, services[each.service]["name"]),
        }
        for each in case.refused
    ]


def what_changed(
    case: Case,
    services: Mapping[str, Row],
    candidates: Sequence[Row],
    fitting: Sequence[Row],
    first_types: Sequence[str],
) -> str | None:
    """What refusing changed, in words; None where nothing was refused.

    `candidates` are all that were judged, the refused among them; `fitting` are the options now, in order.
    """
    if not case.refused:
        return None
    offered = [each for each in candidates if not failed(each["criteria"])]
    before = sorted(offered, key=lambda each: order(each, first_types))
    return change_in_words(
        [services[each.service]["name"] for each in case.refused],
        [each["service"]["name"] for each in before],
        [each["service"]["name"] for each in fitting],
    )
