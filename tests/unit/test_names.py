"""A place is found however its name is written."""

import pytest

from graph_model.names import name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Rugby", "rugby"),
        ("Stratford-upon-Avon", "stratforduponavon"),
        ("King's Lynn", "kingslynn"),
        ("King\u2019s Lynn", "kingslynn"),
        ("Saint Helens", "sthelens"),
        ("ST. HELENS", "sthelens"),
        ("Saintfield", "saintfield"),
        ("Llanbadarn Fawr & Llanfarian", "llanbadarnfawrandllanfarian"),
        ("Ynys Môn", "ynysmon"),
        ("  ", ""),
    ],
)
def test_the_ways_of_writing_a_name_have_one_key(name: str, key: str) -> None:
    assert name_key(name) == key
