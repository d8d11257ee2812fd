"""Whether what a commissioner has bought covers a need of its people: pure functions (ADR 17)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

COVERED, OVERLAP, GAP = "COVERED", "OVERLAP", "GAP"
NOT_KNOWN = "UNKNOWN"

SURE = 2  # the verdict of a live contract and a service that runs

# Areas are measured by the sectors that they divide into, and a sector on a border lies in both by a
# share only. What is nearer to all, or to nothing, than that is not told from it.
WHOLE = 0.98
NOTHING = 1 - WHOLE

# Whom a service takes that is promoted in an area, or for which no area is stated: everybody for whom it was bought.
ANYBODY = "PROMOTED"


class Served:
    """The areas for whose people services are: `(code, rule, kind)` of each."""

    def __init__(self, areas: Iterable[Sequence[str]]) -> None:
        self.areas = [(code, rule, kind) for code, rule, kind in areas]
        rules = [rule for _, rule, _ in self.areas]
        # Whether nothing is stated that limits them to an area.
        self.everywhere = not rules or ANYBODY in rules
        # The areas that they are known to serve, and those of which sources leave it open.
        self.codes = self.with_rule(lambda rule: rule != NOT_KNOWN)
        self.possible_codes = self.with_rule(lambda rule: rule == NOT_KNOWN)

    def with_rule(self, is_it: Callable[[str], bool]) -> frozenset[str]:
        """The codes of the areas with such a rule."""
        return frozenset(code for code, rule, _ in self.areas if is_it(rule))


class Takes(NamedTuple):
    """Whom services take, and whether they are a stage of a way."""

    passes_on: bool
    passed_to: bool
    youngest: int | None  # days
    oldest: int | None
    sexes: Sequence[str] | None

    @property
    def everybody(self) -> bool:
        """Whether no age or sex is left out."""
        return not self.youngest and self.oldest is None and len(self.sexes or "12") > 1


class Group(NamedTuple):
    """Services of one commissioner that are alike in all that counts (graph_model/provision.py).

    Of the pairs `(provider, contract)` and `(contract, provider)` of its services the least and the most tell
    whether there are several of either; None where no provider is known.
    """

    what: int | str  # the number of a need, or of a type of service
    verdict: int
    served: Served
    takes: Takes
    first_provider: tuple[Any, Any] | None
    last_provider: tuple[Any, Any] | None
    first_contract: tuple[Any, Any] | None
    last_contract: tuple[Any, Any] | None
    services: Sequence[
        int
    ] = ()  # their places among those that the commissioner bought


class Sector(NamedTuple):
    """A part of a commissioner's area: its postcodes there, their share of the sector's, and
    the shares of the sector that lie in areas that services serve, `[code, kind, share]`."""

    postcodes: int | None
    share: float
    inside: list[Any]


class Area(NamedTuple):
    """An area for whose people a commissioner commissions."""

    code: str
    name: str
    kind: str
    passed: (
        int  # 2; 1 where it may have passed to another heir of the former commissioner
    )
    around: list[str]
    sectors: list[list[Any]]


@dataclass(frozen=True)
class People:
    """The people for whom a commissioner commissions, by the areas where they live."""

    areas: list[Area]
    reached: dict[frozenset[str] | None, list[float | None]] = field(
        default_factory=dict
    )
    judged: dict[Any, bool] = field(default_factory=dict)

    @cached_property
    def sectors(self) -> list[tuple[Area, Sector]]:
        """All parts of all areas."""
        return [(area, Sector(*each)) for area in self.areas for each in area.sectors]

    @cached_property
    def postcodes(self) -> int:
        """How many postcodes there are; 0 where the directory does not know."""
        return sum(sector.postcodes or 0 for _, sector in self.sectors)

    @property
    def known(self) -> bool:
        """Whether it is known for whom it commissions."""
        return bool(self.areas) and all(area.passed == SURE for area in self.areas)

    def parts(self, codes: frozenset[str] | None) -> list[float | None]:
        """Which part of each sector's people lives in any of these areas; None in it: not known.

        `codes` None stands for everywhere.
        """
        if codes not in self.reached:
            self.reached[codes] = [
                1.0 if codes is None else part_of(area, sector, codes)
                for area, sector in self.sectors
            ]
        return self.reached[codes]

    def are_reached(self, served: Served) -> bool:
        """Whether services are known to be for some of these people."""
        if served.everywhere or not self.areas:
            return True
        if served not in self.judged:
            share = self.share(self.parts(served.codes))
            self.judged[served] = share is not None and share > NOTHING
        return self.judged[served]

    def may_be_reached(self, served: Served) -> bool:
        """Whether services may be for some of these people."""
        if self.are_reached(served):
            return True
        possible = self.parts(served.codes | served.possible_codes)
        return any(part is None or part > NOTHING for part in possible)

    def are_all_reached(self, served: Served) -> bool:
        """Whether services are known to be for all of these people, wherever they live."""
        if served.everywhere:
            return True
        return bool(self.areas) and all(
            not served.codes.isdisjoint(area.around) for area in self.areas
        )

    def share(self, parts: Sequence[float | None]) -> float | None:
        """The share of all people that the parts make; None: not known."""
        if not parts:
            return None
        if all(part == parts[0] for part in parts):
            return parts[0]
        if None in parts or not self.postcodes:
            return None
        return self.count(parts) / self.postcodes

    def count(self, parts: Sequence[float | None]) -> float:
        """How many postcodes the parts make."""
        return sum(
            (part or 0.0) * (sector.postcodes or 0)
            for part, (_, sector) in zip(parts, self.sectors, strict=True)
        )


def part_of(area: Area, sector: Sector, codes: frozenset[str]) -> float | None:
    """Which part of a sector's people in the area lives in any of the areas with these codes.

    Areas of one kind do not overlap, so their shares add up; areas of different kinds may.
    """
    if not codes.isdisjoint(area.around):
        return 1.0
    by_kind: dict[str, float] = {}
    for code, kind, share in sector.inside:
        if code in codes:
            by_kind[kind] = by_kind.get(kind, 0.0) + share
    if by_kind:
        return min(1.0, max(by_kind.values()) / sector.share) if sector.share else 0.0
    return 0.0 if sector.postcodes else None


@dataclass(frozen=True)
class Cover:
    """How far a need of a commissioner's people is covered, and by which services."""

    state: str
    explanation: str
    share: float | None  # of its people, whom services surely reach
    parts: list[float | None]
    sure: list[Group]
    maybe: list[
        Group
    ]  # which may run, or be under a live contract, or for these people
    partly: list[Group]  # for a part of the need only

    @property
    def groups(self) -> list[Group]:
        """All that counts, the sure ones first."""
        return [*self.sure, *self.maybe, *self.partly]


