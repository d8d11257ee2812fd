"""What stops if contracts end: services, needs left uncovered, and steps of pathways that break (ADR 17)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.coverage import Provision, Shown, refuse_unknown, unique
from graph_model.database import read
from graph_model.errors import BadUserInput
from graph_model.matching.cover import (
    COVERED,
    NOTHING,
    OVERLAP,
    SURE,
    Cover,
    Wanted,
)
from graph_model.provision import MOST_SHOWN, with_provision
from graph_model.rows import BrokenStepRow, ContractImpactRow, CoverageCellRow

MOST_CONTRACTS = 100

# The contracts: those named, and of them those that may end before the day given; or, without
# names, all in force that may. A month holds every day of it.
CONTRACT_IMPACT = compose(
    with_provision(
        """
<as of>
WITH as_of, CASE WHEN $asked.contracts IS NULL
  THEN COLLECT {
    MATCH (contract:Contract)
    WHERE contract.end < $asked.ending_before AND coalesce(as_of < <after contract.end>, true)
    RETURN contract ORDER BY contract.slug
  }
  ELSE COLLECT {
    UNWIND $asked.contracts AS slug
    MATCH (contract:Contract {slug: slug})
    RETURN contract
  }
END AS named
WITH as_of, named, [slug IN coalesce($asked.contracts, [])
  WHERE NOT slug IN [contract IN named | contract.slug]] AS unknown
WITH as_of, named, unknown, COLLECT {
  UNWIND named AS contract
  OPTIONAL MATCH (contract)-[:PROCURES]->(:Service)<-[:PROCURES]-(other:Contract)
  UNWIND CASE WHEN other IS NULL THEN [contract] ELSE [contract, other] END AS each
  RETURN DISTINCT each
} AS concerned
WITH as_of, named, unknown, COLLECT {
  UNWIND concerned AS contract
  WITH contract, as_of, <live contract> AS live
  RETURN [contract, live, contract IN named AND live > 0
    AND ($asked.ending_before IS NULL OR contract.end < $asked.ending_before)]
} AS lives
WITH as_of, named, unknown, lives, [each IN lives WHERE each[2] | each[0]] AS all_ending
WITH as_of, named, unknown, lives, size(all_ending) AS size, CASE
  WHEN size(all_ending) > $asked.most_contracts OR unknown <> [] THEN []
  ELSE all_ending END AS ending
WITH *, COLLECT {
       UNWIND ending AS contract
       MATCH (contract)-[:PROCURES]->(:Service)-[:MEETS|OF_TYPE]->(what)
       RETURN DISTINCT what
     } AS met,
     COLLECT {
       UNWIND ending AS contract
       MATCH (first:Organisation)-[:COMMISSIONS]->(contract)
       WITH DISTINCT as_of, first
       MATCH way = (first)-[:SUCCEEDED_BY*0..8]->(buyer:Organisation)
       WHERE <way led to the day>
       WITH DISTINCT buyer
       RETURN buyer ORDER BY buyer.slug
     } AS buyers
