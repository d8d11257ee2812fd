"""Boundaries of areas from GeoJSON or TopoJSON, and which points lie within which."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from seed.faults import ImportRefused
from seed.importers.grid import Numbers, metres_of
from seed.importers.postcode_rows import GSS

Json = dict[str, Any]


def boundaries_of(path: Path) -> dict[str, BaseGeometry]:
    """The area of each GSS code, in metres of the British National Grid.

    Raises ImportRefused where the file is neither GeoJSON nor TopoJSON, or its features have no GSS code.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ImportRefused(f"{path} is not JSON ({error}). Fetch it again.") from error
    features = list(features_of(document)) if isinstance(document, dict) else []
    if not features:
        raise ImportRefused(
            f"{path} is neither a GeoJSON FeatureCollection nor a TopoJSON Topology of areas. "
            "Give boundaries as the Office for National Statistics publishes them."
        )
    found: dict[str, list[BaseGeometry]] = {}
    for properties, geometry in features:
        if code := code_in(properties):
            found.setdefault(code, []).append(on_grid(shape(geometry)))
    if not found:
        raise ImportRefused(
            f"No feature of {path} has a GSS code such as E38000164 among its properties: "
            f"{', '.join(features[0][0])[:200] or 'it has none'}."
        )
    return {code: shapely.union_all(parts) for code, parts in found.items()}


def code_in(properties: Json) -> str | None:
    """The first GSS code among the properties of a feature: its own stands first."""
    values = [value for value in properties.values() if isinstance(value, str)]
    return next((value for value in values if GSS.fullmatch(value)), None)


def features_of(document: Json) -> Iterator[tuple[Json, Json]]:
    """The properties and the geometry of each feature that has both."""
    if document.get("type") == "Topology":
        yield from features_of_topology(document)
    for feature in document.get("features", ()):
        if feature.get("geometry"):
            yield feature.get("properties") or {}, feature["geometry"]


def features_of_topology(topology: Json) -> Iterator[tuple[Json, Json]]:
    arcs = [decoded(arc, topology.get("transform")) for arc in topology["arcs"]]
    for collection in topology["objects"].values():
        for each in collection.get("geometries", [collection]):
            if each["type"] == "Polygon":
                polygons = [each["arcs"]]
            elif each["type"] == "MultiPolygon":
                polygons = each["arcs"]
            else:
                continue
            rings = [[joined(ring, arcs) for ring in polygon] for polygon in polygons]
            geometry = {"type": "MultiPolygon", "coordinates": rings}
            yield each.get("properties") or {}, geometry


def decoded(arc: Sequence[Sequence[float]], transform: Json | None) -> Numbers:
    """The points of an arc: with a transform, each is the difference from the one before."""
    points = np.array(arc, float)
    if transform is None:
        return points
    return points.cumsum(axis=0) * transform["scale"] + transform["translate"]


def joined(ring: Sequence[int], arcs: Sequence[Numbers]) -> list[list[float]]:
    """The points of a ring: each arc begins where the one before ends; ~n is arc n backwards."""
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring]
    points = np.concatenate([parts[0], *[part[1:] for part in parts[1:]]])
    return points.tolist()


def on_grid(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry in metres, whether it came in those or in degrees; without crossing itself."""
    if max(map(abs, geometry.bounds)) <= 180:
        geometry = shapely.transform(
            geometry,
            lambda points: np.column_stack(metres_of(points[:, 0], points[:, 1])),
        )
    return shapely.make_valid(geometry)


class Boundaries:
    """Areas, ready to be asked which of them points lie in.

    Published boundaries are simplified: within `border` metres of two areas nobody can tell from them.
    """

    def __init__(self, areas: dict[str, BaseGeometry], border: float) -> None:
        self.codes = list(areas)
        self.widened = [area.buffer(border, quad_segs=2) for area in areas.values()]
        shapely.prepare(self.widened)

    def of(self, longitudes: Numbers, latitudes: Numbers) -> list[list[str]]:
        """For each point the areas in which it may lie."""
        eastings, northings = metres_of(longitudes, latitudes)
        found: list[list[str]] = [[] for _ in range(len(eastings))]
        for code, area in zip(self.codes, self.widened, strict=True):
            west, south, east, north = area.bounds
            (near,) = np.nonzero(
                (eastings >= west)
                & (eastings <= east)
                & (northings >= south)
                & (northings <= north)
            )
            if not near.size:
                continue
            inside = shapely.contains_xy(area, eastings[near], northings[near])
            for position in near[inside].tolist():
                found[position].append(code)
        return found
