"""The sections of the seed's files, and those that only tables fill."""

from seed import records
from seed.pathway_records import Pathway
from seed.records import Record

SECTIONS: dict[str, type[Record]] = {
    "sources": records.Source,
    "tables": records.TableSource,
    "organisations": records.Organisation,
    "successions": records.Succession,
    "areas": records.Area,
    "responsibilities": records.Responsibility,
    "completeness": records.Completeness,
    "service_types": records.ServiceType,
    "needs": records.Need,
    "locations": records.Location,
    "services": records.Service,
    "contracts": records.Contract,
    "alliances": records.Alliance,
    "programmes": records.Programme,
    "pathways": Pathway,
}
ROWS: dict[str, type[Record]] = {
    "sectors": records.SectorRow,
    "districts": records.DistrictRow,
    "sector_areas": records.ShareRow,
    "district_areas": records.ShareRow,
    "area_rows": records.AreaRow,
    "places": records.PlaceRow,
}
