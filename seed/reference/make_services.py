"""Make the table of services that stand at a place.

    python seed/reference/make_services.py REFERENCE_DATA

REFERENCE_DATA is a folder with `ods/epraccur_2015-11-27.csv.gz` (the ODS file of GP
practices, walk-in centres and services out of hours), `ods/urgent_wic_ooh_2015.csv`
(those of them that are no ordinary practice, with their points), the hospitals and
pharmacies of `nhs_choices_2014/` and the points of postcodes in `postcodes/`. Which
of them the directory holds, under which name and for which needs, stands below.
`services.csv` is written beside this script.
"""

import argparse
import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent

ODS_DAY = "2015-11-27"
NHS_CHOICES_DAY = "2014-02-22"
AE_DAY = "2016-11-30"

URGENT_CARE = "46"
OUT_OF_HOURS = "25"
EMERGENCY_DEPARTMENT = "105"
COMMUNITY_HOSPITAL = "28"
MENTAL_HEALTH = "7"
MATERNITY = "153"
EYE_CASUALTY = "120"
PHARMACY = "13"
GP_PRACTICE = "100"

# Walk-in centres of the ODS file, by code: the name for the public, the town. The one at
# New Cross Hospital is left out: since April 2016 its work belongs to an urgent care
# centre there (Care Quality Commission, 8 January 2019).
WALK_IN_CENTRES = {
    "M85813": ("Birmingham Walk-in Centre", "Birmingham"),
    "Y02615": ("South Birmingham GP Walk-in Centre", "Birmingham"),
    "Y03034": ("Erdington GP Health and Wellbeing Walk-in Centre", "Birmingham"),
    "Y03091": ("Solihull Healthcare Walk-in Centre", "Solihull"),
    "Y02628": ("Walsall Urgent Care Centre, town", "Walsall"),
    "Y02652": ("Coventry Healthcare and Walk-in Centre", "Coventry"),
    "Y02902": ("Hereford GP Access Centre", "Hereford"),
    "Y03432": ("Walsall Urgent Care Centre, hospital", "Walsall"),
    "Y04938": ("Dudley Urgent Care Centre", "Dudley"),
    "Y02470": ("SSAFA Care Walk-in Centre", "Leicester"),
    "N82673": ("Old Swan Walk-in Centre", "Liverpool"),
    "N82675": ("Liverpool City Walk-in Centre", "Liverpool"),
    "N83638": ("St Helens Walk-in Centre", "St Helens"),
    "N85645": ("Arrowe Park Walk-in Centre", "Wirral"),
    "N85647": ("Wallasey Walk-in Centre", "Wallasey"),
    "Y00296": ("Huyton Primary Care Walk-in Centre", "Huyton"),
    "Y00852": ("Skelmersdale Walk-in Centre", "Skelmersdale"),
    "Y00973": ("Smithdown Children's Walk-in Centre", "Liverpool"),
    "Y02286": ("Widnes Walk-in Centre", "Widnes"),
    "Y02595": ("Mersey View Walk-in Centre", "Liverpool"),
    "Y04202": ("Accrington Victoria Walk-in Centre", "Accrington"),
    "Y04917": ("Runcorn Urgent Care Centre", "Runcorn"),
    "Y04930": ("Eastham Walk-in Centre", "Wirral"),
    "Y00016": ("Bury Walk-in Centre", "Bury"),
    "Y00675": ("Leigh Walk-in Centre", "Leigh"),
    "Y03507": ("Trafford Health Centre Walk-in Centre", "Manchester"),
    "Y04955": ("Hope Citadel Walk-in Centre", "Middleton"),
    "Y00108": ("Nottingham Walk-in Centre", "Nottingham"),
    "Y00891": ("Darlington Walk-in Centre", "Darlington"),
    "Y01110": ("Gateshead Walk-in Centre", "Gateshead"),
    "Y03375": ("Ponteland Road Walk-in Centre", "Newcastle upon Tyne"),
    "Y02758": ("Beacon Health Walk-in Centre", "Newport, Isle of Wight"),
    "Y03047": ("St Andrews Walk-in Centre", "London"),
    "Y03086": ("Barkantine Walk-in Centre", "London"),
}
# By its name for children.
CHILDRENS_WALK_IN_CENTRES = {"Y00973"}
# Practices and centres that reported attendances at a smaller (type 3) department of
# their own to NHS England for November 2016.
REPORTED_UNITS = {
    "C82010": ("Oakham Urgent Care, Oakham Medical Practice", "Oakham"),
    "C82009": ("Market Harborough Medical Centre urgent care", "Market Harborough"),
    "C82038": ("Latham House Medical Practice urgent care", "Melton Mowbray"),
    "G82071": ("Whitstable Medical Practice urgent care, Estuary View", "Whitstable"),
    "Y02961": ("Summerfield Urgent Care Centre", "Birmingham"),
}
# Walk-in centres that reported them too.
REPORTING_WALK_IN_CENTRES = {"M85813", "Y02615", "Y02652", "Y03047"}
# Minor injury units of the ODS file.
MINOR_INJURY_UNITS = {
    "Y01960": ("Accrington Victoria Minor Injuries Unit", "Accrington"),
    "Y04657": ("Rossendale Minor Injuries Unit", "Rawtenstall"),
}
# GP services out of hours of the ODS file that stand where their patients live. Those
# of the sixteen CCGs of the West Midlands are left out, because new contracts changed
# them in November 2016; so are the offices of services for another town, and those of
# Leicestershire, where another provider took over in April 2016 (Care Quality
# Commission, 3 May 2019).
OUT_OF_HOURS_SERVICES = {
    "Y04168": ("East Kent GP out of hours", "Ashford"),
    "N81654": ("Warrington GP out of hours", "Warrington"),
    "N85638": ("Wirral GP out of hours, Arrowe Park", "Wirral"),
    "N85639": ("Wirral GP out of hours, Victoria Central", "Wallasey"),
    "Y04397": ("Wirral GP out of hours, Eastham", "Wirral"),
    "Y04488": ("Wirral GP out of hours, St Catherine's", "Birkenhead"),
    "Y00301": ("Fylde Coast GP out of hours", "Blackpool"),
    "Y00327": ("Western Cheshire GP out of hours", "Chester"),
    "Y00408": ("South Cheshire and Vale Royal GP out of hours", "Crewe"),
    "Y00434": ("Eastern Cheshire GP out of hours", "Macclesfield"),
    "Y00733": ("Burnley GP out of hours", "Burnley"),
    "Y00825": ("Chorley Medics GP out of hours", "Chorley"),
    "Y00904": ("St Helens GP out of hours", "St Helens"),
    "Y00972": ("West Lancashire GP out of hours", "Ormskirk"),
    "Y01031": ("Preston GP out of hours", "Preston"),
    "Y02068": ("East Lancashire GP out of hours", "Blackburn"),
    "Y02204": ("Liverpool and Knowsley GP out of hours", "Liverpool"),
    "Y00203": ("Salford GP out of hours", "Salford"),
    "Y00597": ("Stockport GP out of hours (Mastercall)", "Stockport"),
    "Y00934": ("Bolton GP out of hours", "Bolton"),
    "Y00988": ("Ashton, Leigh and Wigan GP out of hours", "Wigan"),
    "Y01003": ("Bury GP out of hours", "Bury"),
    "Y03017": ("Morecambe Bay GP out of hours", "Morecambe"),
    "Y00433": ("Cumbria Health On Call, north", "Carlisle"),
    "Y00714": ("Cumbria Health On Call, south", "Kendal"),
}

