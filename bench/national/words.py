"""What the sample's services are: 60 types, 120 needs, and which type meets which needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.national.chance import Chance, Weighted
from bench.national.sample import NEEDS, TYPES
from seed.read import Seed
from seed.records import Need, ServiceType

NHS_111, HUB, AMBULANCE, DEPARTMENT = "130", "133", "138", "105"
# One for each group of areas, or for each few of those; never drawn by chance.
OF_GROUPS = {NHS_111, HUB, AMBULANCE}

# Templates, clusters and the wards whose capacity is counted are nothing to refer to.
NOT_SERVICES = {
    "-2",
    "-1",
    "6",
    "21",
    "22",
    "107",
    "108",
    "109",
    "110",
    "111",
    "114",
    "115",
    "151",
}

NEEDS_OF_TYPES = {
    DEPARTMENT: ["emergency-care", "emergency-department-care"],
    NHS_111: ["clinical-assessment", "health-advice"],
    HUB: ["clinical-assessment", "gp-out-of-hours"],
}
MET_BY_ALL_OF_A_TYPE = {need for needs in NEEDS_OF_TYPES.values() for need in needs}
MOST_NEEDS_OF_A_TYPE = 9


@dataclass(frozen=True)
class Words:
    """The vocabulary: needs and types with their numbers, and what each type may meet."""

    needs: list[Need]
    types: list[ServiceType]
    met_by: dict[str, list[str]]  # by a type's code
    ordinary_types: Weighted[str]

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each need and type (graph_model/reach.py): needs from 1, types from 1001."""
        codes = sorted(need.code for need in self.needs)
        types = sorted(each.code for each in self.types)
        return {code: 1 + position for position, code in enumerate(codes)} | {
            code: 1001 + position for position, code in enumerate(types)
        }


def words_of(seed: Seed, chance: Chance) -> Words:
    """The sample's vocabulary, which is the seed's, cut to size."""
    needs = some_needs(seed.needs)
    types = [each for each in seed.service_types if each.code not in NOT_SERVICES][
        :TYPES
    ]
    emergencies = sorted(need.code for need in needs if need.emergency)
    ordinary = sorted(need.code for need in needs if not need.emergency)
    codes = [each.code for each in types if each.code not in OF_GROUPS]
    return Words(
        needs,
        types,
        {
            **needs_of_types(
                [code for code in codes if code not in NEEDS_OF_TYPES], ordinary, chance
            ),
            **NEEDS_OF_TYPES,
            AMBULANCE: emergencies,
        },
        weights_of(codes, chance),
    )


def some_needs(needs: list[Need]) -> list[Need]:
    """So many needs as a sample has: of those that others are not narrower than, some are left out."""
    broader = {need.broader for need in needs}
    leaves = [
        need.code
        for need in needs
        if not need.emergency and need.code not in broader | MET_BY_ALL_OF_A_TYPE
    ]
    too_many = len(needs) - NEEDS
    left_out = {leaves[place * len(leaves) // too_many] for place in range(too_many)}
    return [need for need in needs if need.code not in left_out]


def needs_of_types(
    types: list[str], needs: list[str], chance: Chance
) -> dict[str, list[str]]:
    """What each type may meet: every need is met by some type, and a few by many."""
    popular = Weighted(
        [
            (need, 1 / (place + 3))
            for place, need in enumerate(chance.several(needs, len(needs)))
        ]
    )
    met: dict[str, list[str]] = {code: [] for code in types}
    for position, need in enumerate(needs):
        met[types[position % len(types)]].append(need)
    for of_type in met.values():
        while len(of_type) < min(MOST_NEEDS_OF_A_TYPE, len(needs)):
            need = popular.pick(chance)
            if need not in of_type:
                of_type.append(need)
    return met


def weights_of(types: list[str], chance: Chance) -> Weighted[str]:
    """How often each type comes up: some ten times as often as others, departments rarely."""
    shuffled = chance.several(types, len(types))
    weights: Mapping[str, float] = {
        code: 1 / (place + 6) for place, code in enumerate(shuffled)
    }
    rare = 0.0015 * sum(weights.values())
    return Weighted(
        [(code, rare if code == DEPARTMENT else weights[code]) for code in shuffled]
    )
