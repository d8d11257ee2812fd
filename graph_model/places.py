"""Questions about places: where a postcode, a name or a point is, and who commissions for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

from neo4j import AsyncDriver
from neo4j.spatial import Point, WGS84Point

from graph_model.cards import compose
from graph_model.database import read
from graph_model.errors import BadUserInput, PlaceNotLocated
from graph_model.matching.case import Here, Row
from graph_model.place_names import namings
from graph_model.postcodes import postcode_codes
from graph_model.rows import PlaceRow


@dataclass(frozen=True)
class PlaceQuestion:
    """A place as a caller gives it: exactly one of a postcode, a name, or a point (WGS84 degrees)."""

    postcode: str | None = None
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def kind(self) -> str:
        """By what the place is asked for; raises BadUserInput where it is not exactly one thing."""
        point = self.latitude is not None and self.longitude is not None
        given = [
            kind
            for kind, value in {
                "postcode": self.postcode is not None,
                "name": self.name is not None,
                "point": point,
            }.items()
            if value
        ]
        if len(given) != 1:
            raise BadUserInput(
                f"A place was given by {' and '.join(given) or 'nothing'}. "
                "Give exactly one: a postcode, a name or a point."
            )
        return given[0]

    def params(self) -> dict[str, Any]:
        """What the Cypher of `<place by …>` takes. Raises BadUserInput for an impossible place."""
        if self.kind == "postcode":
            return {"codes": postcode_codes(self.postcode or "")}
        if self.kind == "name":
            ways = namings(self.name or "")
            if not ways:
                raise BadUserInput(
                    f"{self.name!r} has no letter in it. Give a place's name, such as 'Rugby'."
                )
            any_of = " OR ".join(way["key"] for way in ways)
            return {"namings": ways, "names": any_of}
        return {"point": point_of(self.latitude or 0.0, self.longitude or 0.0)}

    def in_words(self) -> str:
        """The place as it was asked for."""
        if self.kind == "point":
            return f"at the point {self.latitude}, {self.longitude}"
        return repr(self.postcode or self.name)


def point_of(latitude: float, longitude: float) -> Point:
    """A WGS84 point for Neo4j. Raises BadUserInput for one that is not on Earth."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadUserInput(
            f"The point {latitude}, {longitude} is not on Earth. Give latitude -90 to 90 and "
            "longitude -180 to 180 in degrees, such as 52.37 and -1.26."
        )
    return WGS84Point((longitude, latitude))


# Where to look, by what was asked for. Each gives `found`, places best first.
PLACES_BY: dict[str, LiteralString] = {
    # The most exact of the postcode's own codes that the directory knows a point of.
    "postcode": """CALL () {
  CALL () {
    MATCH (file:PostcodeFile {state: 'CURRENT'})
    MATCH (place:Postcode {generation: file.generation, code: $asked.codes[0]})
    RETURN place, CASE WHEN place.point IS NULL THEN 9 ELSE -1 END AS position
  UNION ALL
    UNWIND range(0, size($asked.codes) - 1) AS position
    MATCH (place:Area {code: $asked.codes[position]})
    WHERE place.kind IN ['SECTOR', 'DISTRICT']
    RETURN place, position
  }
  WITH place ORDER BY position LIMIT 1
  RETURN collect(place) AS found
}""",
    # By the longest name that there is with what was written behind it. Of namesakes those in
    # England with a commissioner first, and of these the largest.
    "name": """CALL () {
  CALL db.index.fulltext.queryNodes('places_by_name_key', $asked.names, {limit: 200})
  YIELD node AS place
  WITH place, head([way IN range(0, size($asked.namings) - 1)
    WHERE $asked.namings[way].key IN place.name_keys
      AND all(key IN $asked.namings[way].within WHERE key IN place.within_keys) | way
  ]) AS way
  WHERE way IS NOT NULL
  WITH way, place
  ORDER BY EXISTS { (place)-[:WITHIN]->(:Area {kind: 'CCG'}) } DESC,
           coalesce(place.population, 0) DESC, place.slug
  WITH way, collect(place)[..10] AS places ORDER BY way LIMIT 1
  RETURN coalesce(head(collect(places)), []) AS found
}""",
    # The three nearest postcodes within 10 km, or else sectors: where they agree, the point
    # lies among them. Rings, as a town has thousands of postcodes and a moor none.
    "point": """CALL () {
  CALL () {
    MATCH (file:PostcodeFile {state: 'CURRENT'})
    UNWIND [[0, 150], [150, 600], [600, 2500], [2500, 10000]] AS ring
    CALL (file, ring) {
      MATCH (unit:Postcode)
      WHERE point.distance(unit.point, $asked.point) < ring[1]
        AND point.distance(unit.point, $asked.point) >= ring[0]
        AND unit.generation = file.generation AND unit.terminated IS NULL
      RETURN unit ORDER BY point.distance(unit.point, $asked.point), unit.code LIMIT 3
    }
    WITH unit LIMIT 3
    RETURN collect(unit) AS units
  }
  CALL (units) {
    UNWIND CASE size(units) WHEN 0 THEN [10000] ELSE [] END AS most
    MATCH (area:Area)
    WHERE point.distance(area.point, $asked.point) < most AND area.kind = 'SECTOR'
    WITH area ORDER BY point.distance(area.point, $asked.point), area.code LIMIT 3
    RETURN collect(area) AS sectors
  }
  RETURN units + sectors AS found
}""",
}