# Hospitals of NHS Choices, by site code: the name, the trust's ODS code.
# Emergency departments by what is known besides the statistics of their trust.
REPORTED = (
    "The trust reported attendances at major (type 1) departments for November 2016"
)
ONLY_ONE = f"{REPORTED}; this is its only general hospital with one."
CQC_2015 = f"{REPORTED}; the Care Quality Commission names this one on 16 June 2015."
CQC_2016 = f"{REPORTED}; the Care Quality Commission inspected it in October 2016."
HSJ_2017 = (
    f"{REPORTED}; the Health Service Journal names its two in 2017, this among them."
)
STAR_2017 = f"{REPORTED}; the Shropshire Star of 28 January 2017 tells of its two."
TRUST_2017 = f"{REPORTED}; its own news of 2017 names them as Ashford and Margate."
FOR_CHILDREN = f"{ONLY_ONE} A children's hospital sees those under sixteen."
SEVERAL = f"{REPORTED} without saying where; this is one of its general hospitals."
EMERGENCY_DEPARTMENTS = {
    "RKB01": ("University Hospital, Coventry", "RKB", ONLY_ONE),
    "RJC02": ("Warwick Hospital", "RJC", ONLY_ONE),
    "RLT01": ("George Eliot Hospital", "RLT", ONLY_ONE),
    "RLQ01": ("Hereford County Hospital", "RLQ", ONLY_ONE),
    "RRK15": ("Queen Elizabeth Hospital Birmingham", "RRK", ONLY_ONE),
    "RNA01": ("Russells Hall Hospital", "RNA", ONLY_ONE),
    "RL403": ("New Cross Hospital", "RL4", ONLY_ONE),
    "RBK02": ("Walsall Manor Hospital", "RBK", ONLY_ONE),
    "RWEAA": ("Leicester Royal Infirmary", "RWE", ONLY_ONE),
    "RXL01": ("Blackpool Victoria Hospital", "RXL", ONLY_ONE),
    "RXR20": ("Royal Blackburn Hospital", "RXR", ONLY_ONE),
    "REM21": ("Aintree University Hospital", "REM", ONLY_ONE),
    "RQ617": ("Royal Liverpool University Hospital", "RQ6", ONLY_ONE),
    "RBN01": ("Whiston Hospital", "RBN", ONLY_ONE),
    "RWWWH": ("Warrington Hospital", "RWW", ONLY_ONE),
    "RJR05": ("Countess of Chester Hospital", "RJR", ONLY_ONE),
    "RBL14": ("Arrowe Park Hospital", "RBL", ONLY_ONE),
    "RBT20": ("Leighton Hospital", "RBT", ONLY_ONE),
    "RJN71": ("Macclesfield District General Hospital", "RJN", ONLY_ONE),
    "RRF02": ("Royal Albert Edward Infirmary", "RRF", ONLY_ONE),
    "RMC01": ("Royal Bolton Hospital", "RMC", ONLY_ONE),
    "RM301": ("Salford Royal Hospital", "RM3", ONLY_ONE),
    "RMP01": ("Tameside General Hospital", "RMP", ONLY_ONE),
    "RWJ09": ("Stepping Hill Hospital", "RWJ", ONLY_ONE),
    "RM202": ("Wythenshawe Hospital", "RM2", ONLY_ONE),
    "RWP50": ("Worcestershire Royal Hospital", "RWP", CQC_2015),
    "RWP01": ("Alexandra Hospital, Redditch", "RWP", CQC_2015),
    "RR101": ("Heartlands Hospital", "RR1", CQC_2016),
    "RR105": ("Good Hope Hospital", "RR1", CQC_2016),
    "RXK02": ("City Hospital, Birmingham", "RXK", HSJ_2017),
    "RXK01": ("Sandwell General Hospital", "RXK", HSJ_2017),
    "RXWAS": ("Royal Shrewsbury Hospital", "RXW", STAR_2017),
    "RXWAT": ("Princess Royal Hospital, Telford", "RXW", STAR_2017),
    "RVV01": ("William Harvey Hospital", "RVV", TRUST_2017),
    "RVV09": ("Queen Elizabeth The Queen Mother Hospital", "RVV", TRUST_2017),
}
LIKELY_EMERGENCY_DEPARTMENTS = {
    "RTX02": ("Royal Lancaster Infirmary", "RTX", SEVERAL),
    "RTXBU": ("Furness General Hospital", "RTX", SEVERAL),
    "RXN02": ("Royal Preston Hospital", "RXN", SEVERAL),
    "RVY01": ("Southport and Formby District General Hospital", "RVY", SEVERAL),
    "RW3MR": ("Manchester Royal Infirmary", "RW3", SEVERAL),
    "RW601": ("Fairfield General Hospital", "RW6", SEVERAL),
    "RW602": ("North Manchester General Hospital", "RW6", SEVERAL),
    "RW603": ("Royal Oldham Hospital", "RW6", SEVERAL),
}
# Under sixteen: 15 years and 365 days are 5843 days.
CHILDREN = "0-5843"
CHILDRENS_EMERGENCY_DEPARTMENTS = {
    "RQ301": ("Birmingham Children's Hospital", "RQ3", FOR_CHILDREN),
    "RBS25": ("Alder Hey Children's Hospital", "RBS", FOR_CHILDREN),
}
# Smaller units that the statistics count as "other", where the trust has one such unit.
OTHER_UNITS = {
    "RKB03": ("Hospital of St Cross, Rugby", "RKB"),
    "RJC03": ("Stratford Hospital", "RJC"),
    "RWP31": ("Kidderminster Hospital", "RWP"),
    "RR109": ("Solihull Hospital", "RR1"),
}
COMMUNITY_HOSPITALS = {
    "RJC04": ("Ellen Badger Hospital", "RJC"),
    "RJC46": ("Royal Leamington Spa Rehabilitation Hospital", "RJC"),
    "RLQ06": ("Leominster Community Hospital", "RLQ"),
    "RLQ03": ("Bromyard Community Hospital", "RLQ"),
    "RLQ08": ("Ross-on-Wye Community Hospital", "RLQ"),
    "R1A01": ("Evesham Community Hospital", "R1A"),
    "R1A02": ("Malvern Community Hospital", "R1A"),
    "R1A03": ("Pershore Hospital", "R1A"),
    "R1A04": ("Princess of Wales Community Hospital", "R1A"),
    "R1A05": ("Tenbury Community Hospital", "R1A"),
    "R1D21": ("Ludlow Community Hospital", "R1D"),
    "R1D22": ("Bridgnorth Hospital", "R1D"),
    "R1D25": ("Bishop's Castle Community Hospital", "R1D"),
    "R1D34": ("Whitchurch Community Hospital", "R1D"),
    "RYW23": ("Moseley Hall Hospital", "RYW"),
    "RYW24": ("West Heath Hospital", "RYW"),
    "RXK10": ("Rowley Regis Hospital", "RXK"),
    "5MV02": ("West Park Hospital", "RL4"),
    "RY8DJ": ("Hinckley and Bosworth Community Hospital", "RT5"),
    "RT5PD": ("Loughborough Hospital", "RT5"),
    "RT5PC": ("Rutland Memorial Hospital", "RT5"),
    "RT5PH": ("Fielding Palmer Hospital", "RT5"),
    "RYYCH": ("Victoria Hospital, Deal", "RYY"),
    "RYYCM": ("Whitstable and Tankerton Hospital", "RYY"),
    "RYYC3": ("Queen Victoria Memorial Hospital", "RYY"),
    "RYYAL": ("Faversham Cottage Hospital", "RYY"),
    "RXR50": ("Pendle Community Hospital", "RXR"),
    "RXR70": ("Clitheroe Community Hospital", "RXR"),
    "RXL06": ("Clifton Hospital", "RXL"),
    "RJN63": ("Congleton War Memorial Hospital", "RJN"),
    "RJN68": ("Knutsford and District Community Hospital", "RJN"),
    "RBT21": ("Victoria Infirmary, Northwich", "RBT"),
    "RJR60": ("Ellesmere Port Hospital", "RJR"),
}
# Hospitals whose beds for rehabilitation a source tells of: the name, the trust, the
# source, what it says, the day for which it vouches.
REHABILITATION_HOSPITALS = {
    "RLQ14": (
        "Hillside Centre, Hereford",
        "RLQ",
        "hereford-times-hillside-2017",
        (
            "The article tells of the 22 beds of a rehabilitation centre that are to close in "
            "February 2018."
        ),
        "2017-11-30",
    ),
    "RXR60": (
        "Accrington Victoria Hospital",
        "RXR",
        "wirral-globe-accrington-2020",
        (
            "The article tells of a rehabilitation ward of 18 beds for women that closed in "
            "November 2018."
        ),
        "2018-10-31",
    ),
}
# By its name; a need that takes intermediate care in.
REHABILITATION = {"RJC46"}
MENTAL_HEALTH_HOSPITALS = {
    "RYG58": ("Caludon Centre", "RYG"),
    "RYG79": ("St Michael's Hospital, Warwick", "RYG"),
    "RXT37": ("Little Bromwich Centre", "RXT"),
    "RXT54": ("Northcroft", "RXT"),
    "RYK34": ("Bushey Fields Hospital", "RYK"),
    "RYK10": ("Dorothy Pattison Hospital", "RYK"),
    "TAJ20": ("Hallam Street Hospital", "TAJ"),
    "RT5KF": ("Bradgate Mental Health Unit", "RT5"),
    "RT5KG": ("Bennion Centre", "RT5"),
    "RRED9": ("The Redwoods Centre", "RRE"),
    "RXY03": ("St Martin's Hospital, Canterbury", "RXY"),
    "RXA19": ("Bowmere Hospital", "RXA"),
    "RXA54": ("Springview", "RXA"),
    "RTV33": ("Hollins Park Hospital", "RTV"),
    "RW505": ("Broadoak Unit", "RW4"),
    "RW5KD": ("Wesham Park Hospital", "RW5"),
}
MATERNITY_HOSPITALS = {
    "RLU01": ("Birmingham Women's Hospital", "RLU"),
    "REP01": ("Liverpool Women's Hospital", "REP"),
    "RWE10": ("St Mary's Birth Centre, Melton Mowbray", "RWE"),
}
EYE_CASUALTIES = {"RW3RE": ("Manchester Royal Eye Hospital", "RW3")}
PHARMACIES = [
    "FEH73",
    "FF601",
    "FG012",
    "FGC11",
    "FA507",
    "FC542",
    "FF498",
    "FDQ84",
    "FHD06",
    "FC083",
    "FDA30",
    "FC722",
    "FCN25",
    "FHG81",
    "FP492",
    "FC157",
    "FF707",
    "FCH56",
    "FCT63",
    "FCR09",
    "FCX28",
    "FDX63",
    "FMY25",
    "FC631",
    "FCE24",
    "FC685",
    "FFJ10",
    "FC826",
    "FLE60",
    "FH128",
    "FKX65",
    "FD496",
    "FJE58",
    "FCF82",
    "FDT89",
    "FH385",
    "FC768",
    "FAQ62",
    "FAJ46",
]
GP_PRACTICES = {
    "M84020": ("Clifton Road Surgery", "Rugby"),
    "M84023": ("Central Surgery", "Rugby"),
    "M84004": ("Whitehall Medical Practice", "Rugby"),
    "M84014": ("Bridge House Medical Centre", "Stratford-upon-Avon"),
    "M84021": ("Rother House Medical Centre", "Stratford-upon-Avon"),
    "M84017": ("Clarendon Lodge Medical Centre", "Leamington Spa"),
    "M84015": ("Croft Medical Centre", "Leamington Spa"),
    "M84028": ("Priory Medical Centre", "Warwick"),
    "C82070": ("Woodbrook Medical Centre", "Loughborough"),
    "C82026": ("Bridge Street Medical Practice", "Loughborough"),
    "C82072": ("Broom Leys Surgery", "Coalville"),
    "C82010": ("Oakham Medical Practice", "Oakham"),
    "C82009": ("Market Harborough Medical Centre", "Market Harborough"),
    "M81014": ("Greyfriars Surgery", "Hereford"),
    "M81023": ("Sarum House Surgery", "Hereford"),
    "M81048": ("Nunwell Surgery", "Bromyard"),
    "G82060": ("Northgate Medical Practice", "Canterbury"),
    "G82027": ("Faversham Medical Practice", "Faversham"),
    "G82115": ("New Dover Road Surgery", "Canterbury"),
}

