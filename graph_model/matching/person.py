"""Whether a service takes this person: age, sex, GP practice, and whoever refers them."""

from functools import lru_cache
from typing import Any

from graph_model.matching.case import Row, Setting, age_in_words
from graph_model.matching.citing import criterion, sources_for, unique
from graph_model.matching.routes import Route
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN

SEXES = {"FEMALE": "women and girls", "MALE": "men and boys", "INDETERMINATE": "others"}


def judge_age(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service takes people of this age."""
    sources = sources_for(service, "ages", "min_age_days", "max_age_days")
    age = setting.person.age_days
    if service["ages"] == "ALL":
        return criterion("AGE", PASS, "It takes people of all ages.", sources)
    if service["ages"] is None:
        return criterion("AGE", UNKNOWN, "No source says for which ages it is.")
    low, high = service["min_age_days"], service["max_age_days"]
    limits = ages_in_words(low, high)
    if age is None:
        return criterion(
            "AGE", UNKNOWN, f"It takes people {limits}; the age was not given.", sources
        )
    fits = (low is None or low <= age) and (high is None or age <= high)
    return criterion(
        "AGE",
        PASS if fits else FAIL,
        f"It takes people {limits}; this person is {age_in_words(age)} old.",
        sources,
    )


@lru_cache(maxsize=1024)
def ages_in_words(low: int | None, high: int | None) -> str:
    """The ages that a service takes, of these bounds in days: "from 18 years", "up to 16 years", …"""
    words = [
        f"from {age_in_words(low)}" if low else "",
        f"up to {age_in_words(high)}" if high is not None else "",
    ]
    return " ".join(filter(None, words)) or "of all ages"


def judge_sex(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service takes people of this sex."""
    sources = sources_for(service, "sexes")
    sexes, sex = service["sexes"], setting.person.sex
    if sexes is None:
        return criterion(
            "SEX", UNKNOWN, "No source says whether it is for one sex only."
        )
    if len(sexes) == len(SEXES):
        return criterion("SEX", PASS, "It takes people of any sex.", sources)
    takes = " and ".join(SEXES[each] for each in sexes)
    if sex is None:
        return criterion(
            "SEX", UNKNOWN, f"It is for {takes}; the sex was not given.", sources
        )
    return criterion(
        "SEX", PASS if sex in sexes else FAIL, f"It is for {takes}.", sources
    )


def judge_referrer(service: Row, setting: Setting, route: Route) -> dict[str, Any]:
    """Whether this referrer can get the person there, straight or by the services before it."""
    sources = sources_for(service, "accepts_from", "refers_on_to")
    if len(route.services) > 1:
        way = ", then ".join(step["name"] for step in route.services[:-1])
        words = f"Reached through {way}."
        if route.verdict == UNKNOWN:
            words = (
                f"Reached through {way}; whether all of the way is open is not known."
            )
        via = [
            source
            for step in route.services[:-1]
            for source in sources_for(step, "accepts_from", "refers_on_to")
        ]
        return criterion(
            "REFERRER", route.verdict, words, unique([*sources, *via])[:10]
        )
    return criterion("REFERRER", route.verdict, route.reason, sources)


def judge_gp_practice(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service takes patients of this GP practice."""
    sources = sources_for(service, "gp_registration", "gp_practices")
    practice = setting.person.gp_practice
    if service["gp_registration"] == "ANY":
        return criterion(
            "GP_PRACTICE", PASS, "It takes patients of any GP practice.", sources
        )
    if service["gp_registration"] is None:
        return criterion(
            "GP_PRACTICE",
            UNKNOWN,
            "No source says whether it is for patients of certain GP practices only.",
        )
    if practice is None:
        return criterion(
            "GP_PRACTICE",
            UNKNOWN,
            "It is for patients of certain GP practices; the practice was not given.",
            sources,
        )
    listed = practice in service["gp_practices"]
    return criterion(
        "GP_PRACTICE",
        PASS if listed else FAIL,
        f"It is for patients of certain GP practices, and {practice} is "
        f"{'one' if listed else 'none'} of them.",
        sources,
    )
