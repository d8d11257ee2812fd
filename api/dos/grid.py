"""The British National Grid, on which the DoS tells places and draws its square."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Transformer


@cache
def transformer() -> Transformer:
    # Imported late: it takes 20 MB of memory, and not everybody asks by the DoS.
    from pyproj import Transformer
    from pyproj.network import set_network_enabled  # pyright: ignore[reportPrivateImportUsage]

    # A grid that PROJ fetched on one machine and not on another would move the points.
    set_network_enabled(False)
    return Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


@lru_cache(maxsize=16384)
def on_the_grid(latitude: float, longitude: float) -> tuple[int, int]:
    """Easting and northing in metres, within about 5 m (as in seed/importers/grid.py)."""
    easting, northing = transformer().transform(longitude, latitude)
    return round(easting), round(northing)