# The areas that a `place` lies in, over `steps`, with the `share` of it that does. A postcode of
# a file has no relationships: it names its own areas by their codes. Of kinds that these leave
# open, it lies where its sector does (where the directory lacks the sector, its district).
AREAS_OF_PLACE: LiteralString = """CALL (place) {
  MATCH way = (place)-[:WITHIN*1..4]->(area:Area)
  RETURN area, length(way) AS steps, <share along the way> AS share
UNION ALL
  MATCH (own:Area)
  WHERE place:Postcode AND own.code IN [place.commissioning_area, place.local_authority]
  MATCH way = (own)-[:WITHIN*0..4]->(area:Area)
  RETURN area, length(way) + 1 AS steps, <share along the way> AS share
UNION ALL
  WITH place WHERE place:Postcode
  WITH place, COLLECT {
    MATCH (own:Area)
    WHERE own.code IN [place.commissioning_area, place.local_authority]
    UNWIND CASE own.kind
      WHEN 'LOCAL_AUTHORITY' THEN [own.kind, 'COUNTY', 'COUNTRY']
      ELSE [own.kind, 'COUNTRY']
    END AS kind
    RETURN kind
  } AS settled
  CALL (place) {
    <sector of place>
  }
  MATCH way = (sector)-[:WITHIN*0..4]->(area:Area)
  WHERE NOT area.kind IN settled
  RETURN area, length(way) AS steps, <share along the way> AS share
UNION ALL
  MATCH (area:Area)
  WHERE place:Postcode
    AND area.code = left(place.code, CASE WHEN place:Postcode THEN size(place.code) - 4 ELSE 0 END)
  RETURN area, 0 AS steps, 1.0 AS share
}"""

# What is found by its name is no postcode, and Neo4j need not plan for one.
AREAS_BY: dict[str, LiteralString] = {
    "name": """CALL (place) {
  MATCH way = (place)-[:WITHIN*1..4]->(area:Area)
  RETURN area, length(way) AS steps, <share along the way> AS share
}"""
}

SHARE_ALONG_THE_WAY: LiteralString = """reduce(share = 1.0, within IN relationships(way) |
           share * coalesce(within.share, 1.0))"""

SECTOR_OF_PLACE: LiteralString = """UNWIND [left(place.code, size(place.code) - 2),
            left(place.code, size(place.code) - 4)] AS code
    MATCH (sector:Area {code: code})
    RETURN sector LIMIT 1"""

# Every area around the place found (of a point, around the places near it), and these
# themselves, as a list of nodes.
AROUND: LiteralString = """COLLECT {
  UNWIND CASE WHEN $asked.point IS NULL THEN found[..1] ELSE found END AS place
  CALL (place) {
    RETURN place AS area
  UNION
    <areas of place>
    RETURN area
  }
  RETURN DISTINCT area
}"""

# Where somebody is: the point that was asked for, or else that of the best place found.
HERE: LiteralString = "coalesce($asked.point, found[0].point)"

