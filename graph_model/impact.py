"""What stops if contracts end: services, needs left uncovered, and steps of pathways that break (ADR 17, ADR 21)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.coverage_cells import (
    Telling,
    cell_of_need,
    judgement,
    put_in_place,
    slugs_in,
)
from graph_model.database import read
from graph_model.errors import BadUserInput
from graph_model.matching.cover import (
    COVERED,
    NOTHING,
    OVERLAP,
    SURE,
    Area,
    Cover,
    People,
    Wanted,
)
from graph_model.provision import Provision, Wants, wanted_of, with_provision
from graph_model.rows import BrokenStepRow, ContractImpactRow, CoverageCellRow
from graph_model.shown import AT_HAND, LISTED, MOST_AT_HAND, Shown, shown_on
from graph_model.unknown_names import refuse_unknown, unique

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
       MATCH (contract)-[:PROCURES]->(service:Service)
       RETURN DISTINCT service
     } AS procured,
     COLLECT {
       UNWIND ending AS contract
       MATCH (first:Organisation)-[:COMMISSIONS]->(contract)
       WITH DISTINCT as_of, first
       MATCH way = (first)-[:SUCCEEDED_BY*0..8]->(buyer:Organisation)
       WHERE <way led to the day>
       WITH DISTINCT buyer
       RETURN buyer ORDER BY buyer.slug
     } AS all_buyers
WITH *, CASE WHEN $asked.needs OR $asked.steps THEN all_buyers ELSE [] END AS buyers
<provision>
WITH *, CASE WHEN $asked.steps THEN COLLECT {
  UNWIND procured AS service
  MATCH (service)-[:OF_TYPE]->(type)
  WITH collect(DISTINCT type) AS types, members
  UNWIND range(0, size(members) - 1) AS position
  UNWIND members[position] AS member
  MATCH (member)-[adopts:ADOPTS]->(pathway:Pathway)
  WHERE <adopts in force> AND <pathway in force> AND pathway.status = 'PUBLISHED'
  MATCH (pathway)-[has_step:HAS_STEP]->(step:Step)-[:CALLS_FOR]->(type:ServiceType)
  WHERE type IN types
  WITH DISTINCT position, pathway, has_step.position AS at, step, type
  ORDER BY position, pathway.slug, at
  RETURN [position, pathway.slug, pathway.version, step.slug, type.number]
} ELSE [] END AS adopted
WITH *, CASE
  WHEN $asked.services AND size(procured) <= $asked.most_at_hand THEN procured ELSE []
END AS stopping, <listed> AS left
WITH *, COLLECT { UNWIND stopping + left AS service RETURN DISTINCT service } AS at_hand
RETURN {
  as_of: as_of,
  directory: <about the directory>,
  size: size,
  unknown: unknown,
  known: CASE WHEN unknown = [] THEN []
    ELSE COLLECT { MATCH (any:Contract) RETURN any.slug } END,
  ending: [contract IN ending | contract.slug],
  lives: [each IN lives | [each[0].slug, each[1], each[2]]],
  contracts: COLLECT {
    UNWIND CASE WHEN $asked.contracts IS NULL THEN ending ELSE named END AS contract
    RETURN <contract with parties>
  },
  procured: CASE WHEN $asked.services THEN COLLECT {
    UNWIND procured AS service
    RETURN [service.slug, COLLECT {
      MATCH (contract)-[:PROCURES]->(service) RETURN contract.slug
    }] ORDER BY service.slug
  } ELSE [] END,
  needs: CASE WHEN $asked.needs THEN COLLECT {
    UNWIND procured AS service
    MATCH (service)-[:MEETS]->(need:Need)
    WITH DISTINCT need
    RETURN <need with numbers> ORDER BY need.code
  } ELSE [] END,
  commissioners: COLLECT {
    UNWIND all_buyers AS organisation RETURN <organisation>
  },
  provision: provision,
  adopted: adopted,
  at_hand: <at hand>,
  pathways: COLLECT {
    UNWIND adopted AS each
    WITH DISTINCT each[1] AS slug, each[2] AS version LIMIT 5
    MATCH (pathway:Pathway {slug: slug, version: version})
    RETURN <full pathway>
  }
} AS row
"""
    )
    .replace("<listed>", LISTED)
    .replace("<at hand>", AT_HAND)
)

