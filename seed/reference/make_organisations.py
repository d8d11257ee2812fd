"""Make the tables of organisations, their successions and responsibilities.

    python seed/reference/make_organisations.py REFERENCE_DATA

REFERENCE_DATA is a folder with `ods/eccg_2025.csv` and `ods/etr_2022.csv` (the ODS
files `eccg` and `etr` as published) and `ons/ccg_2016_table.csv` (codes and names of
the CCGs of April 2016 from the ONS look-up, column by column). What no file holds, the
names of merged CCGs and who merged into whom where the dates leave it open, stands
below with its sources. `organisations.csv`, `successions.csv` and `responsibilities.csv`
are written beside this script.
"""

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent

CCGS_END = "2022-07-01"
BOARDS_MERGE = "2026-04-01"

# The CCGs that mergers made, by the names that they had as CCGs. The ODS file of today
# gives their places in a board only ("NHS Kent and Medway ICB - 91Q").
MERGED_CCGS = {
    "14L": "NHS Manchester CCG",
    "14Y": "NHS Buckinghamshire CCG",
    "15A": "NHS Berkshire West CCG",
    "15C": "NHS Bristol, North Somerset and South Gloucestershire CCG",
    "15D": "NHS East Berkshire CCG",
    "15E": "NHS Birmingham and Solihull CCG",
    "15F": "NHS Leeds CCG",
    "15M": "NHS Derby and Derbyshire CCG",
    "15N": "NHS Devon CCG",
    "16C": "NHS Tees Valley CCG",
    "18C": "NHS Herefordshire and Worcestershire CCG",
    "26A": "NHS Norfolk and Waveney CCG",
    "27D": "NHS Cheshire CCG",
    "36J": "NHS Bradford District and Craven CCG",
    "36L": "NHS South West London CCG",
    "42D": "NHS North Yorkshire CCG",
    "52R": "NHS Nottingham and Nottinghamshire CCG",
    "70F": "NHS West Sussex CCG",
    "71E": "NHS Lincolnshire CCG",
    "72Q": "NHS South East London CCG",
    "78H": "NHS Northamptonshire CCG",
    "84H": "NHS County Durham CCG",
    "91Q": "NHS Kent and Medway CCG",
    "92A": "NHS Surrey Heartlands CCG",
    "92G": "NHS Bath and North East Somerset, Swindon and Wiltshire CCG",
    "93C": "NHS North Central London CCG",
    "97R": "NHS East Sussex CCG",
    "A3A8R": "NHS North East London CCG",
    "B2M3M": "NHS Coventry and Warwickshire CCG",
    "D2P2L": "NHS Black Country and West Birmingham CCG",
    "D4U1Y": "NHS Frimley CCG",
    "D9Y0V": "NHS Hampshire, Southampton and Isle of Wight CCG",
    "M1J4Y": "NHS Bedfordshire, Luton and Milton Keynes CCG",
    "M2L0M": "NHS Shropshire, Telford and Wrekin CCG",
    "W2U3Z": "NHS North West London CCG",
    "X2C4Y": "NHS Kirklees CCG",
}

# Where two commissioners of one board opened on the day after a CCG closed, its heir
# cannot be told from the dates: (heir, source, locator).
STATED_HEIRS = {
    **dict.fromkeys(
        ("00C", "00K", "00M"), ("16C", "hsj-ccg-mergers-2019", "list of the mergers")
    ),
    **dict.fromkeys(
        ("00D", "00J"), ("84H", "hsj-ccg-mergers-2019", "list of the mergers")
    ),
    **dict.fromkeys(
        ("02N", "02R", "02W"), ("36J", "hsj-ccg-mergers-2019", "list of the mergers")
    ),
    **dict.fromkeys(
        ("09G", "09H", "09X"), ("70F", "hsj-sussex-ccgs-2019", "first proposal")
    ),
    **dict.fromkeys(
        ("09F", "09P", "99K"), ("97R", "hsj-sussex-ccgs-2019", "second proposal")
    ),
    **dict.fromkeys(
        ("02V", "03C", "03G"), ("15F", "hsj-leeds-ccgs-2017", "paragraph 1")
    ),
    **dict.fromkeys(
        ("10H", "10Y"), ("14Y", "hsj-thames-valley-ccgs-2019", "paragraph 4")
    ),
    **dict.fromkeys(
        ("10M", "10N", "10W", "11D"), ("15A", "berkshire-west-ccgs-merger", "opening")
    ),
}