# Who is responsible is walked from the commissioner of the area through every merger up to the day.
PLACES = """
COLLECT {
  UNWIND found AS place
  RETURN place {
    .code, .name, .district, .postcodes, .terminated,
    kind: CASE WHEN place:Postcode THEN 'POSTCODE' ELSE place.kind END,
    latitude: place.point.latitude, longitude: place.point.longitude,
    unit: head(COLLECT {
      MATCH (file:PostcodeFile {state: 'CURRENT'})
      OPTIONAL MATCH (unit:Postcode {
        generation: file.generation, code: $asked.codes[0]
      })
      RETURN {located: unit.point IS NOT NULL, known: unit IS NOT NULL}
    }),
    areas: COLLECT {
      <areas of place>
      RETURN {
        code: area.code, name: area.name, kind: area.kind, steps: steps, share: share
      }
    },
    responsible: COLLECT {
      CALL (place) {
        MATCH (place)-[within:WITHIN]->(area:Area)
        RETURN area, within.share AS share
      UNION ALL
        MATCH (area:Area)
        WHERE place:Postcode AND area.code = place.commissioning_area
        RETURN area, 1.0 AS share
      UNION ALL
        WITH place WHERE place:Postcode
          AND NOT EXISTS { MATCH (:Area {code: place.commissioning_area}) }
        CALL (place) {
          <sector of place>
        }
        MATCH (sector)-[within:WITHIN]->(area:Area)
        RETURN area, within.share AS share
      }
      MATCH (area)<-[responsible:RESPONSIBLE_FOR]-(first:Organisation)
      WHERE coalesce(responsible.from <= as_of, true)
      MATCH way = (first)-[:SUCCEEDED_BY*0..8]->(organisation:Organisation)
      WHERE all(step IN relationships(way) WHERE step.on <= as_of)
        AND NOT EXISTS {
          MATCH (organisation)-[later:SUCCEEDED_BY]->() WHERE later.on <= as_of
        }
        AND coalesce(organisation.opened <= as_of, true)
        AND coalesce(as_of < organisation.closed, true)
      RETURN {
        share: coalesce(share, 1.0), area: area.name,
        organisation: <organisation>, ranks: <ranks of organisation>,
        first: first.name, steps: length(way),
        source: <source of responsible>
      }
    }
  }
}"""


def by_place(question: LiteralString) -> dict[str, LiteralString]:
    """A question for each way of naming a place: `<found place>` finds it, `<places>` shows it."""
    return {kind: compose(with_place(question, kind)) for kind in PLACES_BY}


def with_place(question: LiteralString, kind: str) -> LiteralString:
    """A question with what it says of places put in, for one way of naming the place.

    `<found place>` gives the nodes `found`, the best first; of these `<here>` is the point, `<around>` the list of
    areas and `<places>` what is shown.
    """
    return (
        question.replace("<found place>", PLACES_BY[kind])
        .replace("<places>", PLACES)
        .replace("<around>", AROUND)
        .replace("<here>", HERE)
        .replace("<areas of place>", AREAS_BY.get(kind, AREAS_OF_PLACE))
        .replace("<sector of place>", SECTOR_OF_PLACE)
        .replace("<share along the way>", SHARE_ALONG_THE_WAY)
    )


FIND_PLACE = by_place("""
<as of>
<found place>
RETURN <places> AS row
""")


async def find_place(
    driver: AsyncDriver, question: PlaceQuestion, as_of: date | None
) -> PlaceRow | None:
    """The place and who commissions for it on the day, or None where the directory has none such.

    Raises BadUserInput for an impossible postcode or point.
    """
    params = question.params()
    rows = await read(driver, FIND_PLACE[question.kind], as_of=as_of, **params)
    return place_of(question, rows[0]) if rows else None


@dataclass(frozen=True)
class Surroundings:
    """Where a place is, and the codes of the areas that all of it lies in."""

    point: Point
    areas: list[str]


async def areas_surely_around(
    driver: AsyncDriver, question: PlaceQuestion
) -> Surroundings | None:
    """Where somebody is, for what is asked by areas; None where the directory has no such place.

    Raises BadUserInput for an impossible postcode or point, PlaceNotLocated for one that stands for no place.
    """
    cypher = FIND_PLACE[question.kind]
    [places] = await read(driver, cypher, as_of=None, **question.params()) or [[]]
    place = place_of(question, places)
    if place is None:
        return None
    shares = here_of(question, places).shares
    return Surroundings(
        point_of(place["latitude"], place["longitude"]),
        sorted(code for code, share in shares.items() if share >= WHOLE),
    )


def place_of(question: PlaceQuestion, places: list[Row]) -> PlaceRow | None:
    """The best of the places found, with its namesakes as alternatives.

    Raises PlaceNotLocated for a postcode of which all that is known is that there is one.
    """
    if not places:
        return None
    if question.kind == "point":
        return place_at_point(question, places)
    if places[0]["latitude"] is None:
        raise PlaceNotLocated(
            f"{places[0]['code']} is a postcode that no file gives a point: it may be for post "
            "only. Give the postcode of where the person is, a town or a point. Where a "
            "life may be at risk, call 999."
        )
    best, *others = [place_row(place) for place in places]
    names = "; ".join(other["name"] for other in others)
    namesakes = f" Other places of that name: {names}." if others else ""
    explanation = best["explanation"] + note_on(question, places[0]) + namesakes
    return {**best, "explanation": explanation, "alternatives": others}


