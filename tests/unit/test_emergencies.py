"""The emergency department that is named where this may be an emergency."""

from made_up import a_service, a_setting

from graph_model.emergencies import nearest

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
