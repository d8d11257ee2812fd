"""Two hundred cases for all doors, drawn by chance from what the seed holds, after edges that are written out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, LiteralString

from neo4j import AsyncDriver

from bench.national.chance import Chance
from graph_model.database import read
from graph_model.matching.case import ROLES
from graph_model.reach import SEXES

HOW_MANY = 200
# Where the seed has services; one case in four is anywhere in the United Kingdom.
AT_HOME = ("B", "CV", "DE", "DY", "HR", "LE", "ST", "TF", "WR", "WS", "WV")
# The needs that the seed's codes of the DoS mean, so that SOAP can be asked for them.
CODED = ("minor-injury", "walk-in-care", "emergency-care")
UNITS = {"DAYS": 31, "MONTHS": 23, "YEARS": 129}  # and the oldest in each
# Ordinary hours, a night, public holidays, and both nights on which clocks change.
MOMENTS = (
    "2016-11-30T10:00:00+00:00",
    "2016-12-03T22:00:00+00:00",
    "2016-12-04T03:30:00+00:00",
    "2016-12-25T12:00:00+00:00",
    "2016-12-26T18:30:00+00:00",
    "2017-03-26T00:30:00+00:00",
    "2016-10-30T01:30:00+01:00",
    "2016-12-01T00:00:00+00:00",
)

FACTS: LiteralString = """
RETURN {
  sectors: COLLECT {
    MATCH (area:Area {kind: 'SECTOR'}) RETURN area.code ORDER BY area.code
  },
  borders: COLLECT {
    MATCH (area:Area {kind: 'SECTOR'})-[within:WITHIN]->(:Area {kind: 'CCG'})
    WHERE within.share < 1
    RETURN DISTINCT area.code ORDER BY area.code
  },
  points: COLLECT {
    MATCH (area:Area {kind: 'SECTOR'})
    RETURN {latitude: area.point.latitude, longitude: area.point.longitude}
    ORDER BY area.code
  },
  postcodes: COLLECT {
    MATCH (location:Location)<-[:DELIVERED_AT]-(:Service)
    WHERE location.postcode IS NOT NULL
    WITH DISTINCT location.postcode AS code RETURN code ORDER BY code
  },
  names: COLLECT {
    MATCH (place:Place) WHERE place.population > 2000
    RETURN place.name ORDER BY place.slug
  },
  practices: COLLECT {
    MATCH (practice:Organisation {kind: 'GP_PRACTICE'})
    WHERE practice.ods_code =~ '[A-Z][0-9]{5}'
    RETURN practice.ods_code ORDER BY practice.ods_code
  },
  needs: COLLECT {
    MATCH (need:Need) RETURN need {.code, .synonyms} ORDER BY need.code
  },
  types: COLLECT {
    MATCH (type:ServiceType) WHERE EXISTS { (:Service)-[:OF_TYPE]->(type) }
    RETURN type.code ORDER BY type.code
  }
} AS row
"""


@dataclass(frozen=True)
class DrawnCase:
    """A case in the words of GraphQL; None is what nobody said."""

    place: dict[str, Any]
    need: dict[str, Any]
    age: tuple[int, str] | None = None
    sex: str | None = None
    practice: str | None = None
    referrer: str | None = None
    at: str | None = None
    km: float | None = None
    minutes: int | None = None

    def in_graphql(self) -> dict[str, Any]:
        given = {
            "place": self.place,
            "need": self.need,
            "age": self.age and {"value": self.age[0], "unit": self.age[1]},
            "sex": self.sex,
            "gpPractice": self.practice,
            "referrer": self.referrer,
            "at": self.at,
            "withinKm": self.km,
            "withinMinutes": self.minutes,
        }
        return {name: value for name, value in given.items() if value is not None}

    @property
    def postcode(self) -> str | None:
        return self.place.get("postcode")

    def without_person(self) -> DrawnCase:
        """The same place and need, of which nothing else is said."""
        return DrawnCase(self.place, self.need, km=self.km)


MINOR_INJURY = {"code": "minor-injury"}
HOME = {"postcode": "CV1 4FS"}
SCILLY = {"latitude": 49.9145, "longitude": -6.3114}
EDGES = [
    DrawnCase(HOME, MINOR_INJURY),
    DrawnCase(HOME, MINOR_INJURY, age=(0, "DAYS"), sex="FEMALE"),
    DrawnCase(HOME, MINOR_INJURY, age=(1, "DAYS"), sex="MALE", referrer="GP"),
    DrawnCase(HOME, MINOR_INJURY, age=(1, "MONTHS")),
    DrawnCase(HOME, MINOR_INJURY, age=(23, "MONTHS"), sex="INDETERMINATE"),
    DrawnCase(HOME, MINOR_INJURY, age=(16, "YEARS"), km=1),
    DrawnCase(HOME, MINOR_INJURY, age=(129, "YEARS"), sex="FEMALE"),
    DrawnCase({"name": "Rugby"}, {"text": "sprained ankle"}, age=(129, "YEARS")),
    DrawnCase({"postcode": "TR21 0AA"}, MINOR_INJURY, age=(40, "YEARS")),
    DrawnCase({"postcode": "TR21"}, {"code": "emergency-care"}, age=(2, "YEARS")),
    DrawnCase({"name": "Hugh Town"}, {"code": "dental-care"}),
    DrawnCase({"point": SCILLY}, {"code": "walk-in-care"}, km=60),
    DrawnCase({"postcode": "CV21 2AA"}, MINOR_INJURY, km=0.5),
    DrawnCase({"postcode": "cv212aa"}, {"code": "walk-in-care"}, km=99),
    DrawnCase({"postcode": "EH1 1YZ"}, MINOR_INJURY, age=(30, "YEARS")),
    DrawnCase({"postcode": "BT1 5GS"}, MINOR_INJURY),
    DrawnCase({"postcode": "JE2 3AB"}, MINOR_INJURY),
    DrawnCase({"postcode": "BF1 2AT"}, MINOR_INJURY),
    DrawnCase({"postcode": "ZZ99 9ZZ"}, MINOR_INJURY),
    DrawnCase({"postcode": "nowhere"}, MINOR_INJURY),
    DrawnCase({"name": "Xyzzyham"}, MINOR_INJURY),
    DrawnCase(HOME, {"code": "no-such-need"}),
    DrawnCase(HOME, {"text": "qwxz"}),
    DrawnCase(HOME, {"serviceType": "9999"}),
    DrawnCase(HOME, MINOR_INJURY, age=(131, "YEARS")),
    DrawnCase(HOME, MINOR_INJURY, practice="not a practice"),
    DrawnCase(HOME, MINOR_INJURY, km=0),
    DrawnCase(HOME, MINOR_INJURY, km=201),
    DrawnCase(HOME, MINOR_INJURY, at=MOMENTS[1], minutes=0, age=(7, "YEARS")),
    DrawnCase(HOME, MINOR_INJURY, minutes=10_080, age=(70, "YEARS")),
]


async def two_hundred_cases(driver: AsyncDriver) -> list[DrawnCase]:
    """The cases, the same each time for the same seed."""
    [facts] = await read(driver, FACTS)
    chance = Chance("all doors")
    drawn = [drawn_case(facts, chance) for _ in range(HOW_MANY - len(EDGES))]
    return [*EDGES, *drawn]


def drawn_case(facts: dict[str, Any], chance: Chance) -> DrawnCase:
    case = DrawnCase(
        drawn_place(facts, chance),
        drawn_need(facts, chance),
        km=chance.pick((None, 3, 10, 25, 60, 12.5)),
    )
    if chance.happens(0.1):
        return case
    unit = chance.pick((*UNITS, "YEARS", "YEARS"))
    youngest = 2 if unit == "YEARS" else 1
    age = youngest + chance.below(UNITS[unit] - youngest + 1), unit
    return replace(
        case,
        age=maybe(age, 0.8, chance),
        sex=maybe(chance.pick(SEXES), 0.7, chance),
        practice=maybe(chance.pick(facts["practices"]), 0.3, chance),
        referrer=maybe(chance.pick(tuple(ROLES)), 0.7, chance),
        at=maybe(chance.pick(MOMENTS), 0.5, chance),
        minutes=maybe(chance.pick((0, 20, 60, 120, 360, 1440)), 0.3, chance),
    )


def maybe(value: Any, share: float, chance: Chance) -> Any:
    return value if chance.happens(share) else None


def drawn_place(facts: dict[str, Any], chance: Chance) -> dict[str, Any]:
    """Two in three by a postcode, sector or district; the others by a name or a point."""
    codes = [each for each in facts["sectors"] if area_of(each) in AT_HOME]
    if chance.happens(0.25):
        codes = facts["sectors"]
    kind = chance.below(9)
    if kind < 2:
        return {"postcode": chance.pick(facts["postcodes"])}
    if kind < 4:
        return {"postcode": chance.pick(codes)}
    if kind == 4:
        return {"postcode": chance.pick(facts["borders"])}
    if kind == 5:
        return {"postcode": chance.pick(codes).partition(" ")[0]}
    if kind == 6:
        return {"name": chance.pick(facts["names"])}
    point = facts["points"][facts["sectors"].index(chance.pick(codes))]
    return {"point": point}


def area_of(code: str) -> str:
    """The letters that a postcode begins with."""
    return code[:2].rstrip("0123456789")


def drawn_need(facts: dict[str, Any], chance: Chance) -> dict[str, Any]:
    """Half by codes, of these half such that SOAP can say; the others by type, or in words."""
    kind = chance.below(8)
    if kind < 3:
        return {"code": chance.pick(CODED)}
    if kind < 6:
        return {"code": chance.pick(facts["needs"])["code"]}
    if kind == 6:
        return {"serviceType": chance.pick(facts["types"])}
    synonyms = chance.pick(facts["needs"])["synonyms"]
    return {"text": chance.pick(synonyms)} if synonyms else MINOR_INJURY
