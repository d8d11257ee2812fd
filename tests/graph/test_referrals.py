"""The main question, asked of the seeded directory as the people of its articles would ask it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_model.errors import BadUserInput, NeedNotFound, PlaceNotFound
from graph_model.places import PlaceQuestion
from graph_model.referrals import Case, referral_answer

pytestmark = pytest.mark.anyio

SATURDAY_NIGHT = datetime(2016, 12, 3, 22, 0, tzinfo=UTC)
GP_AT_NIGHT = "gp-out-of-hours"


async def answer(driver: AsyncDriver, as_of: date | None = None, **case) -> Any:
    place = case.pop("place", PlaceQuestion(postcode=case.pop("postcode", None)))
    return await referral_answer(driver, Case(place=place, **case), as_of)


def verdicts(option) -> dict[str, str]:
    return {each["kind"]: each["verdict"] for each in option["criteria"]}


async def test_a_patient_in_rugby_on_a_saturday_night_reaches_the_rugby_service(
    directory,
):
    found = await answer(
        directory, postcode="CV21", need_code=GP_AT_NIGHT, at=SATURDAY_NIGHT
    )

    first = found["options"][0]
    assert found["as_of"] == date(2016, 12, 3)
    assert found["notice"] == (
        "Historical directory, 30 November 2016. Do not refer anyone from it."
    )
    assert found["responsible"]["organisation"]["ods_code"] == "05A"
    assert found["responsible"]["by"] == "PLACE"
    assert first["service"]["slug"] == "gp-out-of-hours-rugby"
    assert first["service"]["provider"]["name"] == "Vocare"
    assert first["contract"]["slug"] == "gp-out-of-hours-rugby-contract"
    assert "05A" in [
        each["organisation"]["ods_code"] for each in first["contract"]["commissioners"]
    ]
    assert [step["slug"] for step in first["route"]] == [
        "nhs-111-west-midlands",
        "clinical-hub-west-midlands",
        "gp-out-of-hours-rugby",
    ]
    assert first["how_to_refer"][0]["address"] == "111"
    assert verdicts(first) == {
        "ACTIVE": "PASS",
        "NEED": "PASS",
        "DISTANCE": "PASS",
        "AREA": "PASS",
        "AGE": "PASS",
        "SEX": "PASS",
        "REFERRER": "PASS",
        "GP_PRACTICE": "UNKNOWN",
        "OPENING": "PASS",
        "CAPACITY": "UNKNOWN",
        "CONTRACT": "PASS",
    }


async def test_a_gp_service_is_open_all_weekend_and_closes_on_monday_morning(directory):
    found = await answer(
        directory, postcode="CV21", need_code=GP_AT_NIGHT, at=SATURDAY_NIGHT
    )

    first = found["options"][0]
    [opening] = [each for each in first["criteria"] if each["kind"] == "OPENING"]
    assert first["open"] == {
        "open_now": True,
        "opens_at": None,
        "closes_at": datetime(2016, 12, 5, 8, tzinfo=UTC),
        "reason": "ORDINARY_DAY",
    }
    assert opening["explanation"] == (
        "It is open at 22:00 on Saturday 3 December 2016, until 08:00 on Monday 5 December "
        "2016."
    )
    assert [source["slug"] for source in opening["sources"]] == [
        "gms-contracts-regulations-2015"
    ]


async def test_at_noon_on_a_monday_the_gp_service_is_a_near_miss_for_being_closed(
    directory,
):
    found = await answer(
        directory,
        postcode="CV21",
        need_code=GP_AT_NIGHT,
        at=datetime(2016, 12, 5, 12, tzinfo=UTC),
    )

    [miss] = [
        each
        for each in found["near_misses"]
        if each["service"]["slug"] == "gp-out-of-hours-rugby"
    ]
    offered = {option["service"]["slug"] for option in found["options"]}
    assert "gp-out-of-hours-rugby" not in offered
    assert miss["failed"]["kind"] == "OPENING"
    assert miss["failed"]["explanation"] == (
        "It is closed at 12:00 on Monday 5 December 2016, and opens at 18:30."
    )


async def test_without_a_time_a_service_is_not_hidden_for_being_closed(directory):
    found = await answer(
        directory, date(2016, 12, 5), postcode="CV21", need_code=GP_AT_NIGHT
    )

    first = found["options"][0]
    [opening] = [each for each in first["criteria"] if each["kind"] == "OPENING"]
    assert first["service"]["slug"] == "gp-out-of-hours-rugby"
    assert opening["verdict"] == "UNKNOWN"
    assert opening["explanation"] == (
        "No time was asked for. On Monday 5 December 2016 it is open from 00:00 to 08:00 "
        "and from 18:30 to 24:00."
    )
    assert first["open"]["reason"] == "ORDINARY_DAY"


async def test_the_numbers_that_are_always_there_are_open_on_christmas_night(directory):
    found = await answer(
        directory,
        postcode="CV21",
        need_code="chest-pain",
        at=datetime(2016, 12, 25, 3, tzinfo=UTC),
    )

    [emergency] = [
        option for option in found["options"] if option["service"]["slug"] == "999"
    ]
    assert emergency["rank"] == 1
    assert emergency["open"] == {
        "open_now": True,
        "opens_at": None,
        "closes_at": None,
        "reason": "OPEN_ALL_HOURS",
    }


@pytest.mark.parametrize(
    ("place", "service", "provider"),
    [
        ("Rugby", "gp-out-of-hours-rugby", "Vocare"),
        ("Hereford", "gp-out-of-hours-herefordshire", "Nestor Primecare"),
        ("Worcester", "gp-out-of-hours-worcestershire", "Care UK"),
        ("Redditch", "gp-out-of-hours-worcestershire", "Care UK"),
        ("Kidderminster", "gp-out-of-hours-worcestershire", "Care UK"),
        ("Cotteridge", "gp-out-of-hours-birmingham-south-central", "Badger Group"),
        (
            "West Bromwich",
            "gp-out-of-hours-sandwell-and-west-birmingham",
            "Nestor Primecare",
        ),
        ("Leamington Spa", "gp-out-of-hours-warwickshire", "Care UK"),
        ("Nuneaton", "gp-out-of-hours-warwickshire", "Care UK"),
    ],
)
async def test_each_newly_contracted_part_has_its_own_service_and_not_a_neighbours(
    directory, place, service, provider
):
    found = await answer(
        directory,
        date(2016, 12, 1),
        place=PlaceQuestion(name=place),
        need_code=GP_AT_NIGHT,
    )

    fitting = [
        option["service"]
        for option in found["options"]
        if option["service"]["slug"].startswith("gp-out-of-hours-")
    ]
    assert [each["slug"] for each in fitting] == [service]
    assert fitting[0]["provider"]["name"] == provider
    assert found["options"][0]["service"]["slug"] == service


async def test_coventry_has_an_ongoing_contract_varied_to_the_regional_specification(
    directory,
):
    found = await answer(
        directory, place=PlaceQuestion(name="Coventry"), need_code=GP_AT_NIGHT
    )

    first = found["options"][0]
    assert first["service"]["slug"] == "gp-out-of-hours-coventry"
    assert first["contract"]["status"] == "VARIED"
    assert first["contract"]["alliance"]["slug"] == (
        "west-midlands-integrated-urgent-care-alliance"
    )


async def test_on_1_october_2016_the_new_contracts_answer_for_nobody(directory):
    found = await answer(
        directory, date(2016, 10, 1), postcode="CV21", need_code=GP_AT_NIGHT
    )

    new = {"gp-out-of-hours-rugby", "nhs-111-west-midlands"}
    offered = {option["service"]["slug"] for option in found["options"]}
    missed = {miss["service"]["slug"] for miss in found["near_misses"]}
    assert found["as_of"] == date(2016, 10, 1)
    assert not new & (offered | missed)


async def test_inside_november_2016_nobody_knows_whether_the_service_has_begun(
    directory,
):
    found = await answer(
        directory, date(2016, 11, 15), postcode="CV21", need_code=GP_AT_NIGHT
    )

    [rugby] = [
        option
        for option in found["options"]
        if option["service"]["slug"] == "gp-out-of-hours-rugby"
    ]
    assert verdicts(rugby)["ACTIVE"] == "UNKNOWN"
    assert verdicts(rugby)["CONTRACT"] == "UNKNOWN"


async def test_years_later_nobody_has_verified_the_service(directory):
    found = await answer(
        directory, date(2026, 11, 22), postcode="CV21", need_code=GP_AT_NIGHT
    )

    [rugby] = [
        option
        for option in found["options"]
        if option["service"]["slug"] == "gp-out-of-hours-rugby"
    ]
    assert verdicts(rugby)["ACTIVE"] == "UNKNOWN"
    assert verdicts(rugby)["CONTRACT"] == "UNKNOWN"
    assert found["responsible"]["organisation"]["kind"] == "ICB"


async def test_a_service_whose_contract_has_ended_is_a_near_miss_from_that_day_on(
    directory,
):
    line = "nhs-111-west-midlands"

    before = await answer(
        directory, date(2019, 11, 4), postcode="CV21", service_type="130"
    )
    after = await answer(
        directory, date(2019, 11, 5), postcode="CV21", service_type="130"
    )

    assert line in [each["service"]["slug"] for each in before["options"]]
    assert line not in [each["service"]["slug"] for each in after["options"]]
    [missed] = [
        each for each in after["near_misses"] if each["service"]["slug"] == line
    ]
    assert missed["failed"]["kind"] == "CONTRACT"
    assert missed["failed"]["explanation"] == (
        "Its contract is not live: NHS 111, West Midlands ended 5 November 2019."
    )


async def test_a_woman_of_87_in_stratford_finds_the_district_nurses(directory):
    found = await answer(
        directory,
        place=PlaceQuestion(name="Stratford-on-Avon"),
        need_code="district-nursing",
        age_days=int(87 * 365.25),
    )

    first = found["options"][0]
    assert first["service"]["slug"] == "district-nursing-south-warwickshire"
    assert first["service"]["provider"]["ods_code"] == "RJC"
    assert verdicts(first)["AREA"] == "PASS"
    assert verdicts(first)["AGE"] == "UNKNOWN"


async def test_end_of_life_care_in_rugby_is_found_and_its_contract_is_unknown(
    directory,
):
    found = await answer(
        directory, place=PlaceQuestion(name="Rugby"), need_code="end-of-life-care"
    )

    first = found["options"][0]
    assert first["service"]["slug"] == "end-of-life-care-rugby"
    assert first["contract"] is None
    assert verdicts(first)["CONTRACT"] == "UNKNOWN"


async def test_a_mental_health_crisis_in_loughborough_finds_the_crisis_teams_first(
    directory,
):
    found = await answer(
        directory,
        place=PlaceQuestion(name="Loughborough"),
        need_code="mental-health-crisis",
    )

    slugs = [option["service"]["slug"] for option in found["options"]]
    assert slugs[:2] == [
        "crisis-resolution-team-leicestershire-partnership",
        "crisis-response-team-leicestershire",
    ]
    assert not any("clinical-care-hub" in slug for slug in slugs)


@pytest.mark.parametrize(
    ("place", "verdict"), [("Coalville", "PASS"), ("Oakham", "UNKNOWN")]
)
async def test_the_acute_visiting_service_is_leicestershires_as_far_as_sources_say(
    directory, place, verdict
):
    found = await answer(
        directory,
        place=PlaceQuestion(name=place),
        need_code="urgent-home-visit",
        referrer="GP",
    )

    [visits] = [
        option
        for option in found["options"]
        if option["service"]["slug"] == "acute-visiting-service-leicestershire"
    ]
    assert verdicts(visits)["AREA"] == verdict


@pytest.mark.parametrize("place", ["Rugby", "Truro", "Carlisle", "Whitstable"])
async def test_chest_pain_anywhere_is_999_first(directory, place):
    found = await answer(
        directory, place=PlaceQuestion(name=place), need_text="chest pain"
    )

    assert found["emergency_advice"].startswith(
        "If this may be an emergency, call 999 now."
    )
    assert found["options"][0]["service"]["telephone"] == "999"


async def test_a_planned_service_is_never_an_option(directory):
    found = await answer(
        directory,
        date(2016, 11, 30),
        place=PlaceQuestion(name="Loughborough"),
        service_type="133",
    )

    assert not [
        option["service"]["slug"]
        for option in found["options"]
        if option["service"]["status"] == "PLANNED"
    ]


async def test_where_nothing_fits_there_is_what_is_always_there(directory):
    found = await answer(
        directory,
        place=PlaceQuestion(latitude=52.37, longitude=-1.26),
        need_code="fall-at-home",
    )

    assert found["options"] == []
    assert [option["service"]["slug"] for option in found["fallback"]][:2] == [
        "nhs-111-west-midlands",
        "university-hospital-coventry-emergency-department",
    ]
    assert found["fallback"][0]["why_here"] == (
        "Always there, where nothing in the directory fits."
    )


async def test_unknown_never_ranks_above_what_is_known_to_fit(directory):
    found = await answer(
        directory, postcode="CV21", need_code=GP_AT_NIGHT, at=SATURDAY_NIGHT
    )

    deciding = {
        "ACTIVE",
        "NEED",
        "DISTANCE",
        "AREA",
        "AGE",
        "SEX",
        "REFERRER",
        "CONTRACT",
    }
    unknowns = [
        sum(
            verdict == "UNKNOWN"
            for kind, verdict in verdicts(option).items()
            if kind in deciding
        )
        for option in found["options"]
    ]
    assert unknowns == sorted(unknowns)
    assert unknowns[0] == 0


async def test_every_verdict_has_words_and_every_known_fact_its_sources(directory):
    found = await answer(
        directory, postcode="CV21", need_code=GP_AT_NIGHT, at=SATURDAY_NIGHT
    )

    # Distance to what comes to the person is no fact of a source.
    for option in found["options"]:
        for each in option["criteria"]:
            assert each["explanation"].endswith(".")
            if each["verdict"] == "PASS" and option["distance_km"] is None:
                assert each["sources"] or each["kind"] == "DISTANCE", each


async def test_an_unknown_place_and_an_unknown_need_say_what_to_do(directory):
    with pytest.raises(PlaceNotFound, match="knows no place 'Atlantis'"):
        await answer(
            directory, place=PlaceQuestion(name="Atlantis"), need_code=GP_AT_NIGHT
        )
    with pytest.raises(NeedNotFound, match="call 999"):
        await answer(directory, postcode="CV21", need_code="no-such-need")
    with pytest.raises(BadUserInput, match="Give exactly one"):
        await answer(directory, postcode="CV21")


async def test_the_gp_practice_decides_who_is_responsible_and_the_answer_says_so(
    directory,
):
    found = await answer(
        directory,
        place=PlaceQuestion(name="Rugby"),
        need_code=GP_AT_NIGHT,
        gp_practice="C82010",
    )

    responsible = found["responsible"]
    assert responsible["by"] == "GP_REGISTRATION"
    assert responsible["organisation"]["ods_code"] == "03W"
    assert responsible["explanation"] == (
        "Oakham Medical Practice (C82010) is a practice of NHS East Leicestershire and "
        "Rutland CCG. The place lies in the area of NHS Coventry and Rugby CCG: the two "
        "differ, and the registration counts."
    )


async def test_an_unknown_practice_leaves_responsibility_unknown(directory):
    found = await answer(
        directory,
        place=PlaceQuestion(name="Rugby"),
        need_code=GP_AT_NIGHT,
        gp_practice="Z99999",
    )

    assert found["responsible"]["by"] == "UNKNOWN"
    assert found["responsible"]["organisation"] is None


async def test_the_nearest_areas_come_first_among_the_near_misses(directory):
    found = await answer(
        directory, date(2016, 12, 1), postcode="CV21", need_code=GP_AT_NIGHT
    )

    misses = [miss["service"]["slug"] for miss in found["near_misses"]]
    assert misses[0] == "gp-out-of-hours-coventry"
    assert found["near_misses"][0]["failed"]["explanation"] == (
        "It serves Coventry only, and CV21 is not there."
    )


async def test_where_no_contract_is_known_the_answer_says_who_commissions(directory):
    found = await answer(
        directory, place=PlaceQuestion(name="Rugby"), need_code="end-of-life-care"
    )

    [contract] = [
        each for each in found["options"][0]["criteria"] if each["kind"] == "CONTRACT"
    ]
    assert contract["explanation"] == (
        "No source says under which contract it is provided. NHS Coventry and Rugby CCG "
        "commissions it."
    )
    assert contract["sources"][0]["certainty"] == "DERIVED"


@pytest.mark.parametrize(
    "text", ["dad has gone grey and sweaty with chest pain", "I took an overdose"]
)
async def test_in_an_emergency_999_is_first_whatever_the_need_was_taken_for(
    directory, text
):
    found = await answer(directory, postcode="CV21 2", need_text=text)

    assert found["emergency_advice"]
    assert found["options"][0]["service"]["slug"] == "999"
    assert found["options"][0]["why_here"] == (
        "Before all others, because this may be an emergency."
    )


async def test_what_calls_for_a_department_has_one_first_and_says_so(directory):
    found = await answer(
        directory, postcode="CV21 2", need_code="young-baby-with-fever"
    )

    assert found["emergency_advice"].startswith(
        "This calls for an emergency department; call 999 where getting there is not safe."
    )
    assert found["options"][0]["service"]["type"]["code"] == "105"


async def test_a_doubtful_area_is_not_said_to_be_served(directory):
    found = await answer(
        directory,
        place=PlaceQuestion(name="Oakham"),
        need_code="urgent-home-visit",
        referrer="GP",
    )

    assert found["options"][0]["why_here"] == (
        "Not known: area, age, sex, contract; for exactly this need."
    )


async def test_namesakes_are_told_apart_by_the_names_that_they_are_shown_with(
    directory,
):
    first = await answer(
        directory, place=PlaceQuestion(name="Studley"), need_code=GP_AT_NIGHT
    )
    other = first["place"]["alternatives"][0]["name"]
    second = await answer(
        directory, place=PlaceQuestion(name=other), need_code=GP_AT_NIGHT
    )

    assert first["place"]["name"] == "Studley, Warwickshire"
    assert (
        "Other places of that name: Studley, Wiltshire"
        in (first["place"]["explanation"])
    )
    assert second["place"]["name"] == "Studley, Wiltshire"
    assert first["options"][0]["service"]["slug"] == "gp-out-of-hours-warwickshire"


async def test_a_malformed_practice_code_is_refused(directory):
    with pytest.raises(BadUserInput, match="a letter and five digits"):
        await answer(
            directory, postcode="CV21", need_code=GP_AT_NIGHT, gp_practice="05A"
        )


async def test_an_age_in_years_comes_back_as_it_was_given(directory):
    found = await answer(
        directory,
        place=PlaceQuestion(name="Loughborough"),
        need_code="mental-health-crisis",
        age_days=int(15 * 365.25),
    )

    ages = [
        each["explanation"]
        for option in [*found["options"], *found["near_misses"]]
        for each in option["criteria"]
        if each["kind"] == "AGE" and "this person" in each["explanation"]
    ]
    assert all("this person is 15 years old" in words for words in ages)