WITH *, COLLECT {
  UNWIND met AS what
  CALL (what) {
    MATCH (what)-[:NARROWER_THAN*0..6]->(related) RETURN related
    UNION MATCH (what)<-[:NARROWER_THAN*1..6]-(related) RETURN related
  }
  RETURN DISTINCT related
} AS related
<provision>
WITH *, COLLECT {
  UNWIND range(0, size(buyers) - 1) AS position
  UNWIND members[position] AS member
  MATCH (member)-[adopts:ADOPTS]->(pathway:Pathway)
  WHERE <adopts in force> AND <pathway in force> AND pathway.status = 'PUBLISHED'
  MATCH (pathway)-[has_step:HAS_STEP]->(step:Step)-[:CALLS_FOR]->(type:ServiceType)
  WHERE type IN met
  WITH DISTINCT position, pathway, has_step.position AS at, step, type
  ORDER BY position, pathway.slug, at
  RETURN [position, pathway, step.slug, type.code]
} AS adopted, COLLECT {
  UNWIND ending AS contract
  MATCH (contract)-[:PROCURES]->(service:Service)
  RETURN DISTINCT service
} AS procured
RETURN {
  as_of: as_of,
  size: size,
  unknown: unknown,
  known: CASE WHEN unknown = [] THEN []
    ELSE COLLECT { MATCH (any:Contract) RETURN any.slug } END,
  named: [contract IN CASE WHEN $asked.contracts IS NULL THEN ending ELSE named END
    | contract.slug],
  lives: [each IN lives | [each[0].slug, each[1], each[2]]],
  contracts: COLLECT {
    UNWIND [contract IN named | contract.slug]
      + reduce(slugs = [], row IN provision | slugs
        + reduce(some = [], group IN row.groups | some + group[15])) AS slug
    WITH DISTINCT as_of, slug
    MATCH (contract:Contract {slug: slug})
    RETURN <contract with parties>
  },
  procured: COLLECT {
    UNWIND procured AS service
    RETURN [service.slug, COLLECT {
      MATCH (contract:Contract)-[:PROCURES]->(service) RETURN contract.slug
    }] ORDER BY service.slug
  },
  services: COLLECT {
    UNWIND [service IN procured | service.slug]
      + reduce(slugs = [], row IN provision | slugs
        + reduce(some = [], group IN row.groups | some + group[14])) AS slug
    WITH DISTINCT as_of, slug
    MATCH (service:Service {slug: slug})
    RETURN service {<service values>, <service place and provider>}
  },
  needs: COLLECT {
    UNWIND met AS need
    WITH need WHERE need:Need
    RETURN need {
      .code, .name, .synonyms, emergency: coalesce(need.emergency, false),
      met_by: COLLECT {
        MATCH (need)-[:NARROWER_THAN*0..6]->(fit:Need) RETURN DISTINCT fit.code
      },
      parts: COLLECT {
        MATCH (need)<-[:NARROWER_THAN*1..6]-(part:Need) RETURN DISTINCT part.code
      }
    } ORDER BY need.code
  },
  commissioners: COLLECT {
    UNWIND buyers AS organisation RETURN <organisation>
  },
  provision: provision,
  adopted: [each IN adopted | [each[0], each[1].slug, each[1].version, each[2], each[3]]],
  pathways: COLLECT {
    UNWIND adopted AS each
    WITH DISTINCT as_of, each[1] AS pathway
    RETURN <full pathway>
  },
  sources: COLLECT {
    UNWIND provision AS row
    UNWIND row.complete AS complete
    WITH DISTINCT complete[2] AS slug
    MATCH (source:Source {slug: slug})
    RETURN source {.slug, .title, .publisher, .url, .published, .retrieved}
  }
} AS row
""",
        "MEETS|OF_TYPE",
    )
)


async def contract_impact(
    driver: AsyncDriver,
    contracts: Sequence[str] | None,
    ending_before: date | None,
    as_of: date | None,
    listed: bool = False,
) -> ContractImpactRow:
    """What stops on the day if these contracts end, in one round trip.

    `contracts` are slugs; without them, those in force that may end before `ending_before`. `listed` says
    whether the services that are left for each need are shown. Raises BadUserInput for a contract that the
    directory does not have, and for more than 100.
    """
    check(contracts, ending_before)
    rows = await read(
        driver,
        CONTRACT_IMPACT,
        as_of=as_of,
        contracts=unique(contracts),
        ending_before=ending_before,
        listed=listed,
        most_shown=MOST_SHOWN,
        most_contracts=MOST_CONTRACTS,
    )
    found = rows[0]
    refuse_unknown(found["unknown"], found["known"], "contract")
    if found["size"] > MOST_CONTRACTS:
        raise BadUserInput(
            f"{found['size']} contracts in force may end before {ending_before}. Name up to "
            f"{MOST_CONTRACTS} of them in contracts."
        )
    return impact_of(found)


def check(contracts: Sequence[str] | None, ending_before: date | None) -> None:
    """Raises BadUserInput where no contracts, or too many, are asked for."""
    if contracts is None and ending_before is None:
        raise BadUserInput(
            "No contracts were named. Name up to 100 in contracts, or give endingBefore for "
            "those that end before a day."
        )
    if contracts is not None and not 1 <= len(contracts) <= MOST_CONTRACTS:
        raise BadUserInput(
            f"{len(contracts)} contracts were named. Name 1 to {MOST_CONTRACTS}."
        )


def impact_of(found: Any) -> ContractImpactRow:
    """The answer, of what the directory holds."""
    lives = {slug: (live, ends) for slug, live, ends in found["lives"]}
    shown = Shown.of(found["services"], found["contracts"], found["sources"])
    stops, may_stop, goes_on = sorted_by_fate(
        (shown.services[slug], [lives[contract] for contract in under])
        for slug, under in found["procured"]
    )
    contracts = [shown.contracts[slug] for slug in found["named"]]
    provisions = [Provision.of(bought) for bought in found["provision"]]
    left: list[CoverageCellRow] = []
    broken: list[BrokenStepRow] = []
    postcodes = 0.0
    for position, provision in enumerate(provisions):
        losses = [
            loss
            for need in found["needs"]
            if (loss := loss_of(provision, wanted_of(need), need))
        ]
        commissioner = found["commissioners"][position]
        left.extend(cell_left(shown, commissioner, loss, provision) for loss in losses)
        postcodes += postcodes_lost(provision, losses)
        broken.extend(
            broken_steps(
                provision, position, found["adopted"], found["pathways"], commissioner
            )
        )
    return {
        "as_of": found["as_of"],
        "contracts": contracts,
        "not_live": [row for row in contracts if not lives[row["slug"]][1]],
        "services": stops,
        "services_in_doubt": may_stop,
        "services_that_go_on": goes_on,
        "commissioners": found["commissioners"],
        "needs_left_uncovered": left,
        "broken_steps": broken,
        "postcodes": round(postcodes) if losses_are_measured(provisions) else None,
    }


def sorted_by_fate(
    procured: Iterable[tuple[Any, list[tuple[int, bool]]]],
) -> tuple[list[Any], list[Any], list[Any]]:
    """The services that stop, those of which nobody can tell, and those that go on.

    One goes on where another contract of it is known to be live; it stops where one that ends is, no other may be, and it
    is known to run. What does not run on the day does not stop either.
    """
    stops: list[Any] = []
    in_doubt: list[Any] = []
    goes_on: list[Any] = []
    for service, under in procured:
        ending = max(live for live, ends in under if ends)
        other = max((live for live, ends in under if not ends), default=0)
        if service["status"] not in {"ACTIVE", "UNKNOWN"}:
            continue
        if service["status"] == "ACTIVE" and other == 2:
            goes_on.append(service)
        elif service["status"] == "ACTIVE" and ending == 2 and other == 0:
            stops.append(service)
        else:
            in_doubt.append(service)
    return stops, in_doubt, goes_on


@dataclass(frozen=True)
class Loss:
    """A need of which people lose the cover: before, after, and how much of each sector loses it."""

    need: Any
    wanted: Wanted
    after: Cover
    lost: list[float]


def wanted_of(need: Any) -> Wanted:
    """What meets a need; what meets a part of it only never covered it."""
    return Wanted(frozenset(need["met_by"]), frozenset(need["parts"]))


def loss_of(provision: Provision, wanted: Wanted, what: Any) -> Loss | None:
    """What people lose, or None where all who were served still are."""
    before = provision.cover(wanted)
    after = provision.without_ending().cover(wanted)
    if after.state in {COVERED, OVERLAP}:
        return None
    if before.share is not None and after.share is not None:
        if before.share - after.share <= NOTHING:
            return None
    elif not has_sure(before) or has_sure(after):
        return None
    lost = [
        (was or 0.0) - (still or 0.0)
        for was, still in zip(before.parts, after.parts, strict=True)
    ]
    return Loss(what, wanted, after, lost)


def cell_left(
    shown: Shown, commissioner: Any, loss: Loss, provision: Provision
) -> CoverageCellRow:
    """What is left for a need once the contracts have ended."""
    people = provision.people
    return {
        **shown.cell(commissioner, loss.need, loss.wanted, provision.without_ending()),
        "explanation": words_of_loss(loss, provision),
        "postcodes": round(people.count(list(loss.lost))) if people.postcodes else None,
    }


def has_sure(cover: Cover) -> bool:
    """Whether a service under a live contract is known to run."""
    return any(group.verdict == SURE for group in cover.groups)


def postcodes_lost(provision: Provision, losses: Sequence[Loss]) -> float:
    """How many postcodes lose the cover of a need, each counted once."""
    most: list[float | None] = [
        max(parts) for parts in zip(*(loss.lost for loss in losses), strict=True)
    ]
    return provision.people.count(most) if most else 0.0


def losses_are_measured(provisions: Sequence[Provision]) -> bool:
    """Whether the directory knows the postcodes of all of these commissioners' areas."""
    return all(provision.people.postcodes for provision in provisions)


