"""The emergency department that is named where this may be an emergency."""

from made_up import a_service, a_setting

from graph_model.emergencies import emergency_advice, nearest

CHILDREN = a_service(
    slug="children", name="Children's", ages="LIMITED", max_age_days=5843
)
ADULTS = a_service(slug="adults", name="Adults'", ages="LIMITED", min_age_days=5844)
ANYBODY = a_service(slug="anybody", name="Anybody's", ages="ALL")


def named(*departments, **person) -> str:
    services = {each["slug"]: each for each in departments}
    found = {"departments": [[slug, 1000.0] for slug in services]}
    return nearest(found, services, a_setting(**person))


def test_a_department_for_other_ages_is_never_named():
    assert "Adults'" in named(CHILDREN, ADULTS, age_days=40 * 365)
    assert "Children's" in named(ADULTS, CHILDREN, age_days=3)
    assert named(CHILDREN, age_days=129 * 365) == (
        "The directory knows no emergency department within 60 km."
    )


def test_where_nobody_said_the_age_one_for_all_ages_is_named_before_a_nearer_one():
    assert "Anybody's" in named(CHILDREN, ADULTS, ANYBODY)
    assert "Children's" in named(CHILDREN, ADULTS)


def advised(age_days: int | None, code: str = "child-fever", departments=()) -> str:
    found = {
        "departments": departments,
        "for_a_department": False,
        "needs": [{"code": code, "score": 0.9}],
    }
    setting = a_setting(age_days=age_days)
    return emergency_advice(False, found, {"anybody": ANYBODY}, setting) or ""


def test_a_fever_calls_for_a_department_where_the_age_says_that_it_is_a_young_babys():
    assert "baby under three months" in advised(3)
    assert "Anybody's, 1.0 km" in advised(90, departments=[["anybody", 1000.0]])
    assert [advised(91), advised(None), advised(3, "sore-throat")] == ["", "", ""]


def test_a_department_that_nobody_looked_for_is_not_said_to_be_missing():
    assert advised(3).endswith("call 999 where getting there is not safe.")
