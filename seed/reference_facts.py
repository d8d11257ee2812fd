"""Sources, organisations, areas, places and vocabulary as facts of the graph."""

from collections import defaultdict
from collections.abc import Iterable
from typing import get_args

from neo4j.spatial import Point, WGS84Point

from graph_model.names import name_key
from graph_model.wording import phrases_of
from seed.fields import Referrer
from seed.graph import Graph, Node, add_earlier, last_day
from seed.read import Seed
from seed.records import Area, DistrictRow, SectorRow, ShareRow, Source


def add_sources(graph: Graph, seed: Seed) -> None:
    for source in seed.sources:
        add_source(graph, source)


def add_source(graph: Graph, source: Source) -> None:
    graph.node("Source", source.slug, **source.model_dump())
    graph.published[source.slug] = (
        last_day(source.published) if source.published else None
    )


def add_organisations(graph: Graph, seed: Seed) -> None:
    for organisation in seed.organisations:
        node = graph.node(
            "Organisation",
            organisation.slug,
            **organisation.model_dump(
                exclude={"commissioned_by", "earlier", "stated_by"}
            ),
        )
        graph.cite(node, organisation.stated_by)
        add_earlier(graph, node, organisation.earlier)
        if organisation.commissioned_by:
            graph.link(
                node,
                "COMMISSIONED_BY",
                Node("Organisation", organisation.commissioned_by),
                **graph.cited(None, organisation.stated_by, "commissioned_by"),
            )
    for succession in seed.successions:
        citation = graph.cited(succession.stated_by, [], "")
        graph.link(
            Node("Organisation", succession.from_),
            "SUCCEEDED_BY",
            Node("Organisation", succession.to),
            **{**citation, "on": succession.on, "kind": succession.kind},
        )
    for responsibility in seed.responsibilities:
        graph.link(
            Node("Organisation", responsibility.organisation),
            "RESPONSIBLE_FOR",
            Node("Area", responsibility.area),
            **{"from": responsibility.from_, "to": responsibility.to},
            **graph.cited(responsibility.stated_by, [], ""),
        )


def add_tables(graph: Graph, seed: Seed) -> None:
    """Who states the tables that have too many rows for a relationship from each."""
    for table in seed.tables:
        node = graph.node("Table", slug := table_of(table.file), slug=slug)
        graph.cite(node, table.stated_by)


def table_of(file: str) -> str:
    """The slug of a table, which its rows carry: its file's name without `.csv`."""
    return file.removesuffix(".csv")


def add_areas(graph: Graph, seed: Seed) -> None:
    stated = {table.file: table.stated_by for table in seed.tables}
    middles = middles_of_areas(seed)
    for area in [*seed.areas, *seed.area_rows]:
        node = graph.node(
            "Area",
            area.code,
            code=area.code,
            name=area.name,
            kind=area.kind,
            point=middles.get(area.code),
        )
        cited = area.stated_by if isinstance(area, Area) else stated["areas.csv"]
        graph.cite(node, cited)
        for larger in area.within:
            citation = graph.cited(None, cited, "within")
            graph.link(node, "WITHIN", Node("Area", larger), share=1.0, **citation)
    for row in seed.sectors:
        add_part(graph, row.sector, "SECTOR", row)
    for row in seed.districts:
        add_part(graph, row.district, "DISTRICT", row)
    add_shares(graph, seed.sector_areas, "sector_areas")
    add_shares(graph, seed.district_areas, "district_areas")


def middles_of_areas(seed: Seed) -> dict[str, Point]:
    """The middle of the postcodes of each area that sectors lie in, by its code."""
    sectors = {row.sector: row for row in seed.sectors}
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for share in seed.sector_areas:
        sector = sectors[share.part]
        weight = share.share * sector.postcodes
        of_area = sums[share.area]
        of_area[0] += weight * sector.latitude
        of_area[1] += weight * sector.longitude
        of_area[2] += weight
    return {
        code: point(latitude / weight, longitude / weight)
        for code, (latitude, longitude, weight) in sums.items()
        if weight
    }


def add_part(graph: Graph, code: str, kind: str, row: SectorRow | DistrictRow) -> None:
    """A sector or a district by the middle of its postcodes."""
    graph.node(
        "Area",
        code,
        code=code,
        name=code,
        kind=kind,
        point=point(row.latitude, row.longitude),
        postcodes=row.postcodes,
        table=f"{kind.lower()}s",
    )


def add_shares(graph: Graph, shares: Iterable[ShareRow], table: str) -> None:
    """Which part of the sectors or the districts lies within which area."""
    for row in shares:
        graph.link(
            Node("Area", row.part),
            "WITHIN",
            Node("Area", row.area),
            share=row.share,
            postcodes=row.postcodes,
            table=table,
        )


def add_places(graph: Graph, seed: Seed) -> None:
    areas = {area.code: area for area in [*seed.areas, *seed.area_rows]}
    for row in seed.places:
        around = [areas[code] for code in (row.local_authority, row.country) if code]
        around += [areas[code] for area in around for code in area.within]
        node = graph.node(
            "Place",
            row.slug,
            slug=row.slug,
            name=row.name,
            aliases=row.aliases,
            name_keys=name_keys([row.name, *row.aliases]),
            within_keys=name_keys(
                filter(
                    None, [row.district, row.county, *(area.name for area in around)]
                )
            ),
            district=row.district,
            population=row.population,
            point=point(row.latitude, row.longitude),
            table="places",
        )
        for area in (row.ccg, row.local_authority, row.country):
            if area is not None:
                inside = Node("Area", area)
                graph.link(node, "WITHIN", inside, share=1.0, table="places")


def name_keys(names: Iterable[str]) -> list[str]:
    """The keys of the names, each once, in their order."""
    return list(dict.fromkeys(name_key(name) for name in names))


def add_vocabulary(graph: Graph, seed: Seed) -> None:
    for role in get_args(Referrer):
        graph.node("ReferrerRole", role, code=role)
    for type in seed.service_types:
        graph.node("ServiceType", type.code, code=type.code, name=type.name)
    for need in seed.needs:
        node = graph.node(
            "Need",
            need.code,
            code=need.code,
            name=need.name,
            synonyms=need.synonyms,
            phrases=phrases_of([need.name, *need.synonyms]),
            emergency=need.emergency,
        )
        graph.cite(node, need.stated_by)
        if need.broader:
            graph.link(node, "NARROWER_THAN", Node("Need", need.broader))
    for complete in seed.completeness:
        graph.link(
            Node("Organisation", complete.organisation),
            "COMPLETE_FOR",
            Node("Need", complete.need),
            as_of=complete.as_of,
            to=complete.to,
            **graph.cited(complete.stated_by, [], ""),
        )


def add_locations(graph: Graph, seed: Seed) -> None:
    for location in seed.locations:
        node = graph.node(
            "Location",
            location.slug,
            slug=location.slug,
            name=location.name,
            postcode=location.postcode,
            address=location.address,
            point=point(location.latitude, location.longitude),
        )
        graph.cite(node, location.stated_by)


def point(latitude: float, longitude: float) -> Point:
    """A point of the world, in WGS84 degrees."""
    return WGS84Point((longitude, latitude))