# The hours that follow from what a service is.
OUT_OF_HOURS_OPENING = {
    "opening": "MONDAY-FRIDAY 18:30-08:00; SATURDAY-SUNDAY 08:00-08:00; "
    "PUBLIC_HOLIDAY 08:00-08:00",
    "opening_source": "gms-contracts-regulations-2015",
    "opening_locator": "regulation 3, out of hours period",
    "opening_derived_from": "It is a GP service out of hours; the regulations say which "
    "hours those are.",
}
EMERGENCY_OPENING = {
    "opening": "OPEN_ALL_HOURS",
    "opening_source": "commons-answer-emergency-departments-2018",
    "opening_locator": "type 1",
    "opening_derived_from": "It is a type 1 department; one that is not open all 24 "
    "hours is not of that type.",
}

ABBREVIATIONS = {"AVCH", "CIC", "GP", "HC", "HCRC", "MIU", "PCC", "SSAFA", "UC", "WIC"}

STREET = r"\b(Road|Rd|Street|Lane|Way)$"

# Not urgent primary care as a whole: a walk-in centre is no GP at night and advises
# nobody by telephone, and a GP out of hours is no place to walk into.
WALK_IN_NEEDS = "walk-in-care;minor-illness;minor-injury"
OUT_OF_HOURS_NEEDS = "gp-out-of-hours"
EMERGENCY_NEEDS = "emergency-care;emergency-department-care"
OPEN_TO_ALL = {"rule": "OPEN", "sexes": "ALL", "accepts_from": "ANYONE"}


