"""A fault of a seed file is told with file, line, field, what was found, what is allowed."""

from pathlib import Path

import pytest

from seed.faults import SeedFault
from seed.load import SEED
from seed.read import read_seed

YAML = "articles/small.yaml"
PLACES = "reference/places.csv"
SERVICES = "reference/services.csv"
SECTORS = "reference/sectors.csv"
SHARES = "reference/sector_areas.csv"

# What is wrong: the file, the text in it that is replaced, and what is said then.
CASES = {
    "a required field is missing": (
        YAML,
        "    title: The Gazette\n",
        "",
        [
            "seed/articles/small.yaml, line 4: title: is missing; write it",
        ],
    ),
    "a field has no value": (
        YAML,
        "    title: The Gazette\n",
        "    title:\n",
        [
            (
                "seed/articles/small.yaml, line 5: title: is empty; write a value, "
                "or leave the field out"
            ),
        ],
    ),
    "a text is blank": (
        YAML,
        "    title: The Gazette\n",
        '    title: " "\n',
        [
            (
                "seed/articles/small.yaml, line 5: title: is empty; write a value, "
                "or leave the field out"
            ),
        ],
    ),
    "a field is misspelt": (
        YAML,
        "    aliases: [North]\n",
        "    alias: [North]\n",
        [
            (
                "seed/articles/small.yaml, line 40: alias: is no field of this "
                "record; did you mean 'aliases'? write one of stated_by, slug, "
                "name, kind, ods_code, opened, closed, aliases, commissioned_by, earlier"
            ),
        ],
    ),
    "a section is misspelt": (
        YAML,
        "\nneeds:\n",
        "\nneed:\n",
        [
            (
                "seed/articles/small.yaml, line 70: need: is no section; did you "
                "mean 'needs'? write one of sources, tables, organisations, "
                "successions, areas, responsibilities, completeness, service_types, "
                "needs, locations, services, contracts, alliances, programmes, pathways"
            ),
        ],
    ),
    "a choice is not allowed": (
        YAML,
        "    kind: CCG\n    ods",
        "    kind: CGC\n    ods",
        [
            (
                "seed/articles/small.yaml, line 36: kind: 'CGC'; write 'CCG', "
                "'SUB_ICB_LOCATION', 'ICB', 'NHS_TRUST', 'GP_PRACTICE', "
                "'GP_FEDERATION', 'INDEPENDENT_PROVIDER', 'VOLUNTARY_SECTOR', "
                "'LOCAL_AUTHORITY', 'PARTNERSHIP' or 'NATIONAL_BODY'"
            ),
        ],
    ),
    "a day does not exist": (
        YAML,
        "    closed: 2020-04-01\n",
        "    closed: 2020-02-30\n",
        [
            (
                "seed/articles/small.yaml, line 39: closed: '2020-02-30' is not a "
                "date; write YYYY-MM-DD, such as 2016-11-30"
            ),
        ],
    ),
    "a day is written another way": (
        YAML,
        "    closed: 2020-04-01\n",
        "    closed: 01/04/2020\n",
        [
            (
                "seed/articles/small.yaml, line 39: closed: '01/04/2020' is not a "
                "date; write YYYY-MM-DD, such as 2016-11-30"
            ),
        ],
    ),
    "a month does not exist": (
        YAML,
        '    published: "2016-10"\n',
        '    published: "2016-13"\n',
        [
            (
                "seed/articles/small.yaml, line 8: published: '2016-13' is not a "
                "date; write YYYY-MM-DD, YYYY-MM or YYYY, as is known"
            ),
        ],
    ),
    "a period ends before it begins": (
        YAML,
        "    closed: 2020-04-01\n",
        "    closed: 2012-04-01\n",
        [
            (
                "seed/articles/small.yaml, line 39: closed: 2012-04-01 is not "
                "after opened, 2013-04-01; a period ends on the first day on which "
                "it no longer holds"
            ),
        ],
    ),
    "a month is not written as its first day": (
        YAML,
        "    start: 2016-11-01\n",
        "    start: 2016-11-05\n",
        [
            (
                "seed/articles/small.yaml, line 134: start_precision: MONTH with "
                "2016-11-05; write the first day of the month in start"
            ),
        ],
    ),
    "a number is in words": (
        YAML,
        "    population: 5000000\n",
        "    population: five million\n",
        [
            (
                "seed/articles/small.yaml, line 157: population: 'five million' is "
                "not a whole number; write digits only"
            ),
        ],
    ),
    "a number is below zero": (
        YAML,
        "    population: 5000000\n",
        "    population: -5\n",
        [
            "seed/articles/small.yaml, line 157: population: '-5'; write 0 or more",
        ],
    ),
    "true or false is neither": (
        YAML,
        "        lead: true\n",
        "        lead: perhaps\n",
        [
            (
                "seed/articles/small.yaml, line 127: commissioners.lead: "
                "'perhaps'; write true or false"
            ),
        ],
    ),
    "a list is a single word": (
        YAML,
        "    aliases: [North]\n",
        "    aliases: North\n",
        [
            (
                "seed/articles/small.yaml, line 40: aliases: 'North' is not a "
                "list; write a list"
            ),
        ],
    ),
    "a record is a single word": (
        YAML,
        "      - organisation: north-ccg\n        lead: true\n",
        "      - north-ccg\n",
        [
            (
                "seed/articles/small.yaml, line 126: commissioners: 'north-ccg' is "
                "not a record; write its fields with their names"
            ),
        ],
    ),
    "a field within a record is misspelt": (
        YAML,
        "        lead: true\n",
        "        leader: true\n",
        [
            (
                "seed/articles/small.yaml, line 127: commissioners.leader: is no "
                "field of this record; did you mean 'lead'? write one of "
                "organisation, lead, stated_by"
            ),
        ],
    ),
    "a relationship has two citations": (
        YAML,
        "        locator: page 2\n",
        "        locator: page 2\n      - source: register\n",
        [
            "seed/articles/small.yaml, line 63: stated_by: holds 2; write at most 1",
        ],
    ),
    "a source is unknown": (
        YAML,
        "      - source: gazette\n        locator: page 2\n",
        "      - source: gazete\n        locator: page 2\n",
        [
            (
                "seed/articles/small.yaml, line 64: stated_by.source: 'gazete' is "
                "not among the seed's sources; did you mean 'gazette'? Else add it "
                "to sources"
            ),
        ],
    ),
    "an ODS code is unknown": (
        YAML,
        "ods:0PR",
        "ods:0PQ",
        [
            (
                "seed/articles/small.yaml, line 89: provider: 'ods:0PQ' is not "
                "among the seed's organisations; add it to organisations"
            ),
        ],
    ),
    "a slug is misspelt": (
        YAML,
        "    adopted_by: [north-ccg]\n",
        "    adopted_by: [nroth-ccg]\n",
        [
            (
                "seed/articles/small.yaml, line 202: adopted_by: 'nroth-ccg' is "
                "not among the seed's organisations; did you mean 'north-ccg'? "
                "Else add it to organisations"
            ),
        ],
    ),
    "a need is unknown": (
        YAML,
        "    broader: urgent-care\n",
        "    broader: urgent\n",
        [
            (
                "seed/articles/small.yaml, line 77: broader: 'urgent' is not among "
                "the seed's needs; add it to needs"
            ),
        ],
    ),
    "needs stand in a circle": (
        YAML,
        "  - code: urgent-care\n    name: Urgent care\n",
        "  - code: urgent-care\n    broader: falls\n    name: Urgent care\n",
        [
            (
                "seed/articles/small.yaml, line 72: broader: 'urgent-care' comes "
                "back to itself; break the circle"
            ),
            (
                "seed/articles/small.yaml, line 78: broader: 'falls' comes back to "
                "itself; break the circle"
            ),
        ],
    ),
    "an ODS code stands twice": (
        YAML,
        "    ods_code: 01W\n",
        "    ods_code: 0PR\n",
        [
            (
                "seed/reference/organisations.csv, line 2: ods_code: '0PR' stands "
                "in seed/articles/small.yaml, line 44, too; a record is given once"
            ),
        ],
    ),
    "an inference does not say from what": (
        YAML,
        "        derived_from: nobody else is named\n",
        "",
        [
            (
                "seed/articles/small.yaml, line 116: stated_by: certainty INFERRED "
                "without derived_from; say in derived_from, in a sentence, why it "
                "follows"
            ),
        ],
    ),
    "a citation names no field": (
        YAML,
        "        fields: [provider]\n",
        "        fields: [providers]\n",
        [
            (
                "seed/articles/small.yaml, line 114: stated_by: 'providers' in "
                "fields is not a field; the fields are stated_by, slug, name, "
                "type, status, reach, provider, provided_from, provided_to, "
                "commissioners, needs, ods_code, identifiers, location, serves, telephone, "
                "clinician_telephone, website, ages, sexes, accepts_from, "
                "gp_practices, eligibility_notes, how_to_refer, refers_on_to, "
                "opening, opened, opened_precision, closed, last_verified, earlier"
            ),
        ],
    ),
    "a service by place has no place": (
        YAML,
        "    reach: AREA\n",
        "    reach: PLACE\n",
        [
            (
                "seed/articles/small.yaml, line 84: reach PLACE without a "
                "location; name its location"
            ),
        ],
    ),
    "ages are turned round": (
        YAML,
        "    ages: {max_days: 6573}\n",
        "    ages: {min_days: 6574, max_days: 6573}\n",
        [
            (
                "seed/articles/small.yaml, line 102: ages.max_days: 6573 is below "
                "min_days 6574; turn them round"
            ),
        ],
    ),
    "ages are in words": (
        YAML,
        "    ages: {max_days: 6573}\n",
        "    ages: adults\n",
        [
            (
                "seed/articles/small.yaml, line 102: ages: 'adults'; write ALL, or "
                "min_days and max_days; in a table, 0-5843"
            ),
        ],
    ),
    "anyone stands among others": (
        YAML,
        "[GP, PARAMEDIC]",
        "[ANYONE, PARAMEDIC]",
        [
            (
                "seed/articles/small.yaml, line 104: accepts_from: ANYONE among "
                "others; write ANYONE, or a list without it"
            ),
        ],
    ),
    "a step leads nowhere": (
        YAML,
        "{to: visit,",
        "{to: vist,",
        [
            (
                "seed/articles/small.yaml, line 203: steps: 'assess' leads to "
                "'vist'; the steps of this pathway are assess, visit"
            ),
        ],
    ),
    "a telephone number is a sentence": (
        YAML,
        "    telephone: 0300 000 0000\n",
        "    telephone: ask at the desk\n",
        [
            (
                "seed/articles/small.yaml, line 101: telephone: 'ask at the desk'; "
                "a telephone number has digits, and spaces between them"
            ),
        ],
    ),
    "a field stands twice": (
        YAML,
        "    aliases: [North]\n",
        "    aliases: [North]\n    name: NHS North\n",
        [
            "seed/articles/small.yaml, line 41: name: stands twice; write it once",
        ],
    ),
    "a file is not YAML": (
        YAML,
        "    aliases: [North]\n",
        "    aliases: [North\n",
        [
            (
                "seed/articles/small.yaml, line 41: not YAML: did not find "
                "expected ',' or ']'; write it as seed/README.md shows"
            ),
        ],
    ),
    "a table has no source": (
        YAML,
        "  - file: places.csv\n    stated_by: [{source: register}]\n",
        "",
        [
            (
                "seed/reference/places.csv, line 1: nobody states these rows; "
                "write `file: places.csv` and `stated_by` in `tables` of a YAML "
                "file"
            ),
        ],
    ),
    "a point is outside the world": (
        SECTORS,
        "ZZ1 2,52.40",
        "ZZ1 2,152.40",
        [
            "seed/reference/sectors.csv, line 3: latitude: '152.40'; write 90 or less",
        ],
    ),
    "a row lacks a cell": (
        SECTORS,
        "ZZ1 2,52.40,-1.30,50",
        "ZZ1 2,52.40,-1.30",
        [
            (
                "seed/reference/sectors.csv, line 3: 3 cells; write 4, and quote a "
                "cell that holds a comma"
            ),
        ],
    ),
    "a column is misspelt": (
        SECTORS,
        "sector,latitude",
        "sector,latitud",
        [
            (
                "seed/reference/sectors.csv, line 1: latitud: is no column; did "
                "you mean 'latitude'? write one of sector, latitude, longitude, "
                "postcodes"
            ),
            (
                "seed/reference/sectors.csv, line 1: latitude: is missing; write "
                "sector, latitude, longitude, postcodes"
            ),
        ],
    ),
    "an area is unknown": (
        PLACES,
        ",E07000001,",
        ",E07000002,",
        [
            (
                "seed/reference/places.csv, line 2: local_authority: 'E07000002' "
                "is not among the seed's areas; did you mean 'E07000001'? Else add "
                "it to areas"
            ),
        ],
    ),
    "a row has no source": (
        SERVICES,
        "register,row 3,STATED,,",
        ",,,,",
        [
            "seed/reference/services.csv, line 2: source: is missing; write it",
        ],
    ),
    "ages in a table are in words": (
        SERVICES,
        ",0-6573,",
        ",children,",
        [
            (
                "seed/reference/services.csv, line 2: ages: 'children'; write ALL, "
                "or min_days and max_days; in a table, 0-5843"
            ),
        ],
    ),
    "opening hours are no line of hours": (
        YAML,
        "    how_to_refer: Ring the number.\n",
        "    how_to_refer: Ring the number.\n    opening: [MONDAY 9-5]\n",
        [
            (
                "seed/articles/small.yaml, line 107: opening: 'MONDAY 9-5' is no line of "
                "opening hours; write MONDAY-FRIDAY 09:00-17:00, PUBLIC_HOLIDAY CLOSED, "
                "2016-12-24 09:00-13:00 or OPEN_ALL_HOURS"
            ),
        ],
    ),
    "a day has two lines of opening hours": (
        YAML,
        "    how_to_refer: Ring the number.\n",
        (
            "    how_to_refer: Ring the number.\n"
            "    opening: [MONDAY-FRIDAY 09:00-17:00, FRIDAY CLOSED]\n"
        ),
        [
            (
                "seed/articles/small.yaml, line 107: opening: 'FRIDAY CLOSED' is for a day "
                "that another line is for; write all sessions of a day in one line, or "
                "another `from`"
            ),
        ],
    ),
    "a share is above one": (
        SHARES,
        "0.9800",
        "98",
        [
            "seed/reference/sector_areas.csv, line 2: share: '98'; write 1 or less",
        ],
    ),
    "two rows say the same": (
        SHARES,
        "ZZ1 1,E07000001",
        "ZZ1 1,E38000001",
        [
            (
                "seed/reference/sector_areas.csv, line 3: the same stands in "
                "seed/reference/sector_areas.csv, line 2; a record is given once"
            ),
        ],
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_a_fault_is_told_with_its_place_and_what_is_allowed(
    small_seed: Path, what: str
) -> None:
    file, old, new, expected = CASES[what]
    replace(small_seed / file, old, new)

    assert faults_of(small_seed) == expected


def test_all_faults_of_all_files_are_told_in_one_go(small_seed: Path) -> None:
    replace(small_seed / YAML, "    kind: MERGED\n", "    kind: JOINED\n")
    replace(small_seed / YAML, "        number: 7\n", "        number: seven\n")
    replace(small_seed / SECTORS, "52.37,", "north,")

    with pytest.raises(SeedFault) as raised:
        read_seed(small_seed)

    assert str(raised.value) == (
        "The seed has 3 faults, so nothing was written. "
        "Put them right and load again.\n"
        "  seed/articles/small.yaml, line 62: kind: 'JOINED'; "
        "write 'MERGED', 'RENAMED', 'REPLACED' or 'SPLIT'\n"
        "  seed/articles/small.yaml, line 178: sites.number: "
        "'seven' is not a whole number; write digits only\n"
        "  seed/reference/sectors.csv, line 2: latitude: "
        "'north' is not a number; write digits and a point"
    )


def test_a_file_that_is_not_utf_8_is_told_with_the_line(small_seed: Path) -> None:
    path = small_seed / SERVICES
    path.write_bytes(path.read_bytes().replace(b"North House", b"Caf\xe9"))

    assert faults_of(small_seed) == [
        "seed/reference/services.csv, line 2: not UTF-8; save the file as UTF-8"
    ]


def test_a_folder_without_records_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()

    assert faults_of(folder) == ["nothing, line 1: no records; see seed/README.md"]


def test_a_row_is_told_by_the_line_on_which_it_starts(small_seed: Path) -> None:
    replace(small_seed / SERVICES, "1 North Road;North, Town", "1 North\nRoad")
    row = (small_seed / SERVICES).read_text("utf-8").partition("\n")[2]
    with (small_seed / SERVICES).open("a", encoding="utf-8") as file:
        file.write(row.replace("north-walk-in", "second").replace("52.37", "x"))

    assert faults_of(small_seed) == [
        (
            "seed/reference/services.csv, line 4: latitude: "
            "'x12' is not a number; write digits and a point"
        )
    ]


def test_text_that_looks_like_a_number_stays_as_it_is_written(
    small_seed: Path,
) -> None:
    replace(small_seed / YAML, 'value: "0012"', "value: 0012")

    service = read_seed(small_seed).services[0]

    assert service.identifiers[0].value == "0012"


def test_the_opening_hours_of_a_row_may_follow_from_a_source_of_their_own(
    small_seed: Path,
) -> None:
    hours = "MONDAY-FRIDAY 09:00-12:00, 13:00-17:00; SATURDAY CLOSED"
    replace(
        small_seed / SERVICES,
        ",on\n",
        ",on,opening,opening_source,opening_locator,opening_derived_from\n",
    )
    replace(
        small_seed / SERVICES,
        "register,row 3,STATED,,\n",
        f'register,row 3,STATED,,,"{hours}",gazette,page 9,as all walk-in centres\n',
    )

    seed = read_seed(small_seed)

    [walk_in] = [each for each in seed.services if each.slug == "north-walk-in"]
    assert walk_in.opening == [
        "MONDAY-FRIDAY 09:00-12:00, 13:00-17:00",
        "SATURDAY CLOSED",
    ]
    assert [
        (each.source, each.certainty, each.fields) for each in walk_in.stated_by
    ] == [("register", "STATED", None), ("gazette", "DERIVED", ["opening"])]


def test_the_seed_of_the_project_has_no_fault() -> None:
    seed = read_seed(SEED)

    assert len(seed.programmes) == 5
    assert len(seed.services) >= 150
    assert len(seed.needs) >= 60


def replace(path: Path, old: str, new: str) -> None:
    """Change the one place in a file where this text stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults_of(folder: Path) -> list[str]:
    """What is said of a seed that has faults."""
    with pytest.raises(SeedFault) as raised:
        read_seed(folder)
    return [str(fault) for fault in raised.value.faults]