@dataclass(frozen=True)
class Wanted:
    """A need by what meets it: itself and what includes it, and what is a part of it."""

    met_by: frozenset[int | str]
    parts: frozenset[int | str] = frozenset()


def cover_of(
    wanted: Wanted, groups: Iterable[Group], people: People, complete: bool
) -> Cover:
    """How far these services cover what is wanted.

    `complete` says that a source states that the directory holds everything that is commissioned for it, and
    that nothing else in it may serve these people.
    """
    sure: list[Group] = []
    maybe: list[Group] = []
    partly: list[Group] = []
    for group in groups:
        if group.what in wanted.met_by:
            if group.verdict == SURE and people.are_reached(group.served):
                sure.append(group)
            elif group.verdict and people.may_be_reached(group.served):
                maybe.append(group)
        elif (
            group.what in wanted.parts
            and group.verdict
            and people.may_be_reached(group.served)
        ):
            partly.append(group)
    parts = reached_by(sure, people)
    share = people.share(parts) if people.areas else share_of_unknown(sure)
    found = (sure, maybe, partly)
    if share is not None and share >= WHOLE:
        doubled = is_doubled(sure, people)
        state = OVERLAP if doubled else COVERED
        return Cover(state, words_of_cover(sure, doubled), share, parts, *found)
    # Where nothing is there at all, it does not matter where the people live.
    told = share is not None and (people.known or not sure)
    if complete and told and not maybe and not partly:
        return Cover(GAP, words_of_gap(share or 0.0), share, parts, *found)
    words = words_of_doubt(sure, maybe, partly, share)
    return Cover(NOT_KNOWN, words, share, parts, *found)


def reached_by(groups: Sequence[Group], people: People) -> list[float | None]:
    """Which part of each sector's people the services together are for."""
    if any(group.served.everywhere for group in groups):
        return people.parts(None)
    return people.parts(frozenset().union(*(group.served.codes for group in groups)))


def share_of_unknown(groups: Sequence[Group]) -> float | None:
    """The share of people of whom no source says where they live: all, none, or not known.

    A contract is for its commissioner's people, unless a source says for whom of them.
    """
    if not groups:
        return 0.0
    return 1.0 if any(group.served.everywhere for group in groups) else None


