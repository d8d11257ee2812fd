"""Needs, organisations and services of the reference tables hold together."""

import csv
import math
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import seed

REFERENCE = Path(seed.__file__).parent / "reference"

# The CCGs of the West Midlands integrated urgent care and the board of today.
SIXTEEN_CCGS = {
    "04X": ["15E", "QHL"],
    "05P": ["15E", "QHL"],
    "13P": ["15E", "QHL"],
    "05C": ["D2P2L", "QHL", "QUA"],
    "05L": ["D2P2L", "QHL", "QUA"],
    "05Y": ["D2P2L", "QHL", "QUA"],
    "06A": ["D2P2L", "QHL", "QUA"],
    "05A": ["B2M3M", "QWU"],
    "05H": ["B2M3M", "QWU"],
    "05R": ["B2M3M", "QWU"],
    "05F": ["18C", "QGH"],
    "05J": ["18C", "QGH"],
    "05T": ["18C", "QGH"],
    "06D": ["18C", "QGH"],
    "05N": ["M2L0M", "QOC"],
    "05X": ["M2L0M", "QOC"],
}


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def records(name: str) -> dict[str, list[dict[str, Any]]]:
    return yaml.safe_load((REFERENCE / name).read_text(encoding="utf-8"))


def needs() -> dict[str, dict[str, Any]]:
    return {need["code"]: need for need in records("needs.yaml")["needs"]}


def organisations() -> dict[str, dict[str, Any]]:
    listed = [
        *rows("organisations.csv"),
        *records("organisations.yaml")["organisations"],
    ]
    return {organisation["slug"]: organisation for organisation in listed}


def organisations_by_code() -> dict[str, dict[str, Any]]:
    return {o["ods_code"]: o for o in organisations().values() if o.get("ods_code")}


def successors(ods_code: str) -> set[str]:
    """The ODS codes of all who followed an organisation, and who followed those."""
    slugs = {o.get("ods_code"): slug for slug, o in organisations().items()}
    followed: dict[str, list[str]] = defaultdict(list)
    for row in rows("successions.csv"):
        followed[row["from"]].append(row["to"])
    found: set[str] = set()
    waiting = [slugs[ods_code]]
    while waiting:
        for slug in followed[waiting.pop()]:
            found.add(organisations()[slug]["ods_code"])
            waiting.append(slug)
    return found


def test_no_two_needs_have_one_code():
    codes = [need["code"] for need in records("needs.yaml")["needs"]]

    assert len(codes) >= 80
    assert len(codes) == len(set(codes))


def test_every_need_has_a_path_to_a_root():
    paths = {}
    for code in needs():
        path = [code]
        while broader := needs()[path[-1]].get("broader"):
            assert broader not in path, f"{code} leads back to {broader}"
            path.append(broader)
        paths[code] = path

    assert paths["toothache"] == ["toothache", "dental-emergency", "dental"]
    assert paths["gp-out-of-hours"] == ["gp-out-of-hours", "urgent-primary-care"]


def test_every_need_has_words_of_its_own_and_shares_none():
    needs_of_word: dict[str, set[str]] = defaultdict(set)
    for need in needs().values():
        assert need["synonyms"], need["code"]
        for word in [need["name"], *need["synonyms"]]:
            needs_of_word[word.lower()].add(need["code"])

    assert {
        word: codes for word, codes in needs_of_word.items() if len(codes) > 1
    } == {}


@pytest.mark.parametrize(
    "words",
    [
        "chest pain",
        "heart attack",
        "face drooping",
        "cant breathe",
        "wont wake up",
        "wants to kill himself",
        "taken an overdose",
        "fever during chemotherapy",
        "back pain and cant pee",
        "baby is coming",
    ],
)
def test_words_of_danger_lead_to_an_emergency(words: str):
    [need] = [
        need
        for need in needs().values()
        if words in [need["name"].lower(), *need["synonyms"]]
    ]

    assert need["emergency"]


