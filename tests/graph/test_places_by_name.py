"""Places by name, with or without what they lie in, and what is said of a name that is not there."""

import pytest
from neo4j import AsyncDriver

from graph_model.places import PlaceQuestion, find_place
from graph_model.unknown_places import names_like, place_not_found

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]


async def found_as(driver: AsyncDriver, name: str) -> str | None:
    place = await find_place(driver, PlaceQuestion(name=name), None)
    return place["name"] if place else None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Coventry, West Midlands", "Coventry"),
        ("coventry west midlands", "Coventry"),
        ("studley wiltshire", "Studley, Wiltshire"),
        ("Studley, Warks", "Studley, Warwickshire"),
        ("Stratford, London", "Stratford, Newham"),
        ("Leicester, Leicestershire", "Leicester"),
        ("Rugby, Warwickshire, England, UK", "Rugby, Warwickshire"),
        ("Ross on Wye Herefordshire", "Ross on Wye, Herefordshire"),
        ("Newport Shropshire", "Newport, Telford and Wrekin"),
        ("St Ives, Cornwall", "St Ives, Cornwall"),
    ],
)
async def test_a_name_with_its_county_or_district_is_the_place_that_lies_there(
    directory: AsyncDriver, written: str, name: str
):
    assert await found_as(directory, written) == name


async def test_a_place_of_the_whole_name_comes_before_a_shorter_one(
    directory: AsyncDriver,
):
    assert await found_as(directory, "Stratford upon Avon") == (
        "Stratford-upon-Avon, Warwickshire"
    )


async def test_a_name_in_the_wrong_county_is_no_place_and_the_right_one_is_named(
    directory: AsyncDriver,
):
    assert await found_as(directory, "Studley, Kent") is None
    assert await names_like(directory, "Studley, Kent") == [
        "Studley, Warwickshire",
        "Studley, Wiltshire",
    ]


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("Covntry", "Coventry"),
        ("Lecester", "Leicester"),
        ("Shrewsbry shropshire", "Shrewsbury, Shropshire"),
        ("Ruby", "Rugby, Warwickshire"),
        ("Loughb", "Loughborough, Leicestershire"),
    ],
)
async def test_a_misspelt_name_is_never_guessed_and_the_nearest_is_offered(
    directory: AsyncDriver, written: str, nearest: str
):
    assert await found_as(directory, written) is None
    assert (await names_like(directory, written))[0] == nearest


@pytest.mark.parametrize("written", ["Atlantis", "xx", "the end of the long road"])
async def test_a_name_like_no_other_has_no_hint(directory: AsyncDriver, written: str):
    error = await place_not_found(directory, PlaceQuestion(name=written))

    assert str(error).startswith(
        f"The directory knows no place '{written}'. Give a postcode,"
    )


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Warwickshire", "too wide to say what is near"),
        ("hinckley & bosworth", "too wide to say what is near"),
        ("cv21 2aa", "give it as `postcode`"),
        ("W1", "give it as `postcode`"),
    ],
)
async def test_a_county_or_a_postcode_for_a_name_is_told_what_to_give_instead(
    directory: AsyncDriver, written: str, hint: str
):
    error = await place_not_found(directory, PlaceQuestion(name=written))

    assert hint in str(error)
    assert "Did you mean" not in str(error)


@pytest.mark.parametrize(("postcode", "name"), [("W1", "W1"), ("ec1", "EC1")])
async def test_a_district_of_london_is_found_without_its_letter(
    directory: AsyncDriver, postcode: str, name: str
):
    place = await find_place(directory, PlaceQuestion(postcode=postcode), None)

    assert place is not None
    assert (place["name"], place["resolved_by"]) == (name, "DISTRICT")


@pytest.mark.parametrize(
    "question",
    [
        PlaceQuestion(postcode="TR21 0AB"),
        PlaceQuestion(postcode="TR22 0"),
        PlaceQuestion(postcode="TR24"),
        PlaceQuestion(name="Hugh Town"),
        PlaceQuestion(latitude=49.95, longitude=-6.33),
    ],
    ids=lambda question: question.in_words(),
)
async def test_the_isles_of_scilly_have_their_commissioner_however_they_are_named(
    directory: AsyncDriver, question: PlaceQuestion
):
    place = await find_place(directory, question, None)

    assert place is not None
    assert place["commissioner"] is not None
    assert place["commissioner"]["name"] == "NHS Kernow CCG"
