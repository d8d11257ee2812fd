"""Whether a person may enter a step of a pathway, as far as a program can judge it."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from graph_model.matching.case import ROLES, Here, Person, Row, age_in_words
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN, all_of

WHOLE = 0.999  # shares are rounded to four decimals


class Entering(NamedTuple):
    """Who would enter: the person, where they are, what they need, and who commissions for them.

    `needs` are the codes of the need and of all that are broader; empty: not given. `registered_with` are
    the slugs and ODS codes of the person's practice and of its commissioner; empty: not known.
    """

    person: Person
    here: Here
    needs: Collection[str] = ()
    registered_with: Collection[str] = ()


class Entry(NamedTuple):
    """A verdict and why."""

    verdict: str
    explanation: str


def may_enter(step: Row, who: Entering) -> Entry:
    """Whether somebody may enter a step: all of its criteria must hold; what is not known is told first."""
    judged = [judge_entry(each, who) for each in step["entry_criteria"]]
    verdict = all_of(each.verdict for each in judged)
    if not judged:
        return Entry(PASS, "Anybody may enter.")
    words = [each.explanation for each in judged if each.verdict == verdict]
    return Entry(verdict, " ".join(words))


def judge_entry(criterion: Row, who: Entering) -> Entry:
    """Whether one criterion holds; in words alone it is for a person to judge, and UNKNOWN."""
    parts = list(parts_of(criterion, who))
    if not parts:
        return Entry(UNKNOWN, f"{criterion['text']}: this is for a person to judge.")
    verdict = all_of(part.verdict for part in parts)
    words = [part.explanation for part in parts if part.verdict == verdict]
    return Entry(verdict, f"{criterion['text']}: {' '.join(words)}")


def parts_of(criterion: Row, who: Entering) -> Iterator[Entry]:
    """A verdict for each value that the criterion has."""
    low, high = criterion["min_age_days"], criterion["max_age_days"]
    if low is not None or high is not None:
        yield age_fits(low, high, who.person.age_days)
    if criterion["sexes"]:
        fits = who.person.sex in criterion["sexes"]
        yield one_of(fits, who.person.sex is not None, "the sex")
    if criterion["referrers"]:
        fits = who.person.referrer in criterion["referrers"]
        role = ROLES.get(who.person.referrer or "", "nobody")
        yield one_of(fits, who.person.referrer is not None, f"the referral by {role}")
    if criterion["needs"]:
        fits = any(need["code"] in who.needs for need in criterion["needs"])
        yield one_of(fits, bool(who.needs), "the need")
    if criterion["registered_with"]:
        names = {
            name
            for each in criterion["registered_with"]
            for name in (each["slug"], each["ods_code"])
        }
        fits = bool(names & set(who.registered_with))
        yield one_of(fits, bool(who.registered_with), "the registration with a GP")
    if criterion["areas"]:
        yield area_fits(criterion["areas"], who.here)


def age_fits(low: int | None, high: int | None, age: int | None) -> Entry:
    """Whether an age in days is within the bounds, either of which may be None."""
    if age is None:
        return Entry(UNKNOWN, "the age was not given.")
    fits = (low is None or low <= age) and (high is None or age <= high)
    words = f"this person is {age_in_words(age)} old."
    return Entry(PASS if fits else FAIL, words)


def area_fits(areas: list[Row], here: Here) -> Entry:
    """Whether a place lies in one of the areas; a part of it does not settle it."""
    share = sum(here.shares.get(area["code"], 0) for area in areas)
    if share >= WHOLE:
        return Entry(PASS, f"{here.name} is there.")
    if share > 0:
        return Entry(UNKNOWN, f"a part of {here.name} is there.")
    if not here.shares:
        return Entry(UNKNOWN, f"in which areas {here.name} lies is not known.")
    return Entry(FAIL, f"{here.name} is elsewhere.")


def one_of(fits: bool, given: bool, what: str) -> Entry:
    """Whether a value is among those that are meant."""
    if not given:
        subject = "the referrer" if what.startswith("the referral") else what
        return Entry(UNKNOWN, f"{subject} was not given.")
    return (
        Entry(PASS, f"{what} fits.") if fits else Entry(FAIL, f"{what} does not fit.")
    )