def test_a_need_for_999_stands_under_emergency_care_or_a_crisis():
    for need in needs().values():
        path = need
        while path.get("broader"):
            path = needs()[path["broader"]]
        if need.get("emergency"):
            assert path["code"] in {"emergency-care", "mental-health"}, need["code"]


def test_999_meets_every_emergency():
    services = {each["slug"]: each for each in records("national.yaml")["services"]}

    emergencies = {code for code, need in needs().items() if need.get("emergency")}

    assert emergencies <= set(services["999"]["needs"])
    assert services["999"]["telephone"] == "999"
    assert services["nhs-111"]["telephone"] == "111"


def test_every_need_and_type_of_a_service_is_listed():
    types = {each["code"] for each in records("service_types.yaml")["service_types"]}
    services = [*rows("services.csv"), *records("national.yaml")["services"]]

    for service in services:
        held = service["needs"]
        codes = held.split(";") if isinstance(held, str) else held
        assert set(codes) <= set(needs()), service["slug"]
        assert service["type"] in types, service["slug"]


def test_there_are_services_enough_to_choose_from():
    slugs = [row["slug"] for row in rows("services.csv")]

    assert len(slugs) >= 170
    assert len(slugs) == len(set(slugs))


def test_every_service_stands_near_its_postcode():
    sectors = {row["sector"]: row for row in rows("sectors.csv")}
    for row in rows("services.csv"):
        north, east = float(row["latitude"]), float(row["longitude"])
        assert 49.8 < north < 60.9, row["slug"]
        assert -8.7 < east < 1.8, row["slug"]
        sector = sectors[row["postcode"][:-2]]
        away = math.hypot(
            (north - float(sector["latitude"])) * 111.2,
            (east - float(sector["longitude"])) * 111.2 * math.cos(math.radians(north)),
        )
        assert away < 5, f"{row['slug']} is {away:.1f} km from {row['postcode']}"


def test_every_provider_of_a_service_is_an_organisation():
    providers = {row["provider"] for row in rows("services.csv") if row["provider"]}

    assert providers <= set(organisations())


def test_no_service_out_of_hours_of_the_west_midlands_is_taken_from_the_old_register():
    # New contracts changed them in November 2016; the register is of November 2015.
    out_of_hours = {
        row["ods_code"] for row in rows("services.csv") if row["type"] == "25"
    }

    assert "Y04168" in out_of_hours
    assert not out_of_hours & {"M81636", "Y00172", "Y00705", "Y03331", "Y01866"}


def test_a_walk_in_centre_is_no_gp_at_night_and_a_gp_at_night_no_walk_in_centre():
    by_type = {
        kind: {row["needs"] for row in rows("services.csv") if row["type"] == kind}
        for kind in ("25", "46")
    }

    assert by_type == {
        "25": {"gp-out-of-hours"},
        "46": {"walk-in-care;minor-illness;minor-injury", "minor-injury"},
    }


def test_nhs_111_is_nowhere_to_walk_into():
    services = {each["slug"]: each for each in records("national.yaml")["services"]}
    offered = set(services["nhs-111"]["needs"])

    assert not offered & {"walk-in-care", "urgent-primary-care"}
    assert {"health-advice", "clinical-assessment", "gp-out-of-hours"} <= offered


def test_services_that_others_had_replaced_by_november_2016_are_left_out():
    codes = {row["ods_code"] for row in rows("services.csv")}

    # Two of Leicestershire's out of hours, and a walk-in centre at New Cross Hospital.
    assert not codes & {"Y02077", "Y04879", "Y04805"}


def test_what_a_community_hospital_is_for_is_inferred_where_no_source_tells_it():
    certainty = {
        row["certainty"]
        for row in rows("services.csv")
        if row["type"] == "28" and row["source"] == "nhs-choices-2014"
    }

    assert certainty == {"INFERRED"}


