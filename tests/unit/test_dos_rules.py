"""The rules of the DoS that /dos can take over, and its age groups."""

from datetime import UTC, datetime, timedelta

import pytest
from made_up import a_service

from api.dos.parameters import age_group
from api.dos.search import Sought, case_of, in_the_square, takes
from api.dos.services import capacity_told
from api.dos.soap_case import distance_used, soap_case
from api.dos.xml import NotXml, parsed, text_of
from graph_model.dos import DOS_SERVICE_ID, dos_id_of
from graph_model.settings import Settings

HERE = (52.41, -1.51)
CASE = """<c><postcode>CV21 2AA</postcode><age>3</age><ageFormat>Years</ageFormat>
<symptomGroup>9001</symptomGroup><symptomDiscriminatorList><int>7001</int></symptomDiscriminatorList>
%s</c>"""


def standing(latitude: float, longitude: float):
    location = {"latitude": latitude, "longitude": longitude}
    return a_service(reach="PLACE", location=location)


def test_the_square_reaches_farther_at_its_corners_than_at_its_sides():
    north_east = standing(HERE[0] + 0.5, HERE[1] + 0.82)  # 55.6 km each way, 79 km away
    east = standing(HERE[0], HERE[1] + 0.93)  # 63 km

    assert in_the_square(north_east, HERE, 60)
    assert not in_the_square(east, HERE, 60)
    assert in_the_square(a_service(reach="AREA", location=None), HERE, 1)


def test_the_finder_looks_as_far_as_the_corners_only_by_the_doss_rules():
    sought = Sought("CV21", 60.0)

    ours = case_of(sought, Settings())
    theirs = case_of(sought, Settings(signpost_dos_rules="dos"))

    assert ours.within_km == 60
    assert round(theirs.within_km) == 85
    assert ours.referrer == "NHS_111"


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0, 5843, True),
        (None, 700, None),
        (5844, None, False),
        (0, 100, False),
    ],
)
def test_an_age_group_is_taken_wholly_partly_or_not_at_all(
    low: int | None, high: int | None, verdict: bool | None
):
    service = a_service(ages="LIMITED", min_age_days=low, max_age_days=high)

    assert age_group(3) == (365, 1825)
    assert takes(service, age_group(3)) is verdict


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([{"code": "CV21 2AA", "km": 5}, {"code": "CV21", "km": 25}], (5, "Postcode")),
        ([{"code": "CV21 2", "km": 15}, {"code": "CV21", "km": 25}], (15, "Sector")),
        ([{"code": "CV21", "km": 25}], (25, "District")),
        ([], (30, "Web Service")),
    ],
)
def test_the_distance_of_the_nearest_whole_of_the_postcode_counts(
    stated: list[dict[str, object]], expected: tuple[int, str]
):
    case = soap_case(parsed((CASE % "<searchDistance>30</searchDistance>").encode()))
    found: object = {"codes": [], "kinds": [], "distances": stated}

    used = distance_used(case, found)  # pyright: ignore[reportArgumentType]

    assert (used.km, used.source) == expected


def test_a_document_with_entities_is_refused_before_they_are_read():
    bomb = b'<!DOCTYPE a [<!ENTITY b "xx"><!ENTITY c "&b;&b;">]><a>&c;</a>'

    with pytest.raises(NotXml, match="DTD"):
        parsed(bomb)


def test_signs_that_xml_cannot_hold_are_replaced():
    assert text_of("a\x00b") == "a\ufffdb"
    assert (text_of(True), text_of(3)) == ("true", "3")


def test_a_colour_is_told_for_as_long_as_somebody_said_it():
    said = datetime(2016, 12, 3, 12, tzinfo=UTC)
    red = a_service(
        capacity="RED",
        capacity_updated_at=said,
        capacity_resets_at=said + timedelta(hours=4),
    )

    def told(hours: int):
        return capacity_told(red, said + timedelta(hours=hours))

    assert told(-1) is None
    assert told(1) == {"status": {"rag": "RED", "human": "None", "hex": "#FF0000"}}
    assert told(5) == {"status": {"rag": "GREEN", "human": "High", "hex": "#00FF00"}}
    assert told(24) is None
    assert capacity_told(a_service(), said) is None


def test_a_number_of_the_dos_goes_before_ours():
    imported = [
        {"system": "other", "value": "5"},
        {"system": DOS_SERVICE_ID, "value": "1315835856"},
    ]
    ours: object = {"number": 7}

    def number(identifiers: list[dict[str, str]], particulars: object):
        service: object = a_service(identifiers=identifiers)
        return dos_id_of(service, particulars)  # pyright: ignore[reportArgumentType]

    assert number(imported, ours) == 1315835856
    assert number(imported[:1], ours) == 2_100_000_007
    assert number([], None) is None
