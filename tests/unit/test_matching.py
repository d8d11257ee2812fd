"""The criteria's verdicts, the ways to a service, and the order of the options."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import (
    DAY,
    a_contract,
    a_service,
    a_setting,
    a_source,
    a_type,
    an_area,
)

from api.graphql.inputs import AgeInput, age_in_days
from api.graphql.types.person import AgeUnit
from graph_model.matching.case import Here, Person, Registration, Setting, age_in_words
from graph_model.matching.criteria import (
    judge_active,
    judge_age,
    judge_area,
    judge_contract,
    judge_gp_practice,
    judge_need,
    judge_opening,
    judge_sex,
)
from graph_model.matching.routes import route_to

# --- Running on the day ---------------------------------------------------------------


def test_a_planned_service_fails_until_a_source_says_that_it_opened():
    found = judge_active(a_service(status="PLANNED"), DAY)

    assert found["verdict"] == "FAIL"
    assert found["explanation"] == (
        "It is planned, and no source says that it has opened."
    )


def test_a_suspended_service_fails_however_well_it_is_vouched_for():
    assert judge_active(a_service(status="SUSPENDED"), DAY)["verdict"] == "FAIL"


def test_a_service_without_a_source_for_its_running_is_unknown():
    service = a_service(sources=[a_source(fields=["telephone"])])

    assert judge_active(service, DAY)["verdict"] == "UNKNOWN"


# --- Area -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "verdict"),
    [(1.0, "PASS"), (0.9996, "PASS"), (0.93, "UNKNOWN"), (0.0001, "UNKNOWN")],
)
def test_a_place_that_is_partly_in_the_area_is_not_certain(share, verdict):
    service = a_service(serves=[an_area("05A", "LIMITED")])

    assert judge_area(service, a_setting({"05A": share}))["verdict"] == verdict


def test_a_place_outside_a_limited_area_fails():
    service = a_service(serves=[an_area("05A", "LIMITED")])

    found = judge_area(service, a_setting({"05R": 1.0}))

    assert found["verdict"] == "FAIL"
    assert found["explanation"] == "It serves 05A only, and CV21 is not there."


def test_two_areas_of_a_kind_add_up_and_two_kinds_do_not():
    parts = a_service(serves=[an_area("05R", "LIMITED"), an_area("05H", "LIMITED")])
    overlapping = a_service(
        serves=[an_area("05R", "LIMITED"), an_area("E07", "LIMITED", "COUNTY")]
    )
    setting = a_setting({"05R": 0.6, "05H": 0.4, "E07": 0.4})

    assert judge_area(parts, setting)["verdict"] == "PASS"
    assert judge_area(overlapping, setting)["verdict"] == "UNKNOWN"


def test_where_sources_leave_an_area_open_it_is_unknown_and_without_areas_too():
    unclear = a_service(serves=[an_area("E10", "LIMITED"), an_area("E06", "UNKNOWN")])

    assert judge_area(unclear, a_setting({"E06": 1.0}))["verdict"] == "UNKNOWN"
    assert judge_area(unclear, a_setting({"E10": 1.0}))["verdict"] == "PASS"
    assert judge_area(unclear, a_setting({"E08": 1.0}))["verdict"] == "FAIL"
    assert judge_area(a_service(), a_setting({"E08": 1.0}))["verdict"] == "UNKNOWN"


def test_a_promoted_service_takes_people_from_elsewhere_too():
    service = a_service(serves=[an_area("05A", "PROMOTED")])

    assert judge_area(service, a_setting({"05R": 1.0}))["verdict"] == "PASS"


NORTH = Registration("NHS North CCG", frozenset({"05H"}))


def test_who_is_registered_with_a_limited_services_commissioner_is_taken_from_elsewhere():
    service = a_service(serves=[an_area("05H", "LIMITED")])

    found = judge_area(service, a_setting({"05A": 1.0}, registration=NORTH))

    assert found["verdict"] == "PASS"
    assert found["explanation"] == (
        "It serves 05H. CV21 is not there, but the GP practice is one of NHS North CCG, and "
        "registration counts."
    )


def test_a_registration_settles_a_place_on_the_border():
    service = a_service(serves=[an_area("05H", "LIMITED")])
    shares = {"05A": 0.6, "05H": 0.4}

    assert judge_area(service, a_setting(shares))["verdict"] == "UNKNOWN"
    assert judge_area(service, a_setting(shares, registration=NORTH))["verdict"] == (
        "PASS"
    )


def test_who_is_there_but_registered_elsewhere_is_taken_with_a_warning():
    service = a_service(serves=[an_area("05A", "LIMITED")])

    found = judge_area(service, a_setting({"05A": 1.0}, registration=NORTH))

    assert found["verdict"] == "PASS"
    assert found["explanation"] == (
        "It serves 05A, and CV21 is there. The GP practice is one of NHS North CCG: ask "
        "whether registration counts."
    )


def test_neither_there_nor_registered_there_fails():
    service = a_service(serves=[an_area("05R", "LIMITED")])

    found = judge_area(service, a_setting({"05A": 1.0}, registration=NORTH))

    assert found["verdict"] == "FAIL"
    assert found["explanation"] == (
        "It serves 05R only, and CV21 is not there, nor is the GP practice."
    )


def test_a_name_with_braces_is_shown_as_it_is():
    service = a_service(serves=[an_area("{}", "OPEN")])

    found = judge_area(service, a_setting({"{}": 1.0}))

    assert found["explanation"] == "It is open to anybody in {}."


# --- The person -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age_days", "verdict"),
    [(6573, "FAIL"), (6574, "PASS"), (None, "UNKNOWN")],
)
def test_an_adults_service_takes_people_from_18_years(age_days, verdict):
    service = a_service(ages="LIMITED", min_age_days=6574)

    assert judge_age(service, a_setting(age_days=age_days))["verdict"] == verdict


@pytest.mark.parametrize(
    ("value", "unit", "low", "high", "verdict"),
    [
        (3, "DAYS", None, 28, "PASS"),
        (3, "DAYS", 4, None, "FAIL"),
        (1, "MONTHS", None, 30, "PASS"),
        (129, "YEARS", 6574, None, "PASS"),
        (129, "YEARS", None, 43829, "FAIL"),
        (17, "YEARS", 6574, None, "FAIL"),
        (18, "YEARS", 6574, None, "PASS"),
        (216, "MONTHS", 6574, None, "PASS"),
    ],
)
def test_ages_at_the_edges_are_judged_in_days_as_the_dos_counts_them(
    value, unit, low, high, verdict
):
    service = a_service(ages="LIMITED", min_age_days=low, max_age_days=high)
    days = age_in_days(AgeInput(value=value, unit=AgeUnit[unit]))

    assert judge_age(service, a_setting(age_days=days))["verdict"] == verdict


@given(st.integers(0, 130), st.integers(0, 130))
def test_a_bound_in_years_takes_exactly_those_of_that_age_and_older(bound, age):
    low = age_in_days(AgeInput(value=bound, unit=AgeUnit.YEARS))
    service = a_service(ages="LIMITED", min_age_days=low)
    days = age_in_days(AgeInput(value=age, unit=AgeUnit.YEARS))

    found = judge_age(service, a_setting(age_days=days))

    assert (found["verdict"] == "PASS") == (age >= bound)


def test_no_stated_ages_are_unknown_and_all_ages_pass_without_an_age():
    assert judge_age(a_service(), a_setting(age_days=300))["verdict"] == "UNKNOWN"
    assert judge_age(a_service(ages="ALL"), a_setting())["verdict"] == "PASS"


def test_a_service_for_women_fails_men_and_waits_for_the_sex():
    service = a_service(sexes=["FEMALE"])

    assert judge_sex(service, a_setting(sex="FEMALE"))["verdict"] == "PASS"
    assert judge_sex(service, a_setting(sex="MALE"))["verdict"] == "FAIL"
    assert judge_sex(service, a_setting())["verdict"] == "UNKNOWN"
    assert judge_sex(service, a_setting(sex="INDETERMINATE"))["verdict"] == "FAIL"


def test_a_service_for_any_sex_takes_who_is_of_neither():
    anybody = a_service(sexes=["FEMALE", "MALE", "INDETERMINATE"])

    found = judge_sex(anybody, a_setting(sex="INDETERMINATE"))

    assert found["verdict"] == "PASS"
    assert (
        judge_sex(a_service(), a_setting(sex="INDETERMINATE"))["verdict"] == "UNKNOWN"
    )


def test_a_service_of_listed_practices_takes_their_patients_only():
    service = a_service(gp_registration="LISTED", gp_practices=["M84001"])

    def verdict(practice: str | None) -> str:
        return judge_gp_practice(service, a_setting(gp_practice=practice))["verdict"]

    assert verdict("M84001") == "PASS"
    assert verdict("M84002") == "FAIL"
    assert verdict(None) == "UNKNOWN"


# --- Need and contract ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("match", "verdict"),
    [("EXACT", "PASS"), ("BROADER", "PASS"), ("NARROWER", "UNKNOWN"), ("TYPE", "PASS")],
)
def test_a_service_for_a_part_of_the_need_is_not_known_to_meet_it(match, verdict):
    candidate = {"service": a_service(), "match": match, "met": ["Falls at home"]}

    assert judge_need(candidate)["verdict"] == verdict


def test_of_several_contracts_the_live_one_counts():
    ended = a_contract(slug="old", status="ENDED", end=date(2016, 11, 1))
    live = a_contract(slug="new")

    found, contract = judge_contract(a_service(contracts=[ended, live]), DAY)

    assert found["verdict"] == "PASS"
    assert contract is live


def test_a_stopped_procurement_is_no_contract():
    stopped = a_contract(status="PROCUREMENT_STOPPED", start=None, start_precision=None)

    found, contract = judge_contract(a_service(contracts=[stopped]), DAY)

    assert found["verdict"] == "FAIL"
    assert contract is None


def test_no_contract_that_a_source_names_is_unknown():
    assert judge_contract(a_service(), DAY)[0]["verdict"] == "UNKNOWN"


def test_where_every_contract_has_ended_it_fails_and_says_which_ended_last_and_when():
    ended = [
        a_contract(status="ENDED", end=date(2016, 11, 5), end_precision="DAY"),
        a_contract(title="An older", status="ENDED", end=date(2016, 4, 1)),
    ]

    found, contract = judge_contract(a_service(ended_contracts=ended), DAY)

    assert found["verdict"] == "FAIL"
    assert found["explanation"] == (
        "Its contract is not live: A contract ended 5 November 2016."
    )
    assert [each["slug"] for each in found["sources"]] == ["an-article"]
    assert contract is None


def test_a_contract_that_has_ended_says_nothing_where_another_may_be_live():
    ended = a_contract(status="ENDED", end=date(2016, 11, 5), end_precision="DAY")
    unknown = a_contract(start=None, start_precision=None, sources=[])

    found, _ = judge_contract(
        a_service(contracts=[unknown], ended_contracts=[ended]), DAY
    )

    assert found["verdict"] == "UNKNOWN"


def test_a_contract_that_has_ended_says_nothing_where_somebody_commissions_without_one():
    ended = a_contract(status="ENDED", end=date(2016, 11, 5), end_precision="DAY")
    commissioner = {"organisation": {"name": "A CCG"}, "lead": True, "source": None}

    found, _ = judge_contract(
        a_service(ended_contracts=[ended], commissioners=[commissioner]), DAY
    )

    assert found["verdict"] == "UNKNOWN"


# --- The way there --------------------------------------------------------------------

LINE = a_service(slug="line", accepts="ANYONE", type=a_type("130"))
HUB = a_service(
    slug="hub",
    accepts="LISTED",
    accepts_from=["NHS_111"],
    type=a_type("133"),
)
TREATMENT = a_service(slug="treatment", accepts="LISTED", accepts_from=["CLINICAL_HUB"])
SERVICES = {each["slug"]: each for each in (LINE, HUB, TREATMENT)}
OPEN = {"line": "PASS", "hub": "PASS"}
CHAINS = [["hub", "treatment"], ["line", "hub", "treatment"]]


def test_a_patient_reaches_the_treatment_through_the_line_and_the_hub():
    route = route_to(TREATMENT, "PATIENT", CHAINS, SERVICES, OPEN)

    assert [step["slug"] for step in route.services] == ["line", "hub", "treatment"]
    assert route.verdict == "PASS"


def test_the_hub_itself_refers_straight():
    route = route_to(TREATMENT, "CLINICAL_HUB", CHAINS, SERVICES, OPEN)

    assert [step["slug"] for step in route.services] == ["treatment"]


def test_nhs_111_starts_at_the_hub():
    route = route_to(TREATMENT, "NHS_111", CHAINS, SERVICES, OPEN)

    assert [step["slug"] for step in route.services] == ["hub", "treatment"]


def test_a_way_through_a_closed_service_is_none_and_through_an_unknown_one_unknown():
    closed = route_to(TREATMENT, "PATIENT", CHAINS, SERVICES, {**OPEN, "hub": "FAIL"})
    unknown = route_to(
        TREATMENT, "PATIENT", CHAINS, SERVICES, {**OPEN, "hub": "UNKNOWN"}
    )

    assert closed.verdict == "FAIL"
    assert unknown.verdict == "UNKNOWN"
    assert len(unknown.services) == 3


def test_without_a_way_a_listed_referrer_passes_and_another_fails():
    service = a_service(accepts="LISTED", accepts_from=["GP"])

    assert route_to(service, "GP", [], {}, {}).verdict == "PASS"
    assert route_to(service, "PATIENT", [], {}, {}).verdict == "FAIL"
    assert route_to(service, None, [], {}, {}).verdict == "UNKNOWN"
    assert route_to(a_service(), "GP", [], {}, {}).verdict == "UNKNOWN"


# --- Opening --------------------------------------------------------------------------


OUT_OF_HOURS = ["MONDAY-FRIDAY 18:30-08:00", "SATURDAY-SUNDAY 08:00-08:00"]


def at(text: str, asked: bool = True) -> Setting:
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return Setting(Person(), Here("CV21"), moment.date(), moment, 60, asked)


@pytest.mark.parametrize(
    ("moment", "verdict"),
    [
        ("2016-12-03 22:00", "PASS"),
        ("2016-12-05 12:00", "FAIL"),
        ("2016-12-05 18:00", "PASS"),
        ("2016-12-05 07:45", "UNKNOWN"),
        ("2016-12-26 12:00", "UNKNOWN"),
    ],
)
def test_a_service_fails_only_where_it_is_surely_closed(moment, verdict):
    service = a_service(opening=OUT_OF_HOURS)

    assert judge_opening(service, at(moment))["verdict"] == verdict


def test_without_a_time_nothing_fails_for_being_closed_and_the_days_hours_are_told():
    service = a_service(opening=OUT_OF_HOURS)

    for moment in ("2016-12-05 12:00", "2016-12-05 22:00"):
        found = judge_opening(service, at(moment, asked=False))
        assert found["verdict"] == "UNKNOWN"
        assert found["explanation"] == (
            "No time was asked for. On Monday 5 December 2016 it is open from 00:00 to "
            "08:00 and from 18:30 to 24:00."
        )


def test_without_a_time_what_is_open_day_and_night_passes():
    always = a_service(opening=["OPEN_ALL_HOURS"])
    out_of_hours = a_service(opening=OUT_OF_HOURS)

    found = judge_opening(always, at("2016-12-05 12:00", asked=False))
    on_saturday = judge_opening(out_of_hours, at("2016-12-03 12:00", asked=False))

    assert (found["verdict"], found["explanation"]) == (
        "PASS",
        "It is open day and night.",
    )
    assert on_saturday["verdict"] == "PASS"


def test_hours_without_a_source_that_vouches_for_them_are_not_known():
    service = a_service(
        opening=["OPEN_ALL_HOURS"], sources=[a_source(fields=["telephone"])]
    )

    found = judge_opening(service, at("2016-12-05 12:00"))

    assert found["verdict"] == "UNKNOWN"
    assert found["explanation"] == (
        "Whether it is open at 12:00 on Monday 5 December 2016 is not known: no source "
        "vouches for its hours on 5 December 2016."
    )


def test_no_stated_hours_are_not_known():
    found = judge_opening(a_service(), at("2016-12-05 12:00"))

    assert found["verdict"] == "UNKNOWN"
    assert found["explanation"] == "No source says when it is open."


@pytest.mark.parametrize(
    ("moment", "minutes", "verdict"),
    [
        ("2016-12-05 17:00", None, "FAIL"),
        ("2016-12-05 17:00", 90, "FAIL"),
        ("2016-12-05 17:00", 151, "PASS"),
        ("2016-12-05 17:00", 150, "FAIL"),
        ("2016-12-05 18:01", 30, "PASS"),
        ("2016-12-05 18:01", 0, "PASS"),
        ("2016-12-05 18:00", 10, "FAIL"),
        ("2016-12-05 12:00", 10080, "PASS"),
    ],
)
def test_a_service_has_to_be_open_within_the_dispositions_window(
    moment, minutes, verdict
):
    service = a_service(opening=OUT_OF_HOURS)
    case = replace(at(moment), within_minutes=minutes)

    assert judge_opening(service, case)["verdict"] == verdict


def test_the_window_is_said_with_what_was_found():
    service = a_service(opening=OUT_OF_HOURS)
    case = replace(at("2016-12-05 17:00"), within_minutes=180)

    assert judge_opening(service, case)["explanation"] == (
        "It is closed at 17:00 on Monday 5 December 2016, and opens in time, at 18:30. To be "
        "seen within 3 hours, the person needs it open between 17:00 and 19:00."
    )


def test_what_opens_in_time_passes_though_nobody_knows_whether_it_is_open_before():
    weekdays = a_service(opening=["TUESDAY-FRIDAY 09:00-17:00"])
    case = replace(at("2016-12-05 12:00"), within_minutes=2880)

    found = judge_opening(weekdays, case)

    assert found["verdict"] == "PASS"
    assert found["explanation"].startswith(
        "Whether it is open at 12:00 on Monday 5 December 2016 is not known, but it is in "
        "time, at 09:00 on Tuesday 6 December 2016. To be seen within 2 days,"
    )


@pytest.mark.parametrize(
    ("moment", "minutes", "words"),
    [
        ("2016-12-31 23:30", 60, "between 23:30 and 00:30 on Sunday 1 January 2017"),
        ("2017-03-26 00:30", 120, "between 00:30 GMT and 02:30 BST."),
        ("2016-10-30 00:30", 120, "between 01:30 BST and 01:30 GMT."),
    ],
)
def test_a_window_over_new_year_or_a_change_of_clocks_is_told_by_the_clocks(
    moment, minutes, words
):
    always = a_service(
        opening=["MONDAY-SUNDAY 00:00-00:00", "PUBLIC_HOLIDAY 00:00-00:00"],
        sources=[a_source(date(2016, 1, 1))],
    )
    case = replace(at(moment), within_minutes=minutes)

    found = judge_opening(always, case)

    assert found["verdict"] == "PASS"
    assert words in found["explanation"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (29, "29 days"),
        (30, "1 month"),
        (91, "3 months"),
        (365, "12 months"),
        (730, "2 years"),
        (2556, "7 years"),
        (5478, "15 years"),
        (31776, "87 years"),
    ],
)
def test_an_age_is_said_as_it_was_given_before_it_became_days(days, words):
    assert age_in_words(days) == words