@dataclass(frozen=True)
class Site:
    """A site as a register tells of it."""

    code: str
    address: list[str]
    postcode: str
    latitude: str
    longitude: str
    telephone: str


def slug_of(name: str) -> str:
    """The slug of a name, in lower case with hyphens."""
    plain = name.lower().replace("&", " and ").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def telephone(text: str) -> str:
    """The digits of a telephone number, grouped as the register groups them."""
    found = re.match(r"\s*(\d[\d ]+\d)", text)
    return re.sub(r" +", " ", found[1]) if found else ""


def lines(cells: Iterable[str]) -> list[str]:
    """The lines of an address, each once, in the case in which they are written."""
    tidy: list[str] = []
    for cell in cells:
        line = re.sub(r"\s+", " ", cell).strip(" .,")
        # A spreadsheet took house numbers such as 9-11 for days: "11-Sep".
        if line and line not in tidy and not re.match(r"\d\d-[A-Z][a-z]{2}\b", line):
            tidy.append(normal_case(line) if line.isupper() else line)
    return tidy


def normal_case(line: str) -> str:
    """The line as it is written, from capitals: "St Mary's Hospital"."""
    words = re.split(r"([^A-Z']+)", line)
    return "".join(
        word if word in ABBREVIATIONS else word.capitalize() for word in words
    )