# What of an answer is wanted besides the contracts and their commissioners.
EVERYTHING = frozenset({"services", "needs", "steps"})
# Contracts of which a picture can still be read.
MOST_DRAWN = 25


async def contract_impact(
    driver: AsyncDriver,
    contracts: Sequence[str] | None,
    ending_before: date | None,
    as_of: date | None,
    listed: bool = False,
    wanted: Collection[str] = EVERYTHING,
    drawn: bool = False,
) -> ContractImpactRow:
    """What stops on the day if these contracts end, in one round trip.

    In two where more than a few dozen services, or five pathways, are to be shown.

    `contracts` are slugs; without them, those in force that may end before `ending_before`. `listed` says
    whether the services that are left for each need are shown, `wanted` which parts of the answer are: "services",
    "needs" (with the postcodes) and "steps"; the others are empty. `drawn` says whether it is to be a picture, with the
    services that each loss comes from. Raises BadUserInput for a contract that the
    directory does not have, and for more than 100, or 25 that are drawn.
    """
    check(contracts, ending_before)
    rows = await read(
        driver,
        CONTRACT_IMPACT,
        as_of=as_of,
        contracts=unique(contracts),
        ending_before=ending_before,
        listed=listed or drawn,
        most_contracts=MOST_CONTRACTS,
        most_at_hand=MOST_AT_HAND,
        **{part: part in wanted for part in EVERYTHING},
    )
    found = rows[0]
    refuse_unknown(found["unknown"], found["known"], "contract")
    if found["size"] > MOST_CONTRACTS:
        raise BadUserInput(
            f"{found['size']} contracts in force may end before {ending_before}. Name up to "
            f"{MOST_CONTRACTS} of them in contracts."
        )
    if drawn and len(found["contracts"]) > MOST_DRAWN:
        raise BadUserInput(
            f"A picture of {len(found['contracts'])} contracts was asked for. Ask for one of "
            f"{MOST_DRAWN} at most, or leave svg out."
        )
    losses = losses_of_all(found, drawn)
    left = [cell_left(each, listed) for each in losses if each.need is not None]
    broken = [(each, step) for each in losses for step in each.steps]
    services, behind = slugs_in(left)
    shown = await shown_on(
        driver,
        found["as_of"],
        {**found["at_hand"], "pathways": found["pathways"]},
        services=[*services, *(slug for slug, _ in found["procured"])],
        contracts=behind,
        pathways=list(dict.fromkeys(step[:2] for _, step in broken)),
    )
    put_in_place(left, shown)
    return answer_of(found, losses, left, shown)


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


@dataclass(frozen=True)
class Loss:
    """What a commissioner's people lose: of a need, or (None) of a type of service that steps call for."""

    commissioner: Any
    provision: Provision
    wanted: Wanted
    need: Any
    steps: Sequence[tuple[str, int, str]]  # pathway's slug, its version, step's slug
    after: Cover
    lost: list[float]  # how much of each sector
    stopped: list[str]  # the services by slug, where it is drawn


def losses_of_all(found: Any, drawn: bool) -> list[Loss]:
    """What people of any of the commissioners lose."""
    needs = found["needs"]
    types = sorted({number for *_, number in found["adopted"]})
    wants = Wants(
        [wanted_of(need) for need in needs]
        + [Wanted(frozenset({number})) for number in types]
    )
    steps: dict[tuple[int, int], list[tuple[str, int, str]]] = {}
    for position, slug, version, step, number in found["adopted"]:
        steps.setdefault((position, number), []).append((slug, version, step))
    whats = [(need, 0) for need in needs] + [(None, number) for number in types]
    day, ending = found["as_of"].toordinal(), frozenset(found["ending"])
    losses: list[Loss] = []
    for position, row in enumerate(found["provision"]):
        provision = Provision.of(row, day, wants, ending)
        commissioner = found["commissioners"][position]
        left = provision.plain_states(wants, left=True)
        for wanted, state, (need, number) in zip(
            wants.wanted, left, whats, strict=True
        ):
            if state in {COVERED, OVERLAP} or wanted.met_by.isdisjoint(
                provision.lessened
            ):
                continue
            after = provision.cover(wanted, left=True)
            lost = lost_between(provision.cover(wanted), after)
            if lost is not None:
                broken = steps.get((position, number), [])
                stopped = provision.stopped(wanted) if drawn else []
                losses.append(
                    Loss(
                        commissioner,
                        provision,
                        wanted,
                        need,
                        broken,
                        after,
                        lost,
                        stopped,
                    )
                )
    return losses