# The six boards of April 2026 and what became of the twelve that they replaced.
BOARDS_OF_2026 = {
    "S1Y5D": "NHS Central East Integrated Care Board",
    "D7T5G": "NHS Essex Integrated Care Board",
    "T6Y0W": "NHS Norfolk and Suffolk Integrated Care Board",
    "S9B9J": "NHS Surrey and Sussex Integrated Care Board",
    "S0E4D": "NHS Thames Valley Integrated Care Board",
    "Z9B2Z": "NHS West and North London Integrated Care Board",
}
HEIRS_OF_BOARDS = {
    "QHG": ["S1Y5D"],
    "QUE": ["S1Y5D"],
    "QM7": ["S1Y5D", "D7T5G"],
    "QH8": ["D7T5G"],
    "QJG": ["D7T5G", "T6Y0W"],
    "QMM": ["T6Y0W"],
    "QNQ": ["S0E4D", "S9B9J", "QRL"],
    "QU9": ["S0E4D"],
    "QXU": ["S9B9J"],
    "QNX": ["S9B9J"],
    "QMJ": ["Z9B2Z"],
    "QRV": ["Z9B2Z"],
}
# Parts that went to another board than the rest when the boards began.
PARTS_TO_ANOTHER_BOARD = [
    (
        "D2P2L",
        "QHL",
        "West Birmingham",
        "West Birmingham moves to Birmingham and Solihull",
    ),
    ("01Y", "QJ2", "Glossop", "Glossop moves to Derbyshire"),
]

# NHS trusts that provide services of the directory, hold its contracts or take part in
# its programmes: what the ODS file of 2022 does not tell of their names of 2016.
# (name of 2016, day of the change, source) where the day is known; (name of 2016,)
# where only the later name is.
TRUSTS = [
    "R1A",
    "R1D",
    "R1F",
    "RA4",
    "RBK",
    "RBL",
    "RBN",
    "RBS",
    "RBT",
    "RCD",
    "RCF",
    "REM",
    "REP",
    "RJC",
    "RJN",
    "RJR",
    "RK5",
    "RKB",
    "RL1",
    "RL4",
    "RLQ",
    "RLT",
    "RM3",
    "RMC",
    "RMP",
    "RNA",
    "RNN",
    "RQ3",
    "RR7",
    "RRE",
    "RRF",
    "RRJ",
    "RRK",
    "RT5",
    "RTF",
    "RTV",
    "RTX",
    "RVV",
    "RVY",
    "RW4",
    "RW5",
    "RW6",
    "RWE",
    "RWJ",
    "RWP",
    "RWW",
    "RX1",
    "RX6",
    "RX7",
    "RX8",
    "RX9",
    "RXA",
    "RXK",
    "RXL",
    "RXN",
    "RXR",
    "RXT",
    "RXW",
    "RXY",
    "RY8",
    "RYA",
    "RYD",
    "RYG",
    "RYK",
    "RYW",
    "RYY",
]
NAMES_OF_2016 = {
    "R1A": ("Worcestershire Health and Care NHS Trust",),
    "REM": (
        "Aintree University Hospital NHS Foundation Trust",
        "2019-10-01",
        (
            "Code and opening as in the file, and the later name; Healthwatch Liverpool tells "
            "on 2 October 2019 of the merger and the new name."
        ),
    ),
    "RJC": (
        "South Warwickshire NHS Foundation Trust",
        "2022-08-01",
        (
            "Code, opening and name until then as in the file; the Stratford Herald tells on "
            "20 July 2022 of the name that the trust plans."
        ),
    ),
    "RM3": ("Salford Royal NHS Foundation Trust",),
    "RNN": ("Cumbria Partnership NHS Foundation Trust",),
    "RQ3": ("Birmingham Children's Hospital NHS Foundation Trust",),
    "RRE": ("South Staffordshire and Shropshire Healthcare NHS Foundation Trust",),
    "RTV": (
        "5 Boroughs Partnership NHS Foundation Trust",
        "2017-04-01",
        (
            "Code, opening, closing and later name as in the file; the earlier name and the day "
            "on which it ended as in Wikipedia's list of NHS trusts."
        ),
    ),
    "RW5": ("Lancashire Care NHS Foundation Trust",),
    "RWW": ("Warrington and Halton Hospitals NHS Foundation Trust",),
    "RYA": ("West Midlands Ambulance Service NHS Foundation Trust",),
    "RYK": ("Dudley and Walsall Mental Health Partnership NHS Trust",),
}
# Trusts that no longer stand in the ODS file of 2022; NHS Choices lists them in 2014.
FORMER_TRUSTS = {
    "RLU": "Birmingham Women's NHS Foundation Trust",
    "RM2": "University Hospital of South Manchester NHS Foundation Trust",
    "RQ6": "Royal Liverpool and Broadgreen University Hospitals NHS Trust",
    "RR1": "Heart of England NHS Foundation Trust",
    "RW3": "Central Manchester University Hospitals NHS Foundation Trust",
    "TAJ": "Black Country Partnership NHS Foundation Trust",
}
INDEPENDENT_PROVIDERS = {
    "Care UK": "",
    "Badger Group": "Badger",
    "Nestor Primecare": "Primecare; Nestor Primecare Services",
    "Vocare": "Vocare Group",
}
COUNCILS = {
    "Birmingham City Council": "Birmingham",
    "City of Wolverhampton Council": "Wolverhampton",
    "Coventry City Council": "Coventry",
    "Dudley Metropolitan Borough Council": "Dudley",
    "Herefordshire Council": "Herefordshire, County of",
    "Kent County Council": "Kent",
    "Leicester City Council": "Leicester",
    "Leicestershire County Council": "Leicestershire",
    "Rutland County Council": "Rutland",
    "Sandwell Metropolitan Borough Council": "Sandwell",
    "Shropshire Council": "Shropshire",
    "Solihull Metropolitan Borough Council": "Solihull",
    "Sunderland City Council": "Sunderland",
    "Telford and Wrekin Council": "Telford and Wrekin",
    "Walsall Metropolitan Borough Council": "Walsall",
    "Warwickshire County Council": "Warwickshire",
    "Worcestershire County Council": "Worcestershire",
}
# These CCGs changed name or area before 2022, so their records have several earlier
# states and stand in organisations.yaml.
IN_YAML = {"01H", "01K"}