def degrees(text: str) -> str:
    """A latitude or longitude with five decimals, about a metre."""
    return f"{float(text):.5f}" if text else ""


def sites_of_ods(data: Path) -> dict[str, Site]:
    """The walk-in centres, services out of hours and practices of November 2015."""
    points = points_of_postcodes(data)
    with gzip.open(
        data / "ods" / "epraccur_2015-11-27.csv.gz", "rt", encoding="latin-1"
    ) as file:
        rows = {row[0]: row for row in csv.reader(file)}
    with (data / "ods" / "urgent_wic_ooh_2015.csv").open(encoding="utf-8") as file:
        given = {row["ods"]: (row["lat"], row["lon"]) for row in csv.DictReader(file)}
    sites = {}
    for code, row in rows.items():
        latitude, longitude = given.get(code, ("", ""))
        if not latitude:
            latitude, longitude = points.get(row[9], ("", ""))
        if latitude:
            address = lines(row[4:9])
            sites[code] = Site(
                code,
                address,
                row[9],
                degrees(latitude),
                degrees(longitude),
                telephone(row[17]),
            )
    return sites


def points_of_postcodes(data: Path) -> dict[str, tuple[str, str]]:
    """Latitude and longitude of the postcodes of the articles' areas."""
    path = data / "postcodes" / "unit_postcodes_WM_EM_EKent_NW.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {
            row["postcode"]: (row["lat"], row["lon"]) for row in csv.DictReader(file)
        }