def note_on(question: PlaceQuestion, place: Row) -> str:
    """What to know of a postcode that is no longer used, or for which its sector stands."""
    if place["terminated"]:
        month = date.fromisoformat(f"{place['terminated']}-01")
        return f" {place['code']} was withdrawn in {month:%B %Y}; this is where it was."
    asked = question.params()["codes"][0] if question.kind == "postcode" else ""
    if place["unit"] is None or not asked[-2:].isalpha() or asked == place["code"]:
        return ""
    area = f"{place['kind'].lower()} {place['code']}"
    if place["unit"]["known"]:
        return (
            f" {asked} has no point of its own, as it may be for post only: the middle of its "
            f"{area} stands for it."
        )
    return (
        f" {asked} is not among the postcodes that the directory holds; it may be new, withdrawn "
        f"or mistyped: the middle of its {area} stands for it."
    )


def place_row(place: Row) -> PlaceRow:
    """One place as it is shown; its commissioner only where that is sure."""
    by_name = place["kind"] is None
    name = title_of(place)
    # A whole postcode whose own area no file tells lies as its sector does.
    wider = f"The sector of {name}" if place["kind"] == "POSTCODE" else name
    commissioner, explanation = commissioner_of(place["responsible"], name, wider)
    return {
        "name": name,
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "resolved_by": "PLACE_NAME" if by_name else place["kind"],
        "commissioner": commissioner,
        "explanation": explanation,
        "alternatives": [],
    }


def title_of(place: Row) -> str:
    """A place's name; of a place by name with its district, which tells it from its namesakes."""
    if place["kind"] is not None:
        return place["code"]
    if place["district"] and place["district"] != place["name"]:
        return f"{place['name']}, {place['district']}"
    return place["name"]


def place_at_point(question: PlaceQuestion, sectors: list[Row]) -> PlaceRow:
    """A point as a place; its commissioner where the nearest sectors agree."""
    responsible = [
        {**found, "share": found["share"] / len(sectors)}
        for sector in sectors
        for found in sector["responsible"]
    ]
    near = sectors[0]["code"]
    commissioner, explanation = commissioner_of(responsible, f"The point near {near}")
    latitude, longitude = question.latitude or 0.0, question.longitude or 0.0
    return {
        "name": f"{latitude:.4f}, {longitude:.4f} (near {near})",
        "latitude": latitude,
        "longitude": longitude,
        "resolved_by": "POINT",
        "commissioner": commissioner,
        "explanation": explanation,
        "alternatives": [],
    }


WHOLE = 0.9995  # shares have four decimals


def commissioner_of(
    responsible: list[Row], name: str, wider: str | None = None
) -> tuple[Any, str]:
    """Who commissions for a place, if one does for all of it, and how that is known.

    `wider` names what several share, where that is not the place itself.
    """
    shares: dict[str, float] = {}
    for found in responsible:
        slug = found["organisation"]["slug"]
        shares[slug] = shares.get(slug, 0) + found["share"]
    if not shares:
        return None, f"The directory knows no one commissioner for all of {name}."
    names = {found["organisation"]["slug"]: found for found in responsible}
    largest = max(shares, key=lambda slug: shares[slug])
    found = names[largest]
    if len(shares) == 1 and shares[largest] >= WHOLE:
        organisation = found["organisation"]
        followed = (
            f" It followed {found['first']}, whose area this was."
            if found["steps"]
            else ""
        )
        return (
            organisation,
            f"{name} lies in the area of {organisation['name']}.{followed}",
        )
    parts = ", ".join(
        f"{names[slug]['organisation']['name']} {share:.0%}"
        for slug, share in sorted(shares.items(), key=lambda item: -item[1])
    )
    return None, (
        f"{wider or name} is split: {parts} of its postcodes, as far as is known. "
        "Give the GP practice, which decides; or check the address."
    )


def here_of(question: PlaceQuestion, places: list[Row]) -> Here:
    """The areas that a place lies in, with shares, as the criteria see them."""
    if question.kind != "point":
        return Here(title_of(places[0]), shares_of(places[0]))
    shares: dict[str, float] = {}
    for sector in places:
        for code, share in shares_of(sector).items():
            shares[code] = shares.get(code, 0) + share / len(places)
    return Here(f"{question.latitude}, {question.longitude}", shares)


def shares_of(place: Row) -> dict[str, float]:
    """For each area around a place the part of it that lies there.

    The share that the place itself states counts; else those of the ways through the areas between add up.
    """
    areas = place["areas"]
    own = {place["code"]: 1.0} if place["code"] else {}
    stated = {area["code"]: area["share"] for area in areas if area["steps"] <= 1}
    through: dict[str, float] = {}
    for area in areas:
        if area["steps"] == 2:
            through[area["code"]] = through.get(area["code"], 0) + area["share"]
    beyond = {area["code"]: area["share"] for area in areas if area["steps"] > 2}
    capped = {code: min(1.0, share) for code, share in through.items()}
    return {**beyond, **capped, **stated, **own}
