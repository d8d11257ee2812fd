"""What came, went and changed between two days: services, contracts and the routes between services."""

from datetime import date
from typing import Any

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.errors import BadUserInput
from graph_model.matching.periods import OPEN_END, bound_in_words
from graph_model.paging import Page, page_question, read_page
from graph_model.rows import DifferenceRow

# Statuses in which a service runs or a contract is in force.
IN_FORCE = {"ACTIVE", "LIVE", "VARIED"}

# A status is null where no source had spoken of it by that month. A route is there while both of its services
# run. Each difference has a key, by which the list is in order: contracts, routes, services.
DIFFERENCES = compose("""
WITH COLLECT {
  MATCH (contract:Contract)
  CALL (contract) {
    WITH contract, $asked.start AS as_of
    RETURN CASE WHEN <contract spoken of>
      THEN <status of contract from start to end as ENDED> END AS before
  }
  CALL (contract) {
    WITH contract, $asked.end AS as_of
    RETURN CASE WHEN <contract spoken of>
      THEN <status of contract from start to end as ENDED> END AS after
  }
  WITH contract, before, after WHERE coalesce(before, '') <> coalesce(after, '')
  RETURN ['contract ' + contract.slug, contract, before, after]
  ORDER BY contract.slug
} AS contracts, COLLECT {
  MATCH (service:Service)
  CALL (service) {
    WITH service, $asked.start AS as_of
    RETURN CASE WHEN <service spoken of>
      THEN <status of service from opened to closed as CLOSED> END AS before
  }
  CALL (service) {
    WITH service, $asked.end AS as_of
    RETURN CASE WHEN <service spoken of>
      THEN <status of service from opened to closed as CLOSED> END AS after
  }
  WITH service, before, after WHERE coalesce(before, '') <> coalesce(after, '')
  RETURN ['service ' + service.slug, service, before, after]
  ORDER BY service.slug
} AS services
WITH contracts, services, [each IN services | each[1]] AS changed
WITH contracts, services, COLLECT {
  UNWIND changed AS each
  MATCH (each)-[route:REFERS_ON_TO]-()
  WITH DISTINCT route, startNode(route) AS first, endNode(route) AS second
  CALL (first, second) {
    UNWIND [first, second] AS service
    WITH service, $asked.start AS as_of
    WITH CASE WHEN <service spoken of>
      THEN <status of service from opened to closed as CLOSED> END AS status
    RETURN all(one IN collect(coalesce(status, '')) WHERE one = 'ACTIVE') AS before
  }
  CALL (first, second) {
    UNWIND [first, second] AS service
    WITH service, $asked.end AS as_of
    WITH CASE WHEN <service spoken of>
      THEN <status of service from opened to closed as CLOSED> END AS status
    RETURN all(one IN collect(coalesce(status, '')) WHERE one = 'ACTIVE') AS after
  }
  WITH first, second, before, after WHERE before <> after
  RETURN ['route ' + first.slug + ' ' + second.slug, [first, second],
    CASE WHEN before THEN 'ACTIVE' END, CASE WHEN after THEN 'ACTIVE' END]
  ORDER BY first.slug, second.slug
} AS routes
WITH contracts + routes + services AS differences, $asked.end AS as_of
RETURN {
  total: size(differences),
  rows: COLLECT {
    UNWIND differences AS each
    WITH as_of, each WHERE $asked.after IS NULL OR each[0] > $asked.after
    LIMIT $asked.first + 1
    RETURN {
      key: each[0], before: each[2], after: each[3],
      contract: head(COLLECT {
        UNWIND CASE WHEN each[0] STARTS WITH 'contract ' THEN [each[1]] ELSE [] END
          AS contract
        RETURN <contract with parties>
      }),
      service: head(COLLECT {
        UNWIND CASE WHEN each[0] STARTS WITH 'service ' THEN [each[1]] ELSE [] END
          AS service
        RETURN service {
          <service values>, <service place and provider>, sources: <sources of service>
        }
      }),
      route: COLLECT {
        UNWIND CASE WHEN each[0] STARTS WITH 'route ' THEN each[1] ELSE [] END
          AS service
        RETURN service {<service values>, <service place and provider>}
      }
    }
  }
} AS row
""")


async def differences_page(
    driver: AsyncDriver,
    start: date,
    end: date,
    first: int | None = None,
    after: str | None = None,
) -> Page[DifferenceRow]:
    """What is otherwise on the second day than on the first, in one round trip.

    Raises BadUserInput where the second day is not later.
    """
    if start >= end:
        raise BadUserInput(
            f"From {start} to {end} no day passes. Give a to that is later than from."
        )
    page = page_question("directoryDiff", [start, end], first, after)
    found = await read_page(driver, DIFFERENCES, page, key="key", start=start, end=end)
    rows = [difference_of(row, start, end) for row in found.rows]
    return Page(rows, found.cursors, found.total, found.has_next, found.has_previous)


def difference_of(row: Any, start: date, end: date) -> DifferenceRow:
    """A difference, with what it is and why."""
    was, comes = row["before"] in IN_FORCE, row["after"] in IN_FORCE
    if comes and not was:
        change = "CAME"
    elif was and not comes:
        change = "WENT"
    else:
        change = "CHANGED"
    return {
        "key": row["key"],
        "kind": row["key"].split(" ")[0].upper(),
        "change": change,
        "before": row["before"],
        "after": row["after"],
        "explanation": why(row, start, end),
        "contract": row["contract"],
        "service": row["service"],
        "route": row["route"],
    }


def why(row: Any, start: date, end: date) -> str:
    """What came about between the days, in a sentence, as far as sources tell."""
    if row["route"]:
        first, second = row["route"]
        word = "both run now" if row["after"] else "one of them is not known to run now"
        return f"{first['name']} refers on to {second['name']}: {word}."
    noun = row["contract"] or row["service"]
    opens, closes = ("start", "end") if row["contract"] else ("opened", "closed")
    begun, ended = noun[opens], noun[closes]
    if ended and ended != OPEN_END and start < ended <= end:
        words = bound_in_words(ended, noun.get(f"{closes}_precision"))
        return f"It ended: {words} is stated as the first day, or the time, without it."
    if (
        begun
        and begun <= end
        and row["after"] in IN_FORCE
        and row["before"] not in IN_FORCE
    ):
        words = bound_in_words(begun, noun.get(f"{opens}_precision"))
        return f"It began: {words} is stated for it."
    if row["after"] == "VARIED" and row["before"] == "LIVE":
        return "Its terms were varied."
    if row["after"] == "UNKNOWN":
        return "No source vouches for it on the later day."
    if row["before"] is None:
        return "A source spoke of it for the first time."
    return "Its sources state another status for the later day."