def rows_of_nhs_choices(path: Path) -> Iterator[dict[str, str]]:
    """The rows of an NHS Choices file, which is in Windows-1252 and parted by ¬."""
    with gzip.open(path) as file:
        text = file.read().decode("cp1252")
    yield from csv.DictReader(io.StringIO(text), delimiter="\xac")


def site_of_nhs_choices(code: str, row: dict[str, str]) -> Site:
    """The site of a row; its points are floats, some in exponent form."""
    columns = ("Address1", "Address2", "Address3", "City")
    return Site(
        code,
        lines(row[column] for column in columns),
        row["Postcode"].strip(),
        degrees(row["Latitude"]),
        degrees(row["Longitude"]),
        telephone(row["Phone"]),
    )


def hospitals(data: Path) -> dict[str, Site]:
    """The hospitals of NHS Choices by site code; the first row of each is taken."""
    sites: dict[str, Site] = {}
    for row in rows_of_nhs_choices(data / "nhs_choices_2014" / "Hospital.csv.gz"):
        code = row["OrganisationCode"].strip()
        sites.setdefault(code, site_of_nhs_choices(code, row))
    return sites


def pharmacies(data: Path) -> dict[str, tuple[str, Site]]:
    """The pharmacies of NHS Choices, name and site, by ODS code."""
    sites: dict[str, tuple[str, Site]] = {}
    for row in rows_of_nhs_choices(data / "nhs_choices_2014" / "Pharmacy.csv.gz"):
        code = re.sub(r"^PH_|__.*$", "", row["OrganisationCode"])
        name = re.sub(r"\s+", " ", row["OrganisationName"]).strip()
        sites.setdefault(code, (name, site_of_nhs_choices(code, row)))
    return sites


def building(site: Site) -> str:
    """The name of the building, where the address begins with one."""
    first, *rest = site.address
    is_street = re.match(r"\d|Unit |WIC,", first) or re.search(STREET, first)
    return first if len(rest) > 1 and not is_street else ""


def service(name: str, site: Site, place: str, **fields: str) -> dict[str, str]:
    """A row of services.csv."""
    return {
        "slug": slug_of(name),
        "name": name,
        "ods_code": site.code,
        "location_name": place,
        "address": ";".join(site.address),
        "postcode": site.postcode,
        "latitude": site.latitude,
        "longitude": site.longitude,
        "telephone": site.telephone,
        "locator": site.code,
        "certainty": "DERIVED",
        **fields,
    }


def of_ods(derived_from: str) -> dict[str, str]:
    """The citation of what the ODS file of November 2015 lists."""
    return {
        "source": "ods-practices-2015",
        "derived_from": derived_from,
        "on": ODS_DAY,
    }


