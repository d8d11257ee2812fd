"""Names of places with what they lie in, as people write them."""

import pytest

from graph_model.errors import BadUserInput
from graph_model.place_names import namings
from graph_model.places import PlaceQuestion


def test_a_name_may_end_wherever_a_word_does_and_the_longest_counts_first():
    assert namings("Stratford upon Avon") == [
        {"key": "stratforduponavon", "within": []},
        {"key": "stratfordupon", "within": ["avon"]},
        {"key": "stratford", "within": ["uponavon"]},
    ]


@pytest.mark.parametrize(
    "written",
    ["Studley, Wiltshire", "studley  WILTSHIRE", "Studley (Wilts)", "Studley in Wilts"],
)
def test_a_county_behind_a_name_is_read_however_it_is_written(written: str):
    assert {"key": "studley", "within": ["wiltshire"]} in namings(written)


def test_each_part_behind_a_comma_says_where_the_place_lies():
    assert namings("Coventry, West Midlands, UK") == [
        {"key": "coventry", "within": ["westmidlands", "unitedkingdom"]}
    ]


def test_a_name_without_a_letter_is_refused():
    with pytest.raises(BadUserInput, match="has no letter in it"):
        PlaceQuestion(name=" , !").params()
