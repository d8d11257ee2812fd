"""Questions about places: where a postcode, a name or a point is, and who commissions for it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

from neo4j import AsyncDriver
from neo4j.spatial import Point, WGS84Point

from graph_model.cards import compose
from graph_model.database import read
from graph_model.errors import BadUserInput
from graph_model.matching.case import Here, Row
from graph_model.names import name_key
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
            # As places are shown: "Studley, Wiltshire" tells it from Studley in Warwickshire.
            name, _, district = (self.name or "").partition(",")
            key = name_key(name)
            if not key:
                raise BadUserInput(
                    f"{self.name!r} has no letter in it. Give a place's name, such as 'Rugby'."
                )
            return {"name_key": key, "district": district.strip().lower() or None}
        return {"point": point_of(self.latitude or 0.0, self.longitude or 0.0)}

    def in_words(self) -> str:
        """The place as it was asked for."""
        if self.kind == "point":
            return f"at the point {self.latitude}, {self.longitude}"
        return repr(self.postcode or self.name)


OUTWARD = re.compile(r"(GIR|[A-Z]{1,2}[0-9]{1,2}|[A-Z]{1,2}[0-9][A-Z])")


def postcode_codes(postcode: str) -> list[str]:
    """The postcode, its sector and its district, the most exact first.

    Takes a whole postcode, a sector or a district in any case and spacing: "cv21 2aa", "CV21 2", "CV21".
    Raises BadUserInput for what cannot be one (BS 7666: area letters, district, sector
    digit, unit letters).
    """
    given = postcode.strip().upper()
    compact = re.sub(r"\s+", "", given)
    outward, inward = compact, ""
    if " " in given:
        outward, _, inward = given.partition(" ")
        inward = re.sub(r"\s+", "", inward)
    elif unit := re.fullmatch(r"([A-Z0-9]{2,4})([0-9][A-Z]{2})", compact):
        outward, inward = unit.groups()
    if not OUTWARD.fullmatch(outward) or not re.fullmatch(r"|[0-9]([A-Z]{2})?", inward):
        raise BadUserInput(
            f"{postcode[:40]!r} is not a postcode. Write a whole one such as 'CV21 2AA', "
            "a sector such as 'CV21 2', or a district such as 'CV21'."
        )
    sector = f"{outward} {inward[0]}" if inward else None
    unit = f"{outward} {inward}" if len(inward) == 3 else None
    return [code for code in (unit, sector, outward) if code]


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
    # The most exact of the postcode's own codes that the directory knows.
    "postcode": """CALL () {
  UNWIND range(0, size($asked.codes) - 1) AS position
  MATCH (area:Area {code: $asked.codes[position]})
  WHERE area.kind IN ['POSTCODE', 'SECTOR', 'DISTRICT']
  WITH area ORDER BY position LIMIT 1
  RETURN collect(area) AS found
}""",
    # Of namesakes those in England with a commissioner first, and of these the largest.
    "name": """CALL () {
  CALL db.index.fulltext.queryNodes('places_by_name_key', $asked.name_key, {limit: 50})
  YIELD node AS place
  WITH place
  WHERE $asked.district IS NULL OR toLower(place.district) = $asked.district
  WITH place
  ORDER BY EXISTS { (place)-[:WITHIN]->(:Area {kind: 'CCG'}) } DESC,
           coalesce(place.population, 0) DESC, place.slug
  LIMIT 10
  RETURN collect(place) AS found
}""",
    # The three nearest sectors within 10 km: where they agree, the point lies among them.
    "point": """CALL () {
  MATCH (area:Area)
  WHERE point.distance(area.point, $asked.point) < 10000 AND area.kind = 'SECTOR'
  WITH area ORDER BY point.distance(area.point, $asked.point), area.code LIMIT 3
  RETURN collect(area) AS found
}""",
}

# Who is responsible is walked from the commissioner of the area through every merger up to the day.
PLACES = """
COLLECT {
  UNWIND found AS place
  RETURN place {
    .code, .name, .district, .kind, .postcodes,
    latitude: place.point.latitude, longitude: place.point.longitude,
    areas: COLLECT {
      MATCH way = (place)-[:WITHIN*1..4]->(area:Area)
      RETURN {
        code: area.code, name: area.name, kind: area.kind, steps: length(way),
        share: reduce(share = 1.0, within IN relationships(way) |
          share * coalesce(within.share, 1.0))
      }
    },
    responsible: COLLECT {
      MATCH (place)-[within:WITHIN]->(area:Area)<-[responsible:RESPONSIBLE_FOR]-
        (first:Organisation)
      WHERE coalesce(responsible.from <= as_of, true)
      MATCH way = (first)-[:SUCCEEDED_BY*0..8]->(organisation:Organisation)
      WHERE all(step IN relationships(way) WHERE step.on <= as_of)
        AND NOT EXISTS {
          MATCH (organisation)-[later:SUCCEEDED_BY]->() WHERE later.on <= as_of
        }
        AND coalesce(organisation.opened <= as_of, true)
        AND coalesce(as_of < organisation.closed, true)
      RETURN {
        share: coalesce(within.share, 1.0), area: area.name,
        organisation: <organisation>, ranks: <ranks of organisation>, first: first.name, steps: length(way),
        source: <source of responsible>
      }
    }
  }
}"""


def by_place(question: LiteralString) -> dict[str, LiteralString]:
    """A question for each way of naming a place: `<found place>` finds it, `<places>` shows it."""
    return {
        kind: compose(
            question.replace("<found place>", cypher).replace("<places>", PLACES)
        )
        for kind, cypher in PLACES_BY.items()
    }


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


def place_of(question: PlaceQuestion, places: list[Row]) -> PlaceRow | None:
    """The best of the places found, with its namesakes as alternatives."""
    if not places:
        return None
    if question.kind == "point":
        return place_at_point(question, places)
    best, *others = [place_row(place) for place in places]
    names = "; ".join(other["name"] for other in others)
    namesakes = f" Other places of that name: {names}." if others else ""
    explanation = best["explanation"] + namesakes
    return {**best, "explanation": explanation, "alternatives": others}


def place_row(place: Row) -> PlaceRow:
    """One place as it is shown; its commissioner only where that is sure."""
    by_name = place["kind"] is None
    commissioner, explanation = commissioner_of(place["responsible"], title_of(place))
    return {
        "name": title_of(place),
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


def commissioner_of(responsible: list[Row], name: str) -> tuple[Any, str]:
    """Who commissions for a place, if one does for all of it, and how that is known."""
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
        f"{name} is split: {parts} of its postcodes, as far as is known. "
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
    own = {place["code"]: 1.0} if place["code"] else {}
    stated = {
        area["code"]: area["share"] for area in place["areas"] if area["steps"] == 1
    }
    through: dict[str, float] = {}
    for area in place["areas"]:
        if area["steps"] == 2:
            through[area["code"]] = through.get(area["code"], 0) + area["share"]
    beyond = {
        area["code"]: area["share"] for area in place["areas"] if area["steps"] > 2
    }
    capped = {code: min(1.0, share) for code, share in through.items()}
    return {**beyond, **capped, **stated, **own}