def of_statistics(derived_from: str) -> dict[str, str]:
    """The citation of the emergency statistics of November 2016."""
    return {
        "source": "nhs-england-ae-november-2016",
        "derived_from": derived_from,
        "on": AE_DAY,
    }


def of_nhs_choices(derived_from: str) -> dict[str, str]:
    """The citation of what NHS Choices lists."""
    return {
        "source": "nhs-choices-2014",
        "derived_from": derived_from,
        "on": NHS_CHOICES_DAY,
    }


def primary_care(sites: dict[str, Site]) -> Iterator[dict[str, str]]:
    """Walk-in centres, minor injury units, services out of hours, GP practices."""
    for code, (name, town) in WALK_IN_CENTRES.items():
        yield service(
            name,
            sites[code],
            building(sites[code]) or town,
            type=URGENT_CARE,
            needs=WALK_IN_NEEDS,
            ages=CHILDREN if code in CHILDRENS_WALK_IN_CENTRES else "",
            **OPEN_TO_ALL,
            **(
                of_statistics(
                    "It reported attendances for November 2016, and ODS lists it as a "
                    "walk-in centre: for anybody with a minor illness or injury, "
                    "without an appointment. Place and telephone are those of ODS."
                )
                if code in REPORTING_WALK_IN_CENTRES
                else of_ods(
                    "The file lists it as a walk-in centre: for anybody with a minor "
                    "illness or injury, without an appointment."
                )
            ),
        )
    for code, (name, town) in REPORTED_UNITS.items():
        yield service(
            name,
            sites[code],
            building(sites[code]) or town,
            type=URGENT_CARE,
            needs="minor-injury",
            **OPEN_TO_ALL,
            **of_statistics(
                "It reported attendances at a type 3 department for November 2016; "
                "such a department treats minor injuries without an appointment. "
                "Place and telephone are those of ODS, November 2015."
            ),
        )
    for code, (name, town) in MINOR_INJURY_UNITS.items():
        yield service(
            name,
            sites[code],
            building(sites[code]) or town,
            type=URGENT_CARE,
            needs="minor-injury",
            **OPEN_TO_ALL,
            **of_ods("A minor injuries unit takes anybody with a minor injury."),
        )
    for code, (name, town) in OUT_OF_HOURS_SERVICES.items():
        yield service(
            name,
            sites[code],
            building(sites[code]) or town,
            type=OUT_OF_HOURS,
            needs=OUT_OF_HOURS_NEEDS,
            **OUT_OF_HOURS_OPENING,
            **of_ods(
                "The file lists it as a GP service out of hours at this address; whom "
                "it serves, it does not say."
            ),
        )
    for code, (name, town) in GP_PRACTICES.items():
        yield service(
            f"{name}, {town}",
            sites[code],
            name,
            type=GP_PRACTICE,
            needs="general-practice",
            **of_ods("The file lists it as a GP practice."),
        )


def emergency_departments(
    sites: dict[str, Site], providers: dict[str, str]
) -> Iterator[dict[str, str]]:
    """Emergency departments, smaller units and eye casualties."""
    statistics = {"source": "nhs-england-ae-november-2016", "on": AE_DAY}
    everybody = {"ages": "ALL", **OPEN_TO_ALL}
    groups = (
        (EMERGENCY_DEPARTMENTS, "DERIVED", everybody),
        (LIKELY_EMERGENCY_DEPARTMENTS, "INFERRED", everybody),
        (CHILDRENS_EMERGENCY_DEPARTMENTS, "DERIVED", {**everybody, "ages": CHILDREN}),
    )
    for hospitals_of_group, certainty, limits in groups:
        for code, (name, trust, reason) in hospitals_of_group.items():
            # The Queen Elizabeth Hospital sees children in danger of their lives only.
            ages = {"ages": ""} if code == "RRK15" else {}
            yield service(
                f"{name} emergency department",
                sites[code],
                name,
                type=EMERGENCY_DEPARTMENT,
                needs=EMERGENCY_NEEDS,
                provider=providers[trust],
                **EMERGENCY_OPENING,
                **{**limits, **ages, **statistics, "certainty": certainty},
                derived_from=f"{reason} Anybody may come to an emergency department. "
                "Place and telephone are those of NHS Choices, February 2014.",
            ) | {"locator": f"{trust}, type 1"}
    for code, (name, trust) in OTHER_UNITS.items():
        yield service(
            f"{name} minor injuries unit",
            sites[code],
            name,
            type=URGENT_CARE,
            needs="minor-injury",
            provider=providers[trust],
            **{**OPEN_TO_ALL, **statistics, "certainty": "INFERRED"},
            derived_from="The trust reported attendances at another (type 3) "
            "department for November 2016 without saying where; this is its general "
            "hospital without a major one. Place and telephone are those of NHS "
            "Choices, February 2014.",
        ) | {"locator": f"{trust}, other departments"}
    for code, (name, trust) in EYE_CASUALTIES.items():
        yield service(
            f"{name} emergency eye department",
            sites[code],
            name,
            type=EYE_CASUALTY,
            needs="eye-problem;sudden-loss-of-sight",
            provider=providers[trust],
            **{**OPEN_TO_ALL, **statistics, "certainty": "INFERRED"},
            derived_from="The trust reported attendances at a department of one "
            "speciality (type 2) for November 2016; this is its eye hospital. Place "
            "and telephone are those of NHS Choices, February 2014.",
        ) | {"locator": f"{trust}, type 2"}