SMALL_WORDS = {"and", "of", "the", "on", "in", "for"}


@dataclass(frozen=True)
class Commissioner:
    """A row of the ODS file `eccg`: a CCG or its place in a board."""

    code: str
    name: str
    board: str
    opened: str
    closed: str


def normal_case(name: str) -> str:
    """The name as it is written, from capitals: "NHS Isle of Wight CCG"."""
    words = []
    for number, word in enumerate(name.split()):
        if re.sub(r"\W", "", word) in {"NHS", "CCG", "ICB"} or re.search(r"\d", word):
            words.append(word)
        elif number and word.lower() in SMALL_WORDS:
            words.append(word.lower())
        else:
            words.append(re.sub(r"[A-Za-z']+", lambda part: part[0].capitalize(), word))
    return " ".join(words)


def slug_of(name: str) -> str:
    """The slug of a name, in lower case with hyphens."""
    plain = name.lower().replace("&", " and ").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def board_slug(name: str) -> str:
    """The slug of an integrated care board: nhs-black-country-icb."""
    return slug_of(name.replace("Integrated Care Board", "ICB"))


def iso(day: str) -> str:
    """2016-11-30 from 20161130."""
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else ""


def day_after(day: str) -> str:
    """The first day on which what ODS closes on `day` no longer exists."""
    return (date.fromisoformat(iso(day)) + timedelta(days=1)).isoformat() if day else ""


def commissioners(path: Path) -> dict[str, Commissioner]:
    """The commissioners of the ODS file `eccg`, by code."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 11]
    return {
        row[0]: Commissioner(row[0], row[1], row[3], iso(row[10]), day_after(row[11]))
        for row in rows
    }


def ccgs_of_2016(path: Path) -> dict[str, dict[str, str]]:
    """The 209 CCGs of April 2016 by ODS code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["ods"]: row for row in csv.DictReader(file)}


def heirs(ccg: Commissioner, everybody: Iterable[Commissioner]) -> list[Commissioner]:
    """The merged CCGs of the same board that opened when this one closed."""
    return [
        other
        for other in everybody
        if other.code in MERGED_CCGS
        and other.opened == ccg.closed
        and other.board == ccg.board
    ]


def organisation(**fields: str) -> dict[str, str]:
    """A row of organisations.csv, STATED unless it says otherwise."""
    return {"certainty": "STATED", **fields}


def ccg_rows(
    names: dict[str, str], register: dict[str, Commissioner]
) -> Iterator[dict[str, str]]:
    """A row for each CCG that ever was one of `names`, whatever became of it."""
    for code, name in names.items():
        ccg = register[code]
        row = organisation(
            slug=slug_of(name), ods_code=code, opened=ccg.opened, closed=ccg.closed
        )
        if ccg.closed:
            row |= {"name": name, "kind": "CCG"}
        else:
            row |= {
                "name": normal_case(ccg.name),
                "kind": "SUB_ICB_LOCATION",
                "earlier_name": name,
                "earlier_kind": "CCG",
                "earlier_until": CCGS_END,
                "certainty": "DERIVED",
                "derived_from": "ODS keeps the codes of CCGs for their places in the "
                "boards, which took over on 1 July 2022.",
            }
        yield row | {"source": "ods-eccg-2025", "locator": code}