def answer_of(
    found: Any, losses: Sequence[Loss], left: list[CoverageCellRow], shown: Shown
) -> ContractImpactRow:
    """The answer, of what the directory holds and what of it is shown."""
    lives = {slug: (live, ends) for slug, live, ends in found["lives"]}
    stops, may_stop, goes_on = sorted_by_fate(
        (shown.services[slug], [lives[contract] for contract in under])
        for slug, under in found["procured"]
    )
    contracts = found["contracts"]
    of_needs = [loss for loss in losses if loss.need is not None]
    return {
        "as_of": found["as_of"],
        "directory": found["directory"],
        "contracts": contracts,
        "not_live": [row for row in contracts if not lives[row["slug"]][1]],
        "services": stops,
        "services_in_doubt": may_stop,
        "services_that_go_on": goes_on,
        "commissioners": found["commissioners"],
        "needs_left_uncovered": left,
        "broken_steps": [
            broken_step(shown.pathways[slug, version], step, loss)
            for loss in losses
            for slug, version, step in loss.steps
        ],
        "postcodes": postcodes_lost(of_needs) if losses_are_measured(found) else None,
        "procured": [
            (contract, slug) for slug, under in found["procured"] for contract in under
        ],
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


def lost_between(before: Cover, after: Cover) -> list[float] | None:
    """How much of each sector's people lose the cover, or None where all who were served still are."""
    if after.state in {COVERED, OVERLAP}:
        return None
    if before.share is not None and after.share is not None:
        if before.share - after.share <= NOTHING:
            return None
    elif not has_sure(before) or has_sure(after):
        return None
    return [
        (was or 0.0) - (still or 0.0)
        for was, still in zip(before.parts, after.parts, strict=True)
    ]


def cell_left(loss: Loss, listed: bool) -> CoverageCellRow:
    """What is left for a need once the contracts have ended."""
    people = loss.provision.people
    telling = Telling(words=True, listed=listed)
    told = judgement(loss.provision, loss.wanted, loss.after, telling)
    return {
        **cell_of_need(loss.commissioner, loss.need, told),
        "explanation": words_of_loss(loss),
        "postcodes": round(people.count(list(loss.lost))) if people.postcodes else None,
        "stopped": loss.stopped,
    }


def has_sure(cover: Cover) -> bool:
    """Whether a service under a live contract is known to run."""
    return any(group.verdict == SURE for group in cover.groups)


def postcodes_lost(losses: Sequence[Loss]) -> int:
    """How many postcodes lose the cover of a need, each counted once."""
    by_people: dict[str, list[Loss]] = {}
    for loss in losses:
        by_people.setdefault(loss.commissioner["slug"], []).append(loss)
    return round(
        sum(
            of_one[0].provision.people.count(
                [
                    max(parts)
                    for parts in zip(*(loss.lost for loss in of_one), strict=True)
                ]
            )
            for of_one in by_people.values()
        )
    )


def losses_are_measured(found: Any) -> bool:
    """Whether the directory knows the postcodes of all of these commissioners' areas."""
    return all(
        People([Area(*area) for area in row["areas"]]).postcodes
        for row in found["provision"]
    )


def broken_step(pathway: Any, slug: str, loss: Loss) -> BrokenStepRow:
    """A step of a pathway for which people lose the service."""
    return {
        "pathway": pathway,
        "step": next(step for step in pathway["steps"] if step["slug"] == slug),
        "commissioner": loss.commissioner,
        "explanation": words_of_loss(loss),
        "stopped": loss.stopped,
    }


def words_of_loss(loss: Loss) -> str:
    """For whom there is nothing left, in a sentence."""
    people = loss.provision.people
    if not people.postcodes:
        return f"Its people lose the service. {loss.after.explanation}"
    return (
        f"About {round(people.count(list(loss.lost)))} of the {people.postcodes} postcodes "
        f"of its area lose the service. {loss.after.explanation}"
    )
