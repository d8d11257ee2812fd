"""What commissioners have bought, for whom, on a day: Cypher and judgement that coverage and impact share.

`<provision>` expects `as_of` and `buyers` (organisations), and gives `provision`, for each buyer:

- `ledgers`: its own and those of organisations that were merged into it by the day (graph_model/ledgers.py), each
  with `passed`: 2 where all that it lists is surely the buyer's, else 1.
- `areas`: the areas for whose people it commissions, with what they lie within and the sectors that they
  divide into, as far as services are for parts of it.
- `complete`: the needs for which a source states that the directory holds all that it commissions.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, LiteralString

import numpy as np
import numpy.typing as npt

from graph_model.ledgers import COLUMNS, Ledger
from graph_model.matching.cover import (
    COVERED,
    NOT_KNOWN,
    OVERLAP,
    SURE,
    Area,
    Cover,
    Group,
    People,
    Wanted,
    cover_of,
    is_doubled,
)
from graph_model.purchases import Groups, Purchases, groups_of, purchases_on

# Services shown of one cell; whoever wants all of them asks for the services of the commissioner.
MOST_SHOWN = 20

# A ledger's texts that are read only where somebody wants to know which services they are, and
# to tell which are the same in several ledgers.
LEDGER: LiteralString = """{
        passed: passed, contracts: ledger.contracts, areas: ledger.areas,
        people: ledger.people,
        services: CASE WHEN named THEN ledger.services END,
        providers: CASE WHEN named THEN ledger.providers END,
        <columns>
      }"""

PROVISION: LiteralString = """
CALL (as_of, buyers) {
  UNWIND range(0, size(buyers) - 1) AS position
  WITH as_of, position, buyers[position] AS buyer
  CALL (as_of, buyer) {
    MATCH way = (member:Organisation)-[:SUCCEEDED_BY*0..8]->(buyer)
    WHERE <way led to the day>
    WITH member, max(CASE WHEN <way is the only one> THEN 2 ELSE 1 END) AS passed
    RETURN collect([member, passed]) AS members
  }
  WITH as_of, position, buyer, members, COLLECT {
    UNWIND members AS each
    WITH each[0] AS member, each[1] AS passed, $asked.listed OR size(members) > 1 AS named
    MATCH (ledger:Ledger {key: member.slug})
    RETURN <ledger> ORDER BY ledger.key
  } AS ledgers, COLLECT {
    UNWIND members AS each
    WITH each[0] AS member
    MATCH (ledger:Ledger {key: member.slug})
    UNWIND ledger.served AS text
    RETURN DISTINCT split(text, ' ')
  } AS served
  CALL (as_of, buyer, members, served) {
    UNWIND members AS each
    WITH as_of, buyer, served, each[0] AS member, each[1] AS passed
    MATCH (member)-[responsible:RESPONSIBLE_FOR]->(area:Area)
    WHERE coalesce(responsible.from <= as_of, true)
      AND coalesce(CASE WHEN member = buyer THEN as_of < responsible.to
        ELSE responsible.to >= member.closed END, true)
    WITH area, max(passed) AS passed, served
    WITH area, passed, served, [area.code] + COLLECT {
      MATCH (area)-[:WITHIN*1..3]->(larger:Area) RETURN DISTINCT larger.code
    } AS around
    WITH area, passed, around, [each IN served
      WHERE NOT each[0] IN around AND each[1] <> area.kind | each[0]] AS parts
    WITH area, passed, around, CASE WHEN parts = [] THEN [] ELSE COLLECT {
      MATCH (area)<-[part:WITHIN]-(sector:Area {kind: 'SECTOR'})
      WHERE part.postcodes > 0
      WITH part, sector ORDER BY sector.code
      RETURN [part.postcodes, part.share, COLLECT {
        MATCH inside = (sector)-[:WITHIN*0..3]->(larger:Area)
        WHERE larger.code IN parts
        RETURN [larger.code, larger.kind,
          reduce(share = 1.0, step IN relationships(inside) |
            share * coalesce(step.share, 1.0))]
      } + [district IN parts WHERE district = split(sector.code, ' ')[0] |
        [district, 'DISTRICT', 1.0]]]
    } END AS sectors
    ORDER BY area.code
    RETURN collect([
      area.code, area.name, area.kind, passed, around,
      CASE WHEN sectors <> [] THEN sectors ELSE [[COLLECT {
        MATCH (area)<-[part:WITHIN]-(:Area {kind: 'SECTOR'})
        RETURN sum(part.postcodes)
      }[0], 1.0, []]] END
    ]) AS areas
  }
  WITH position, [each IN members | each[0]] AS members, {
    slug: buyer.slug, ledgers: ledgers, areas: areas,
    there: coalesce(buyer.opened <= as_of, true) AND NOT <buyer gone>,
    complete: COLLECT {
      MATCH (buyer)-[complete:COMPLETE_FOR]->(need:Need)
      WHERE complete.as_of <= as_of AND as_of <= complete.as_of + duration('P3Y')
        AND coalesce(as_of < complete.to, true)
      MATCH (source:Source {slug: complete.source})
      RETURN [need.number, complete.as_of, source {
        .slug, .title, .publisher, .url, .published, .retrieved,
        locator: complete.locator, certainty: coalesce(complete.certainty, 'STATED'),
        derived_from: complete.derived_from, fields: null, on: complete.as_of
      }]
      ORDER BY need.code
    }
  } AS row ORDER BY position
  RETURN collect(row) AS provision, collect(members) AS members
}"""

# 2: in force; 1: nobody can tell; 0: not in force. A contract that was awarded may have begun on any
# day of the month that is stated for its start.
LIVE_CONTRACT: LiteralString = """CASE <status of contract from start to end as ENDED>
        WHEN 'LIVE' THEN 2
        WHEN 'VARIED' THEN 2
        WHEN 'UNKNOWN' THEN 1
        WHEN 'AWARDED' THEN CASE WHEN as_of >= contract.start THEN 1 ELSE 0 END
        ELSE 0
      END"""


# A need with the numbers of all that meets it, itself among them, and of its parts.
NEED_WITH_NUMBERS: LiteralString = """need {
      .code, .name, .synonyms, .number, emergency: coalesce(need.emergency, false),
      met_by: COLLECT {
        MATCH (need)-[:NARROWER_THAN*0..6]->(met:Need) RETURN DISTINCT met.number
      },
      parts: COLLECT {
        MATCH (need)<-[:NARROWER_THAN*1..6]-(met:Need) RETURN DISTINCT met.number
      }
    }"""


def with_provision(question: LiteralString) -> LiteralString:
    """The question with `<provision>`, `<live contract>` and `<need with numbers>` in it."""
    columns = ", ".join(f"{name}: ledger.{name}" for name in COLUMNS)
    return (
        question.replace("<provision>", PROVISION)
        .replace("<ledger>", LEDGER.replace("<columns>", columns))
        .replace("<live contract>", LIVE_CONTRACT)
        .replace("<need with numbers>", NEED_WITH_NUMBERS)
    )


def wanted_of(need: Any) -> Wanted:
    """What meets a need, of a row of `<need with numbers>`."""
    return Wanted(frozenset(need["met_by"]), frozenset(need["parts"]))


class Wants:
    """All that is wanted of every commissioner, and the numbers that have to do with it."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        numbers = {number for each in wanted for number in each.met_by | each.parts}
        size = max((int(number) for number in numbers), default=0) + 1
        self.wanted = wanted
        self.numbers = np.zeros(size, bool)
        self.numbers[[int(number) for number in numbers]] = True
        # For each wanted thing, the numbers of all that meets it.
        self.met_by = np.zeros((len(wanted), size), bool)
        for position, each in enumerate(wanted):
            self.met_by[position, [int(number) for number in each.met_by]] = True