def board_rows(boards: dict[str, str]) -> Iterator[dict[str, str]]:
    """The boards of July 2022 and those of April 2026."""
    for code, name in boards.items():
        yield organisation(
            slug=board_slug(name),
            ods_code=code,
            name=name,
            kind="ICB",
            opened=CCGS_END,
            closed=BOARDS_MERGE if code in HEIRS_OF_BOARDS else "",
            source="ods-icb-guidance-2022",
            locator="Renaming and boundary changes",
            certainty="DERIVED",
            derived_from="The guidance gives the day and keeps the codes; the board's "
            "name is that of ODS in December 2025, its end that of the succession of "
            "April 2026.",
        )
    for code, name in BOARDS_OF_2026.items():
        yield organisation(
            slug=board_slug(name),
            ods_code=code,
            name=name,
            kind="ICB",
            opened=BOARDS_MERGE,
            source="ods-icb-succession-2026",
            locator="succession map",
        )


def trust_rows(etr: Path) -> Iterator[dict[str, str]]:
    """The trusts of `TRUSTS` and `FORMER_TRUSTS`, under their names of 2016."""
    with etr.open(encoding="utf-8", newline="") as file:
        register = {row[0]: row for row in csv.reader(file)}
    for code in sorted(TRUSTS):
        latest = normal_case(register[code][1])
        row = organisation(
            ods_code=code,
            name=latest,
            kind="NHS_TRUST",
            opened=iso(register[code][10]),
            closed=day_after(register[code][11]),
            source="ods-etr-2022",
            locator=code,
        )
        match NAMES_OF_2016.get(code):
            case (then, day, reason):
                row |= {"earlier_name": then, "earlier_until": day}
                row |= {"certainty": "DERIVED", "derived_from": reason}
                row["slug"] = slug_of(then)
                if code == "RJC":
                    row["name"] = "South Warwickshire University NHS Foundation Trust"
            case (then,):
                # No source at hand says when the name changed, so the name of 2016
                # stands and the later one is an alias.
                row |= {"name": then, "aliases": latest, "source": "nhs-choices-2014"}
                row["slug"] = slug_of(then)
            case _:
                row["slug"] = slug_of(latest)
        yield row
    for code, name in FORMER_TRUSTS.items():
        yield organisation(
            slug=slug_of(name),
            ods_code=code,
            name=name,
            kind="NHS_TRUST",
            source="nhs-choices-2014",
            locator=code,
        )


def independent_provider_rows() -> Iterator[dict[str, str]]:
    """The companies and co-operatives that an article names."""
    for name, aliases in INDEPENDENT_PROVIDERS.items():
        yield organisation(
            slug=slug_of(name),
            name=name,
            kind="INDEPENDENT_PROVIDER",
            aliases=aliases,
            source="healthcare-leader-2016",
            locator="paragraph 12",
        )


def council_rows() -> Iterator[dict[str, str]]:
    """The councils of the places that the articles tell of."""
    for name, place in COUNCILS.items():
        yield organisation(
            slug=slug_of(name),
            name=name,
            kind="LOCAL_AUTHORITY",
            source="ons-lsoas-to-ccgs-2016",
            locator=place,
            certainty="DERIVED",
            derived_from="The council is the authority of the area of this name.",
        )


def succession_rows(
    ccgs: dict[str, dict[str, str]],
    register: dict[str, Commissioner],
    slugs: dict[str, str],
) -> Iterator[dict[str, str]]:
    """Who followed whom, from the CCGs of 2016 to the boards of today."""
    for code in [*ccgs, *MERGED_CCGS]:
        ccg = register[code]
        if ccg.closed:
            yield merger(ccg, register, slugs)
            continue
        yield {
            "from": slugs[code],
            "to": slugs[ccg.board],
            "on": CCGS_END,
            "kind": "REPLACED",
            "source": "ods-eccg-2025",
            "locator": f"{code}, its board",
            "certainty": "DERIVED",
            "derived_from": "ODS gives the board of each commissioner; boards took over "
            "from CCGs on 1 July 2022.",
        }
    for code, board, part, locator in PARTS_TO_ANOTHER_BOARD:
        yield {
            "from": slugs[code],
            "to": slugs[board],
            "on": CCGS_END,
            "kind": "SPLIT",
            "source": "ics-boundaries-review-2021",
            "locator": locator,
            "certainty": "DERIVED",
            "derived_from": f"The decision gives {part} to this board's system; "
            "boards took over from CCGs on 1 July 2022.",
        }
    yield {
        "from": slugs["01H"],
        "to": slugs["01K"],
        "on": "2017-04-01",
        "kind": "SPLIT",
        "source": "hsj-north-cumbria-2017",
        "locator": "paragraph 2",
        "certainty": "STATED",
    }
    for board, successors in HEIRS_OF_BOARDS.items():
        for successor in successors:
            yield {
                "from": slugs[board],
                "to": slugs[successor],
                "on": BOARDS_MERGE,
                "kind": "SPLIT" if len(successors) > 1 else "MERGED",
                "source": "ods-icb-succession-2026",
                "locator": "succession map",
                "certainty": "STATED",
            }