def is_doubled(groups: Sequence[Group], people: People) -> bool:
    """Whether several providers serve the same people, for the same need, under several contracts.

    What refers on and what is referred to are stages of one way, such as NHS 111 and a GP out-of-hours service.
    """
    if any(several_within(group) for group in groups):
        return True
    by_what: dict[int | str, list[Group]] = {}
    for group in groups:
        by_what.setdefault(group.what, []).append(group)
    return any(
        several_across(one, other)
        and not (one.takes.passes_on and other.takes.passed_to)
        and not (other.takes.passes_on and one.takes.passed_to)
        and same_person_possible(one.takes, other.takes)
        and same_people(one.served, other.served, people)
        for alike in by_what.values()
        for one, other in combinations(alike, 2)
    )


def several_within(group: Group) -> bool:
    """Whether a group has two services of different providers under different contracts.

    Where there are two providers and two contracts, some two services differ in both.
    """
    first, last = group.first_provider, group.last_provider
    under_first, under_last = group.first_contract, group.last_contract
    if not (first and last and under_first and under_last):
        return False
    return first[0] != last[0] and under_first[0] != under_last[0]


def several_across(one: Group, other: Group) -> bool:
    """Whether a service of each group differs from the other in provider and contract."""
    return any(
        provider != other_provider and contract != other_contract
        for provider, contract in pairs_of(one)
        for other_provider, other_contract in pairs_of(other)
    )


def pairs_of(group: Group) -> list[tuple[Any, Any]]:
    """Providers with contracts: as many as tell whether there are several of either."""
    ends = [group.first_provider, group.last_provider]
    turned = [group.first_contract, group.last_contract]
    return [pair for pair in ends if pair] + [pair[::-1] for pair in turned if pair]


def same_person_possible(one: Takes, other: Takes) -> bool:
    """Whether somebody has an age and a sex that both take."""
    youngest = max(one.youngest or 0, other.youngest or 0)
    oldest = [age for age in (one.oldest, other.oldest) if age is not None]
    if oldest and youngest > min(oldest):
        return False
    return not (one.sexes and other.sexes and set(one.sexes).isdisjoint(other.sexes))


def same_people(one: Served, other: Served, people: People) -> bool:
    """Whether both are surely for some people who live at the same place."""
    if one.everywhere or other.everywhere or not people.areas:
        return True
    both = [
        max(0.0, (part or 0.0) + (other_part or 0.0) - 1)
        for part, other_part in zip(
            people.parts(one.codes), people.parts(other.codes), strict=True
        )
    ]
    shared = people.parts(one.codes & other.codes)
    return any((people.share(parts) or 0.0) > NOTHING for parts in (list(both), shared))


def words_of_cover(sure: Sequence[Group], doubled: bool) -> str:
    """Why a need is covered, or more than once."""
    if doubled:
        return "Services of different providers under different live contracts serve the same people."
    limits = limits_in_words(sure)
    return f"Services under live contracts serve all of its people.{limits}"


def limits_in_words(groups: Sequence[Group]) -> str:
    """That all of the services take people of some ages or one sex only; empty where one takes all."""
    if any(group.takes.everybody for group in groups):
        return ""
    return (
        " Each takes people of some ages or one sex only: whether that is all who "
        "need it is yours to judge."
    )


def words_of_gap(share: float) -> str:
    """Why there is a gap."""
    whole = "The directory is declared complete for this, and holds no service that"
    if share <= NOTHING:
        return f"{whole} it commissions."
    return f"{whole} it commissions for {percent(1 - share)} of its postcodes."


def words_of_doubt(
    sure: Sequence[Group],
    maybe: Sequence[Group],
    partly: Sequence[Group],
    share: float | None,
) -> str:
    """Why nobody can tell."""
    words: list[str] = []
    if sure and share is not None:
        words.append(
            f"Services under live contracts serve {percent(share)} of its postcodes."
        )
    if sure and share is None:
        words.append("Whether its services serve all of its people is not known.")
    if maybe:
        words.append(
            "Of some services it is not known whether they run, under which live contract, "
            "or for which of its people."
        )
    if partly:
        words.append("Some services are for a part of this need only.")
    if not words:
        words.append("The directory holds no service that it commissions for this.")
    return " ".join([*words, "No source says that this is all."])


def percent(share: float) -> str:
    """A share in whole per cent, but never 0 or 100 for what is neither."""
    return f"{min(99, max(1, round(share * 100)))} %"