def broken_steps(
    provision: Provision,
    position: int,
    adopted: Iterable[list[Any]],
    pathways: Iterable[Any],
    commissioner: Any,
) -> list[BrokenStepRow]:
    """The steps of the pathways that a commissioner adopted for which people lose the service."""
    by_key = {(row["slug"], row["version"]): row for row in pathways}
    broken: list[BrokenStepRow] = []
    for of_position, slug, version, step_slug, code in adopted:
        if of_position != position:
            continue
        wanted = Wanted(frozenset({code}), frozenset(), is_type=True)
        loss = loss_of(provision, wanted, None)
        if loss is None:
            continue
        pathway = by_key[slug, version]
        step = next(each for each in pathway["steps"] if each["slug"] == step_slug)
        broken.append(
            {
                "pathway": pathway,
                "step": step,
                "commissioner": commissioner,
                "explanation": words_of_loss(loss, provision),
            }
        )
    return broken


def words_of_loss(loss: Loss, provision: Provision) -> str:
    """For whom there is nothing left, in a sentence."""
    people = provision.people
    lost = people.count(list(loss.lost))
    if not people.postcodes:
        return f"Its people lose the service. {loss.after.explanation}"
    return (
        f"About {round(lost)} of the {people.postcodes} postcodes of its area lose the "
        f"service. {loss.after.explanation}"
    )
