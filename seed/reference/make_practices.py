"""Make the table of GP practices, whose registration decides who is responsible for a person.

    python seed/reference/make_practices.py EPRACCUR_CSV_GZ

EPRACCUR_CSV_GZ is the ODS file `epraccur` of 27 November 2015 as published, without a header. `practices.csv` is
written beside this script: the practices that were active then and belong to a CCG of the areas that the
articles describe. A practice that bears a person's name is called by its code instead.
"""

import argparse
import csv
import gzip
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent

# West Midlands integrated urgent care; Leicester, Leicestershire and Rutland; East Kent.
CCGS = {
    *("13P", "04X", "05A", "05C", "05F", "05H", "05J", "05L"),
    *("05N", "05P", "05R", "05T", "05X", "05Y", "06A", "06D"),
    *("03W", "04C", "04V"),
    *("09C", "09E", "10A", "10E"),
}
# Columns of epraccur, counted from 0.
CODE, NAME, STATUS, COMMISSIONER, JOINED, SETTING = 0, 1, 12, 23, 15, 25
GP_PRACTICE = "4"

COLUMNS = [
    *("ods_code", "name", "commissioned_by"),
    *("source", "locator", "certainty", "derived_from"),
]
SOURCE = "ods-practices-2015"
# The site of a vanguard, in articles/new-care-models.yaml.
STANDS_ELSEWHERE = {"G82071"}
SMALL_WORDS = {"And", "At", "In", "Of", "On", "The", "For", "Upon"}
INITIALS = {"Aw", "Cic", "Gp", "Gps", "Llp", "Lpc", "Mc", "Nhs", "Ssafa"}
# Practices that bear a person's name are called by their code: these names, and doctors
# "and partners".
PERSONS = re.compile(
    r"^(DRS?|MRS?|PROF)\b|PARTNERS?\b|\b(ANN JONES|BAGARY|BEAN|BERNAYS|CROSSLEY|DADHANIA"
    r"|GOVIND|HAQQANI|HYMAN|JACEY|JOHNSON|KHAN|KHATTAK|KIRPAL|LAURIE PIKE|MASHARANI"
    r"|PILLAI|SAYEED|STROUD|VAGHELA|VENKAT)\b"
)
# ODS tells namesakes apart by a doctor's name, in brackets or after a hyphen.
DOCTOR = re.compile(r"\s*\(.*|\s*-\s*(DR .*|KHAN|KUMAR|LEWIS|R\.BHATTI|ROSS|S\.N\.)$")
ABBREVIATIONS = {
    "B'HAM": "Birmingham",
    "C": "Care",
    "CHC": "Community Health Centre",
    "CTR": "Centre",
    "CTRE": "Centre",
    "FAM": "Family",
    "H/C": "Health Care",
    "H/CENTRE": "Health Centre",
    "HC": "Health Centre",
    "HTH": "Health",
    "MED": "Medical",
    "P'SHIPS": "Partnerships",
    "P/SHIP": "Partnership",
    "PCC": "Primary Care Centre",
    "PRAC": "Practice",
    "PRACT": "Practice",
    "RD": "Road",
    "SURG": "Surgery",
    "UCC": "Urgent Care Centre",
    "WALK-IN-CENTRE": "Walk-in Centre",
    "WEST BROM": "West Bromwich",
    "WIC": "Walk-in Centre",
}
ABBREVIATED = re.compile(
    rf"(?<![\w'])({'|'.join(sorted(ABBREVIATIONS, key=len, reverse=True))})(?![\w'/])"
)


def name_of(row: list[str]) -> str:
    """The practice's name in normal case, or its code where the name is a person's."""
    plain = DOCTOR.sub("", row[NAME])
    if PERSONS.search(plain):
        return f"GP practice {row[CODE]}"
    # "MED.CTR." and "ST.JOHNS" have points for spaces, "HEALTH CENTRE - 1" a hyphen.
    plain = re.sub(r"\s*-\s*(\d)$|(?<=[A-Z])(\d)$", r" \1\2", plain.replace(".", " "))
    plain = re.sub(r"\s+-\s+|(?<=PRACTICE)-", ", ", plain)
    whole = ABBREVIATED.sub(lambda found: ABBREVIATIONS[found[1]].upper(), plain)
    words = whole.title().replace("'S", "'s").replace("Walk-In", "Walk-in").split()
    return " ".join(
        word.lower()
        if position and word in SMALL_WORDS
        else word.upper()
        if word in INITIALS
        else word
        for position, word in enumerate(words)
    )


def main() -> None:
    """Write practices.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("epraccur", type=Path)
    path = parser.parse_args().epraccur
    with gzip.open(path, "rt", encoding="latin-1", newline="") as file:
        rows = [
            row
            for row in csv.reader(file)
            if row[COMMISSIONER] in CCGS
            and row[STATUS] == "A"
            and row[SETTING] == GP_PRACTICE
            and row[CODE] not in STANDS_ELSEWHERE
        ]
    with (HERE / "practices.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(
            [
                row[CODE],
                name_of(row),
                f"ods:{row[COMMISSIONER]}",
                SOURCE,
                row[CODE],
                "",
                "",
            ]
            for row in sorted(rows)
        )


if __name__ == "__main__":
    main()
