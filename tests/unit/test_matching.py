"""The criteria's verdicts, the ways to a service, and the order of the options."""

from datetime import UTC, date, datetime

import pytest
from made_up import (
    DAY,
    a_candidate,
    a_contract,
    a_service,
    a_setting,
    a_source,
    a_type,
    an_area,
    unknown,
)

from graph_model.matching.case import Here, Person, Setting, age_in_words
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
from graph_model.matching.ranking import IN_AN_EMERGENCY, order
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


# --- The person -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age_days", "verdict"),
    [(6573, "FAIL"), (6574, "PASS"), (None, "UNKNOWN")],
)
def test_an_adults_service_takes_people_from_18_years(age_days, verdict):
    service = a_service(ages="LIMITED", min_age_days=6574)

    assert judge_age(service, a_setting(age_days=age_days))["verdict"] == verdict


def test_no_stated_ages_are_unknown_and_all_ages_pass_without_an_age():
    assert judge_age(a_service(), a_setting(age_days=300))["verdict"] == "UNKNOWN"
    assert judge_age(a_service(ages="ALL"), a_setting())["verdict"] == "PASS"


def test_a_service_for_women_fails_men_and_waits_for_the_sex():
    service = a_service(sexes=["FEMALE"])

    assert judge_sex(service, a_setting(sex="FEMALE"))["verdict"] == "PASS"
    assert judge_sex(service, a_setting(sex="MALE"))["verdict"] == "FAIL"
    assert judge_sex(service, a_setting())["verdict"] == "UNKNOWN"


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


# --- The order ------------------------------------------------------------------------


def test_options_stand_in_the_order_that_is_written_down():
    line = a_service(slug="999", type=a_type("138"))
    department = a_service(slug="ed", type=a_type("105"))
    limited = a_service(slug="limited", serves=[an_area("05A", "LIMITED")])
    in_order = [
        a_candidate("", service=line, criteria=unknown("CONTRACT", "AGE")),
        a_candidate("", service=department, distance_km=30.0),
        a_candidate("", service=limited),
        a_candidate("near", distance_km=1.0),
        a_candidate("far", distance_km=5.0),
        a_candidate("broader", match="BROADER", distance_km=0.1),
        a_candidate("doubtful", criteria=unknown("AGE"), distance_km=0.1),
        a_candidate("more-doubtful", criteria=unknown("AGE", "CONTRACT")),
        a_candidate("a-part", match="NARROWER"),
    ]

    mixed = in_order[5:] + in_order[:5]
    found = sorted(mixed, key=lambda each: order(each, IN_AN_EMERGENCY))

    assert found == in_order


def test_what_is_open_comes_before_what_may_be_where_a_time_was_asked_for():
    may_be = unknown("OPENING")
    in_order = [
        a_candidate("open", distance_km=9.0, time_asked=True),
        a_candidate("may-be", distance_km=1.0, time_asked=True, criteria=may_be),
        a_candidate("broader", match="BROADER", distance_km=0.1, time_asked=True),
    ]

    mixed = in_order[1:] + in_order[:1]
    found = sorted(mixed, key=lambda each: order(each))

    assert found == in_order


def test_without_a_time_the_nearer_comes_first_whatever_its_hours():
    in_order = [
        a_candidate("may-be", distance_km=1.0, criteria=unknown("OPENING")),
        a_candidate("open", distance_km=9.0),
    ]

    mixed = in_order[1:] + in_order[:1]
    found = sorted(mixed, key=lambda each: order(each))

    assert found == in_order


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