def merger(
    ccg: Commissioner, register: dict[str, Commissioner], slugs: dict[str, str]
) -> dict[str, str]:
    """The merger that ended this CCG."""
    row = {"from": slugs[ccg.code], "on": ccg.closed, "kind": "MERGED"}
    if ccg.code in STATED_HEIRS:
        heir, source, locator = STATED_HEIRS[ccg.code]
        return row | {
            "to": slugs[heir],
            "source": source,
            "locator": locator,
            "certainty": "DERIVED",
            "derived_from": "The source names the CCGs that were to merge; the day is "
            "that on which ODS closed this one and opened its heir.",
        }
    [heir] = heirs(ccg, register.values())
    return row | {
        "to": slugs[heir.code],
        "source": "ods-eccg-2025",
        "locator": f"{ccg.code} and {heir.code}",
        "certainty": "DERIVED",
        "derived_from": "It closed on the day before this one opened, which is the only "
        "commissioner of the same board that opened then.",
    }


def responsibility_rows(
    ccgs: dict[str, dict[str, str]],
    register: dict[str, Commissioner],
    slugs: dict[str, str],
) -> Iterator[dict[str, str]]:
    """Each CCG of 2016 for its own area, as long as it was a CCG."""
    for code, ccg in ccgs.items():
        yield {
            "organisation": slugs[code],
            "area": ccg["gss"],
            "from": register[code].opened,
            "to": register[code].closed or CCGS_END,
            "source": "ons-lsoas-to-ccgs-2016",
            "locator": f"{ccg['gss']}, {code}",
            "certainty": "STATED",
            "on": "2016-04-01",
        }


ORGANISATION_COLUMNS = [
    "slug",
    "ods_code",
    "name",
    "kind",
    "opened",
    "closed",
    "aliases",
    "earlier_name",
    "earlier_kind",
    "earlier_until",
    "source",
    "locator",
    "certainty",
    "derived_from",
    "on",
]
SUCCESSION_COLUMNS = [
    "from",
    "to",
    "on",
    "kind",
    "source",
    "locator",
    "certainty",
    "derived_from",
]
RESPONSIBILITY_COLUMNS = [
    "organisation",
    "area",
    "from",
    "to",
    "source",
    "locator",
    "certainty",
    "derived_from",
    "on",
]


def write(name: str, columns: list[str], rows: Iterable[dict[str, str]]) -> None:
    """Write a table beside this script."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    """Make the three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference_data", type=Path)
    data: Path = parser.parse_args().reference_data
    register = commissioners(data / "ods" / "eccg_2025.csv")
    ccgs = ccgs_of_2016(data / "ons" / "ccg_2016_table.csv")
    boards = {
        row["successor_icb_ods"]: normal_case(row["successor_icb"])
        for row in sorted(ccgs.values(), key=lambda row: row["successor_icb_ods"])
    }
    names = {code: ccg["name"] for code, ccg in ccgs.items()} | MERGED_CCGS
    slugs = {code: slug_of(name) for code, name in names.items()}
    slugs |= {
        code: board_slug(name) for code, name in {**boards, **BOARDS_OF_2026}.items()
    }
    table = [
        *ccg_rows({c: n for c, n in names.items() if c not in IN_YAML}, register),
        *board_rows(boards),
        *trust_rows(data / "ods" / "etr_2022.csv"),
        *independent_provider_rows(),
        *council_rows(),
    ]
    write("organisations.csv", ORGANISATION_COLUMNS, table)
    write("successions.csv", SUCCESSION_COLUMNS, succession_rows(ccgs, register, slugs))
    write(
        "responsibilities.csv",
        RESPONSIBILITY_COLUMNS,
        responsibility_rows(ccgs, register, slugs),
    )


if __name__ == "__main__":
    main()
