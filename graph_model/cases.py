"""The referral case: what a caller says of a person, checked before anything is asked of it."""

import re
from dataclasses import dataclass
from datetime import datetime

from graph_model.errors import BadUserInput
from graph_model.matching.refusals import Refused
from graph_model.places import PlaceQuestion
from graph_model.wording import wording

# ODS: a letter for the region, five digits; newer ones begin with Y.
GP_PRACTICE_CODE = re.compile(r"[A-Z][0-9]{5}")
MOST_KM = 200.0  # beyond that a search is for another place
MOST_MINUTES = 7 * 24 * 60  # the longest time frame of a disposition
MOST_REFUSED = 20


@dataclass(frozen=True)
class Case:
    """A referral case: a place, exactly one way of naming the need, and what else is known.

    `age_days` is in days (the DoS's conversion), `within_km` in kilometres in a straight line, `at` a moment with a
    time zone, `within_minutes` how soon after it the person is to be seen. `refused` are services that were offered before.
    """

    place: PlaceQuestion
    need_code: str | None = None
    need_text: str | None = None
    service_type: str | None = None
    age_days: int | None = None
    sex: str | None = None
    gp_practice: str | None = None
    referrer: str | None = None
    at: datetime | None = None
    within_km: float = 60.0
    within_minutes: int | None = None
    refused: tuple[Refused, ...] = ()

    @property
    def time_asked(self) -> bool:
        """Whether anybody said when the person is to be seen."""
        return self.at is not None or self.within_minutes is not None

    @property
    def need_kind(self) -> str:
        """By what the need is named; raises BadUserInput where it is not exactly one thing."""
        given = {
            "code": self.need_code,
            "text": self.need_text,
            "type": self.service_type,
        }
        kinds = [kind for kind, value in given.items() if value is not None]
        if len(kinds) != 1:
            raise BadUserInput(
                f"The need was given by {' and '.join(kinds) or 'nothing'}. Give exactly "
                "one: a code, a text or a serviceType."
            )
        return kinds[0]


def check(case: Case, first: int) -> None:
    """Refuse what cannot be asked. Raises BadUserInput."""
    if not 1 <= first <= 50:
        raise BadUserInput(f"first is {first}. Ask for 1 to 50 options.")
    if not 0 < case.within_km <= MOST_KM:
        raise BadUserInput(
            f"withinKm is {case.within_km:g}. Give more than 0 and at most {MOST_KM:g} km."
        )
    if case.within_minutes is not None and not (
        0 <= case.within_minutes <= MOST_MINUTES
    ):
        raise BadUserInput(
            f"withinMinutes is {case.within_minutes}. Give 0, for at once, to "
            f"{MOST_MINUTES}, which is 7 days."
        )
    if len(case.refused) > MOST_REFUSED:
        raise BadUserInput(
            f"refused names {len(case.refused)} services. Name at most {MOST_REFUSED}; "
            "leave out those that are not asked about any more."
        )
    practice = case.gp_practice
    if practice is not None and not GP_PRACTICE_CODE.fullmatch(practice):
        raise BadUserInput(
            f"gpPractice {practice[:20]!r} is not a GP practice's ODS code. A code "
            "has a letter and five digits, such as 'M84001'."
        )
    if case.need_kind == "text" and not wording(case.need_text or "").words:
        raise BadUserInput(
            "The need's text has no word in it. Say in a few words what the person needs."
        )