def test_no_practice_is_called_by_a_persons_name():
    people = re.compile(
        r"\b(Drs?|Mr|Mrs|Prof) |'s Practice| - |-\w+$"
        r"|\b(Khan|Vaghela|Haqqani|Kirpal|Ross|Lewis|Kumar|Bhatti|Pillai|Sayeed)\b"
    )

    called = {row["ods_code"]: row["name"] for row in rows("practices.csv")}

    assert [name for name in called.values() if people.search(name)] == []
    assert called["M85652"] == "Summerfield Primary Care Centre"
    assert called["M91602"] == "GP practice M91602"


def test_the_names_of_practices_are_spelt_out():
    short = re.compile(
        r"\b(Ctre?|Fam|Hc|Hth|Med|Pcc|Pract?|Surg|Wic)\b|[A-Za-z]/[A-Za-z]|P'[Ss]hip"
    )

    called = {row["ods_code"]: row["name"] for row in rows("practices.csv")}

    assert [name for name in called.values() if short.search(name)] == []
    assert called["C82009"] == "Market Harborough Medical Centre"


def test_a_name_that_a_trust_took_later_is_derived():
    trusts = {code: organisations_by_code()[code] for code in ("REM", "RJC", "RTV")}

    assert {trust["source"] for trust in trusts.values()} == {"ods-etr-2022"}
    assert {trust["certainty"] for trust in trusts.values()} == {"DERIVED"}


def test_no_two_organisations_have_one_code():
    codes = [o["ods_code"] for o in organisations().values() if o.get("ods_code")]

    assert len(codes) == len(set(codes))


def test_all_ccgs_of_april_2016_are_responsible_for_an_area_of_their_own():
    responsible = rows("responsibilities.csv")

    assert len(responsible) == 209
    assert len({row["area"] for row in responsible}) == 209
    assert {row["organisation"] for row in responsible} <= set(organisations())
    assert {row["area"] for row in responsible} == {
        row["code"] for row in rows("areas.csv") if row["kind"] == "CCG"
    }


def test_the_responsibility_of_a_ccg_is_for_the_area_with_its_code():
    areas = {row["code"]: row["ods_code"] for row in rows("areas.csv")}
    for row in rows("responsibilities.csv"):
        ods_code = organisations()[row["organisation"]]["ods_code"]
        assert areas[row["area"]] == ods_code


@pytest.mark.parametrize("ods_code", SIXTEEN_CCGS)
def test_the_sixteen_ccgs_lead_to_the_boards_of_today(ods_code: str):
    assert sorted(successors(ods_code)) == SIXTEEN_CCGS[ods_code]


def test_every_ccg_of_2016_leads_to_a_board_that_is_there_today():
    boards = {
        o["ods_code"]
        for o in organisations().values()
        if o["kind"] == "ICB" and not o["closed"]
    }
    ccgs = {
        organisations()[row["organisation"]]["ods_code"]
        for row in rows("responsibilities.csv")
    }

    assert len(boards) == 36
    assert {code for code in ccgs if not successors(code) & boards} == set()


def test_six_boards_replaced_twelve_in_april_2026():
    boards = [o for o in organisations().values() if o["kind"] == "ICB"]

    assert sum(board["closed"] == "2026-04-01" for board in boards) == 12
    assert sum(board["opened"] == "2026-04-01" for board in boards) == 6
    assert sorted(successors("QNQ")) == ["QRL", "S0E4D", "S9B9J"]


def test_a_succession_is_on_the_day_on_which_a_ccg_closed():
    for row in rows("successions.csv"):
        before, after = organisations()[row["from"]], organisations()[row["to"]]
        if row["kind"] == "MERGED":
            assert str(before["closed"]) == row["on"] == str(after["opened"]), row
        else:
            assert str(after["opened"]) <= row["on"], row


def test_a_ccg_that_kept_its_code_has_both_names():
    west_leicestershire = organisations()["nhs-west-leicestershire-ccg"]

    assert west_leicestershire["ods_code"] == "04V"
    assert west_leicestershire["earlier_name"] == "NHS West Leicestershire CCG"
    assert west_leicestershire["earlier_kind"] == "CCG"
    assert west_leicestershire["earlier_until"] == "2022-07-01"
    assert west_leicestershire["kind"] == "SUB_ICB_LOCATION"
