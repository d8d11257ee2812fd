"""Postcodes as people write them, and those that stand for no place in the directory."""

import pytest

from graph_model.errors import BadUserInput, PlaceNotCovered, PlaceNotLocated
from graph_model.postcodes import postcode_codes, unit_code


@pytest.mark.parametrize(
    ("postcode", "codes"),
    [
        ("CV21 2AA", ["CV21 2AA", "CV21 2", "CV21"]),
        ("cv212aa", ["CV21 2AA", "CV21 2", "CV21"]),
        ("  cv21   2aa ", ["CV21 2AA", "CV21 2", "CV21"]),
        ("CV21 2", ["CV21 2", "CV21"]),
        ("cv212", ["CV21 2", "CV21"]),
        ("B111", ["B11 1", "B11"]),
        ("SW1A1", ["SW1A 1", "SW1A"]),
        ("B11", ["B11"]),
        ("cv21", ["CV21"]),
        ("M1 1AE", ["M1 1AE", "M1 1", "M1"]),
        ("M11AE", ["M1 1AE", "M1 1", "M1"]),
        ("SW1A 1AA", ["SW1A 1AA", "SW1A 1", "SW1A"]),
        ("B30", ["B30"]),
        ("TR21 0AB", ["TR21 0AB", "TR21 0", "TR21"]),
    ],
)
def test_a_postcode_is_read_in_any_case_and_spacing(postcode, codes):
    assert postcode_codes(postcode) == codes


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cv21 2aa.", "CV21 2AA"),
        ("CV2I 2AA", "CV21 2AA"),
        ("\uff23\uff36\uff12\uff11\u3000\uff12\uff21\uff21", "CV21 2AA"),
        ("CV21\u00a02AA", "CV21 2AA"),
        ("CV2l2AA", "CV21 2AA"),
        ("CV2 12AA", "CV21 2AA"),
        ("TR21 OAB", "TR21 0AB"),
        ("0X1 2JD", "OX1 2JD"),
        ("S014 0YN", "SO14 0YN"),
        ("S01 4AB", "SO1 4AB"),
        ("C01 1AA", "CO1 1AA"),
        ("LI 1AA", "L1 1AA"),
        ("SWIA 1AA", "SW1A 1AA"),
    ],
)
def test_a_letter_for_a_figure_or_a_misplaced_space_is_forgiven(written, meant):
    assert postcode_codes(written)[0] == meant


@pytest.mark.parametrize(
    "postcode", ["CO1 1AA", "IV1 1AA", "OL1 1AA", "E1W 1AA", "N1C 4AG"]
)
def test_what_is_right_already_is_left_as_it_is(postcode):
    assert postcode_codes(postcode)[0] == postcode


@pytest.mark.parametrize(
    "postcode", ["", "ZZZ", "12345", "CV21 22A", "Rugby", "CV21 2AAA"]
)
def test_what_cannot_be_a_postcode_is_refused_with_what_can(postcode):
    with pytest.raises(BadUserInput, match="Write a whole one such as 'CV21 2AA'"):
        postcode_codes(postcode)


@pytest.mark.parametrize(
    "postcode", ["GIR 0AA", "gir0aa", "BX1 1LT", "BF1 2AA", "BFPO 10", "bfpo105"]
)
def test_a_postcode_for_post_only_says_nothing_of_where_somebody_is(postcode):
    with pytest.raises(PlaceNotLocated, match="Give the postcode of their home"):
        postcode_codes(postcode)


@pytest.mark.parametrize(
    ("postcode", "where"),
    [
        ("JE2 3AB", "in Jersey"),
        ("gy1", "in Guernsey"),
        ("IM1 1AA", "in the Isle of Man"),
        ("GX11 1AA", "in Gibraltar"),
        ("FIQQ 1ZZ", "in the Falkland Islands"),
        ("AI-2640", "in Anguilla"),
    ],
)
def test_a_place_outside_the_united_kingdom_is_said_to_be_there(postcode, where):
    with pytest.raises(PlaceNotCovered, match=where):
        postcode_codes(postcode)


@pytest.mark.parametrize("written", ["CV212AA", "CV21 2AA", "CV21  2AA", "cv21 2aa"])
def test_a_file_may_write_a_postcode_in_any_of_its_published_forms(written):
    assert unit_code(written) == "CV21 2AA"


def test_what_a_file_misspells_is_not_guessed():
    assert unit_code("CV2I 2A") is None
