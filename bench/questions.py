"""What is asked: cases all over England, drawn by chance, and the questions that each competitor answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from bench.national.chance import Chance, Weighted
from bench.national.places import SectorOf, places_of
from bench.national.sample import Sample
from bench.national.words import words_of
from graph_model.cases import Case
from graph_model.matching.case import DAYS_IN_A_YEAR, ROLES
from graph_model.places import PlaceQuestion
from graph_model.reach import SEXES, bit_of
from seed.load import SEED
from seed.read import read_seed

FIRST = 20
# For these an emergency department comes before all others, whatever else fits.
ABOVE_ALL = {"emergency-care", "emergency-department-care"}
REFERRERS = ("GP", "PARAMEDIC", "COMMUNITY_NURSE", "NHS_111")


@dataclass(frozen=True)
class Asked:
    """A case: a sector of England and its point, a need by its code, and who needs help."""

    sector: str
    longitude: float
    latitude: float
    need: str
    years: int
    sex: str
    referrer: str
    within_km: float = 20.0

    @property
    def age_days(self) -> int:
        return int(self.years * DAYS_IN_A_YEAR)

    def case(self) -> Case:
        """The case as the function takes it."""
        return Case(
            PlaceQuestion(postcode=self.sector),
            need_code=self.need,
            age_days=self.age_days,
            sex=self.sex,
            referrer=self.referrer,
            within_km=self.within_km,
        )

    def in_graphql(self) -> dict[str, Any]:
        """The case as our GraphQL takes it."""
        return {
            "case": {
                "place": {"postcode": self.sector},
                "need": {"code": self.need},
                "age": {"value": self.years, "unit": "YEARS"},
                "sex": self.sex,
                "referrer": self.referrer,
                "withinKm": self.within_km,
            },
            "first": FIRST,
        }

    def by_hand(self) -> dict[str, Any]:
        """The case as the Cypher by hand takes it."""
        return {
            "place": self.sector,
            "need": self.need,
            "age_days": self.age_days,
            "sex": bit_of(self.sex, SEXES),
            "role": bit_of(self.referrer, list(ROLES)),
            "within_m": 1000 * self.within_km,
            "first": FIRST,
        }

    def generated(self) -> dict[str, Any]:
        """As much of the case as the generated API takes."""
        return {
            "need": self.need,
            "longitude": self.longitude,
            "latitude": self.latitude,
            "metres": 1000 * self.within_km,
        }


def cases(sample: Sample, count: int, within_km: float = 20.0) -> list[Asked]:
    """So many cases, where people live, of needs that are met by ordinary services.

    The same for samples of all sizes, which have the same words. None is on a border between commissioners: our
    finder says there that it does not know, and no competitor can.
    """
    seed = read_seed(SEED)
    words = words_of(seed, sample.chance("words"))
    chance = sample.chance("cases")
    sectors = Weighted(
        [
            (each, float(each.postcodes))
            for each in places_of(seed).sectors
            if each.of_it == 1.0
        ]
    )
    needs = sorted(
        need.code
        for need in words.needs
        if not need.emergency
        and need.broader not in ABOVE_ALL
        and need.code not in ABOVE_ALL
    )
    return [
        asked_in(sectors.pick(chance), needs, chance, within_km) for _ in range(count)
    ]


def asked_in(
    sector: SectorOf, needs: list[str], chance: Chance, within_km: float
) -> Asked:
    """A case of an adult in a sector."""
    return Asked(
        sector.code,
        sector.longitude,
        sector.latitude,
        chance.pick(needs),
        18 + chance.below(60),
        chance.pick(SEXES[:2]),
        chance.pick(REFERRERS),
        within_km,
    )


# What an option is shown with, in every competitor's answer.
OURS = """query Options($case: ReferralCase!, $first: Int) {
  referralOptions(case: $case, first: $first) {
    options {
      distanceKm
      open { openNow }
      criteria { kind verdict }
      service {
        slug name telephone
        type { code name }
        provider { slug name }
        location { name postcode }
      }
      contract {
        slug title start end
        commissioners { organisation { slug name } lead }
      }
    }
  }
}"""

# The same with everything that makes it an answer.
OURS_IN_FULL = """query Options($case: ReferralCase!, $first: Int) {
  referralOptions(case: $case, first: $first) {
    notice asOf emergencyAdvice
    options {
      rank distanceKm whyHere
      open { openNow opensAt closesAt reason }
      criteria { kind verdict explanation }
      service {
        slug name telephone
        type { code name }
        provider { slug name }
        location { name postcode }
      }
      contract {
        slug title start end
        commissioners { organisation { slug name } lead }
      }
    }
  }
}"""

GENERATED = """query Options(
  $need: String!, $longitude: Float!, $latitude: Float!, $metres: Float!
) {
  services(
    limit: 20
    where: {
      needs: { some: { code: { eq: $need } } }
      locations: { some: { point: { distance: {
        from: { longitude: $longitude, latitude: $latitude }, lte: $metres
      } } } }
    }
  ) {
    slug name telephone
    types { code name }
    providers { slug name }
    locations { name postcode point { longitude latitude } }
    contracts {
      slug title start end
      commissionersConnection { edges { node { slug name } properties { lead } } }
    }
  }
}"""

BY_HAND = """query Options(
  $place: String!, $need: String!, $age_days: Int!, $sex: Int!, $role: Int!
  $within_m: Float!, $first: Int!
) {
  referralOptions(
    place: $place, need: $need, age_days: $age_days, sex: $sex, role: $role
    within_m: $within_m, first: $first
  ) {
    distance_km
    open { open_now }
    criteria { kind verdict }
    service {
      slug name telephone
      type { code name }
      provider { slug name }
      location { name postcode }
    }
    contract {
      slug title start end
      commissioners { organisation { slug name } lead }
    }
  }
}"""


def body(question: str, variables: dict[str, Any]) -> str:
    """A GraphQL request's body."""
    return orjson.dumps({"query": question, "variables": variables}).decode()
