"""From the British National Grid to WGS84 and back, many points at a time.

The wheel of pyproj has no grid of OSTN15, so the transformation is Helmert's (EPSG 1314), within about 5 m.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.network import set_network_enabled  # pyright: ignore[reportPrivateImportUsage]

BRITISH_NATIONAL_GRID = "EPSG:27700"
WGS84 = "EPSG:4326"

Numbers = NDArray[np.float64]


@cache
def to_wgs84() -> Transformer:
    # A grid that PROJ fetched on one machine and not on another would move the points.
    set_network_enabled(False)
    return Transformer.from_crs(BRITISH_NATIONAL_GRID, WGS84, always_xy=True)


@cache
def to_grid() -> Transformer:
    set_network_enabled(False)
    return Transformer.from_crs(WGS84, BRITISH_NATIONAL_GRID, always_xy=True)


def degrees_of(eastings: Numbers, northings: Numbers) -> tuple[Numbers, Numbers]:
    """Longitudes and latitudes of points given in metres; infinite where there is none."""
    return to_wgs84().transform(eastings, northings)


def metres_of(longitudes: Numbers, latitudes: Numbers) -> tuple[Numbers, Numbers]:
    """Eastings and northings of points given in degrees; infinite where there is none."""
    return to_grid().transform(longitudes, latitudes)