def other_hospitals(
    sites: dict[str, Site], providers: dict[str, str]
) -> Iterator[dict[str, str]]:
    """Community hospitals, mental health hospitals and maternity hospitals."""
    for code, (name, trust) in COMMUNITY_HOSPITALS.items():
        yield service(
            name,
            sites[code],
            name,
            type=COMMUNITY_HOSPITAL,
            needs="rehabilitation" if code in REHABILITATION else "intermediate-care",
            provider=providers[trust],
            **of_nhs_choices(
                "NHS Choices lists it as a hospital and not what it has; a hospital of this "
                "kind is likely to have beds for people between home and an acute hospital."
            )
            | {"certainty": "INFERRED"},
        )
    for code, (name, trust, source, says, day) in REHABILITATION_HOSPITALS.items():
        yield service(
            name,
            sites[code],
            name,
            type=COMMUNITY_HOSPITAL,
            needs="rehabilitation",
            provider=providers[trust],
            sexes="FEMALE" if code == "RXR60" else "",
            source=source,
            locator="paragraphs 2 to 4",
            derived_from=f"{says} Place and telephone are those of NHS Choices, "
            "February 2014.",
            on=day,
        )
    for code, (name, trust) in MENTAL_HEALTH_HOSPITALS.items():
        yield service(
            name,
            sites[code],
            name,
            type=MENTAL_HEALTH,
            needs="mental-health-inpatient-care",
            provider=providers[trust],
            **of_nhs_choices(
                "NHS Choices lists it as a hospital of a mental health trust."
            ),
        )
    for code, (name, trust) in MATERNITY_HOSPITALS.items():
        yield service(
            name,
            sites[code],
            name,
            type=MATERNITY,
            needs="maternity",
            provider=providers[trust],
            sexes="FEMALE" if code == "RWE10" else "",
            **of_nhs_choices("NHS Choices lists it; its name says what it is for."),
        )


def pharmacy_rows(sites: dict[str, tuple[str, Site]]) -> Iterator[dict[str, str]]:
    """Pharmacies in the towns of the articles."""
    for code in PHARMACIES:
        name, site = sites[code]
        yield service(
            f"{name}, {site.postcode}",
            site,
            name,
            type=PHARMACY,
            needs="pharmacy-and-medicines",
            **OPEN_TO_ALL,
            **of_nhs_choices(
                "NHS Choices lists it as a pharmacy; a pharmacy serves whoever comes."
            ),
        )


def providers_by_code() -> dict[str, str]:
    """The slugs of the trusts of organisations.csv by ODS code."""
    with (HERE / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["ods_code"]: row["slug"]
            for row in csv.DictReader(file)
            if row["kind"] == "NHS_TRUST"
        }


COLUMNS = [
    "slug",
    "name",
    "ods_code",
    "type",
    "needs",
    "provider",
    "location_name",
    "address",
    "postcode",
    "latitude",
    "longitude",
    "telephone",
    "website",
    "rule",
    "ages",
    "sexes",
    "accepts_from",
    "source",
    "locator",
    "certainty",
    "derived_from",
    "on",
    "opening",
    "opening_source",
    "opening_locator",
    "opening_derived_from",
]


def main() -> None:
    """Make the table of services."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference_data", type=Path)
    data: Path = parser.parse_args().reference_data
    providers = providers_by_code()
    sites = hospitals(data)
    rows = [
        *primary_care(sites_of_ods(data)),
        *emergency_departments(sites, providers),
        *other_hospitals(sites, providers),
        *pharmacy_rows(pharmacies(data)),
    ]
    with (HERE / "services.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    main()