@dataclass(frozen=True)
class Provision:
    """What a commissioner has bought, for whom, and for which needs that is known to be all."""

    bought: Purchases | None  # None: nothing at all
    groups: Groups | None
    people: People
    complete: dict[int, list[Any]]
    there: bool
    known: dict[tuple[int, bool], list[Group]]

    @classmethod
    def of(
        cls, row: Any, day: int, wants: Wants, ending: Collection[str] = frozenset()
    ) -> "Provision":
        """Of a row of `<provision>`, as far as it has to do with what is wanted; 0001-01-01 is day 1."""
        ledgers: list[Ledger] = row["ledgers"]
        bought = purchases_on(ledgers, day, ending) if ledgers else None
        return cls(
            bought,
            groups_of(bought, wants.numbers) if bought else None,
            People([Area(*each) for each in row["areas"]]),
            {each[0]: each for each in row["complete"]},
            row["there"],
            {},
        )

    @cached_property
    def numbers(self) -> set[int]:
        """What it has bought anything for."""
        return set(self.groups.numbers.tolist()) if self.groups else set()

    @cached_property
    def lessened(self) -> set[int]:
        """For what some services have a worse verdict without the contracts that end."""
        if self.groups is None:
            return set()
        less = self.groups.left < self.groups.verdicts
        return set(self.groups.numbers[less].tolist())

    def cover(self, wanted: Wanted, left: bool = False) -> Cover:
        """How far it covers what is wanted; `left`: without the contracts that end."""
        groups = [
            group
            for number in sorted(wanted.met_by | wanted.parts)
            for group in self.groups_for(int(number), left)
        ]
        return cover_of(wanted, groups, self.people, self.claim(wanted) is not None)

    def groups_for(self, number: int, left: bool) -> list[Group]:
        """The groups of services for a need or of a type."""
        if (number, left) not in self.known:
            self.known[number, left] = list(self.groups_of_number(number, left))
        return self.known[number, left]

    def groups_of_number(
        self, number: int, left: bool, only: npt.NDArray[np.bool_] | None = None
    ) -> Iterable[Group]:
        """The groups, made of the columns; `only` those where it is true."""
        groups, bought = self.groups, self.bought
        if groups is None or bought is None:
            return
        here = np.arange(*np.searchsorted(groups.numbers, [number, number + 1]))
        if only is not None:
            here = here[only[here]]
        by_provider, by_contract = groups.contract_base, groups.provider_base
        for (
            verdict,
            area,
            people,
            least,
            most,
            least_under,
            most_under,
            begin,
            end,
        ) in zip(
            (groups.left if left else groups.verdicts)[here].tolist(),
            groups.areas[here].tolist(),
            groups.people[here].tolist(),
            groups.first_provider[here].tolist(),
            groups.last_provider[here].tolist(),
            groups.first_contract[here].tolist(),
            groups.last_contract[here].tolist(),
            groups.begins[here].tolist(),
            groups.begins[here + 1].tolist(),
            strict=True,
        ):
            yield Group(
                number,
                verdict,
                bought.served[area],
                bought.takes[people],
                divmod(least, by_provider) if most else None,
                divmod(most, by_provider) if most else None,
                divmod(least_under, by_contract) if most else None,
                divmod(most_under, by_contract) if most else None,
                range(begin, end),
            )

    def plain_states(self, wants: Wants, left: bool = False) -> list[str | None]:
        """The states that can be told for all at once, and None for those that cannot.

        Where one service is for all of the people they are covered; more than once where some services that are alike
        in all that counts are several, and else only if there are several providers and contracts. Where no service is
        surely for any of the people, and nobody says that this is all, nobody can tell.
        """
        groups, bought = self.groups, self.bought
        size = len(wants.numbers)
        whole, several, possible, some = (np.zeros(size, bool) for _ in range(4))
        sure = np.zeros(0, bool)
        if groups is not None and bought is not None:
            reached = truths(map(self.people.are_reached, bought.served))
            all_reached = truths(map(self.people.are_all_reached, bought.served))
            verdicts = groups.left if left else groups.verdicts
            sure = (verdicts == SURE) & reached[groups.areas]
            whole[groups.numbers[sure & all_reached[groups.areas]]] = True
            several[groups.numbers[sure & groups.several]] = True
            some[groups.numbers[sure]] = True
            possible = several_providers_and_contracts(groups, sure, size)
        is_whole, is_several, is_some = (
            met_by_any(wants, each) for each in (whole, several, some)
        )
        doubled = self.doubled(possible & ~several, sure, left)
        states: list[str | None] = []
        for position, wanted in enumerate(wants.wanted):
            if is_whole[position]:
                twice = is_several[position] or not doubled.isdisjoint(wanted.met_by)
                states.append(OVERLAP if twice else COVERED)
            elif not is_some[position] and self.claim(wanted) is None:
                states.append(NOT_KNOWN)
            else:
                states.append(None)
        return states

    def doubled(
        self,
        possible: npt.NDArray[np.bool_],
        sure: npt.NDArray[np.bool_],
        left: bool,
    ) -> set[int]:
        """The numbers, of those where it is possible, of which two sure groups serve the same people."""
        return {
            number
            for number in np.flatnonzero(possible).tolist()
            if is_doubled(list(self.groups_of_number(number, left, sure)), self.people)
        }

    def services_of(self, cover: Cover) -> list[str]:
        """The services behind a cover, by slug: the sure ones first."""
        if self.groups is None or self.bought is None:
            return []
        places = dict.fromkeys(
            place
            for groups in (cover.sure, cover.maybe, cover.partly)
            for place in self.places_of(groups)
        )
        return [self.bought.slugs[place] for place in list(places)[:MOST_SHOWN]]

    def contracts_of(self, cover: Cover) -> list[str]:
        """The contracts behind a cover, by slug: those of the sure ones first."""
        if self.groups is None or self.bought is None:
            return []
        services, contracts = self.bought.pairs
        under = dict.fromkeys(
            int(place)
            for groups in (cover.sure, cover.maybe, cover.partly)
            for place in np.unique(contracts[np.isin(services, self.places_of(groups))])
            if place
        )
        return [self.bought.contracts[place - 1] for place in list(under)[:MOST_SHOWN]]

    def stopped(self, wanted: Wanted) -> list[str]:
        """The services, by slug, that the contracts that end procure for this."""
        if self.groups is None or self.bought is None:
            return []
        less = self.groups.left < self.groups.verdicts
        lost = [
            group
            for number in wanted.met_by
            for group in self.groups_of_number(int(number), False, less)
        ]
        return [self.bought.slugs[place] for place in self.places_of(lost)]

    def places_of(self, groups: Iterable[Group]) -> list[int]:
        """The places of the groups' services, in order of their slugs."""
        services = self.groups.services if self.groups else ()
        return sorted(
            {int(services[row]) for group in groups for row in group.services}
        )

    def claim(self, wanted: Wanted) -> list[Any] | None:
        """Who states that the directory is complete: for the need, or for one that includes it.

        Of a commissioner that is not there nobody can say what it lacks.
        """
        if not self.there or not self.complete:
            return None
        claims = [
            self.complete[number]
            for number in wanted.met_by
            if isinstance(number, int) and number in self.complete
        ]
        return max(claims, key=lambda claim: claim[1], default=None)

    def completeness(self, wanted: Wanted) -> Any:
        """From when the directory is complete for this, and who says so."""
        claim = self.claim(wanted)
        if claim is None:
            return {"complete_as_of": None, "sources": []}
        return {"complete_as_of": claim[1], "sources": [claim[2]]}


def met_by_any(wants: Wants, numbers: npt.NDArray[np.bool_]) -> list[bool]:
    """For each wanted thing whether any of these numbers meets it."""
    return [bool(row.any()) for row in wants.met_by & numbers]


def truths(values: Iterable[bool]) -> npt.NDArray[np.bool_]:
    """The values as a column."""
    return np.fromiter(values, bool)


def several_providers_and_contracts(
    groups: Groups, sure: npt.NDArray[np.bool_], size: int
) -> npt.NDArray[np.bool_]:
    """For each number whether its sure groups have several providers and several contracts."""
    sure = sure & (groups.last_provider > 0)
    numbers = groups.numbers[sure]
    different: list[npt.NDArray[np.bool_]] = []
    for first, last, base in (
        (groups.first_provider, groups.last_provider, groups.contract_base),
        (groups.first_contract, groups.last_contract, groups.provider_base),
    ):
        most = np.zeros(size, np.int64)
        least = np.full(size, np.iinfo(np.int64).max)
        np.maximum.at(most, numbers, last[sure] // base)
        np.minimum.at(least, numbers, first[sure] // base)
        different.append(most > least)
    return different[0] & different[1]
