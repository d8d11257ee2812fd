"""Whether a case may be an emergency, and what to do first then."""

from collections.abc import Mapping

from graph_model.cases import Case
from graph_model.matching.case import Row, Setting
from graph_model.matching.criteria import judge_active, judge_age, judge_opening
from graph_model.matching.ranking import failed

NHS_111 = "130"  # DoS service types

# From this score on a need may well be what the words mean (docs/finding-needs.md).
LIKELY_MEANT = 0.55
EMERGENCY_TYPES = {"40", "105", "120", "121", "122", "138"}  # of the DoS

# NICE NG143: a baby under three months with 38 °C or more is at high risk of serious illness, whatever word was
# used for its fever.
YOUNG_BABY_DAYS = 91
FEVERS = {"child-fever", "young-baby-with-fever"}


def emergency_of(case: Case, found: Row) -> bool:
    """Whether the need, the words for it or the service type call for 999.

    Words that may well mean an emergency are taken for one.
    """
    if case.need_kind == "type":
        return case.service_type in EMERGENCY_TYPES
    return any(
        need["emergency"] and need["score"] >= LIKELY_MEANT for need in found["needs"]
    )


def emergency_advice(
    emergency: bool, found: Row, services: Mapping[str, Row], setting: Setting
) -> str | None:
    """What to do first in an emergency, or where the need is for an emergency department."""
    if emergency:
        return f"If this may be an emergency, call 999 now. {nearest(found, services, setting)}"
    if found["for_a_department"]:
        return (
            "This calls for an emergency department; call 999 where getting there is not "
            f"safe. {nearest(found, services, setting)}"
        )
    if fever_of_a_young_baby(found, setting):
        # Where there is enough else to offer, no department was looked for.
        where = nearest(found, services, setting) if found["departments"] else ""
        return (
            "A fever in a baby under three months calls for an emergency department; call "
            f"999 where getting there is not safe. {where}"
        ).strip()
    return None


def fever_of_a_young_baby(found: Row, setting: Setting) -> bool:
    """Whether the age says what the words did not."""
    age_days = setting.person.age_days
    return (
        age_days is not None
        and age_days < YOUNG_BABY_DAYS
        and any(
            need["code"] in FEVERS and need["score"] >= LIKELY_MEANT
            for need in found["needs"]
        )
    )


def nearest(found: Row, services: Mapping[str, Row], setting: Setting) -> str:
    """The nearest emergency department that is not known to be closed or for others.

    Where nobody said the age, one that is for children or for adults only is named where there is no other.
    """
    fitting = [
        (services[slug], metres)
        for slug, metres in found["departments"]
        if not failed(
            [
                judge_active(services[slug], setting.as_of),
                judge_age(services[slug], setting),
                judge_opening(services[slug], setting),
            ]
        )
    ]
    if not fitting:
        return "The directory knows no emergency department within 60 km."
    for_any_age = [
        each
        for each in fitting
        if each[0]["ages"] != "LIMITED" or setting.person.age_days is not None
    ]
    service, metres = (for_any_age or fitting)[0]
    return (
        "The nearest emergency department that the directory knows is "
        f"{service['name']}, {metres / 1000:.1f} km away."
    )
