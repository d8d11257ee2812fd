"""The rows of a plan: a pathway as it runs for a place, a date and a person."""

from datetime import date, datetime
from typing import TypedDict

from graph_model.rows import (
    NearMissRow,
    OptionRow,
    OrganisationRow,
    PathwayRow,
    PlaceRow,
    ResponsibilityRow,
    ServiceRow,
    SourceRow,
    StepRow,
    TransitionRow,
)


class WayRoundRow(TypedDict):
    """What may be done about a step that nobody takes."""

    # OPENS_LATER, ROOM_LATER, ANOTHER_REFERRER, FARTHER_AWAY, NEIGHBOURING_COMMISSIONER, FOR_OTHERS
    kind: str
    explanation: str
    commissioner: OrganisationRow | None  # whose service it is, of a neighbour's
    opens_at: datetime | None
    miss: NearMissRow


class PlannedStepRow(TypedDict):
    """A step with who takes it, or why nobody is known to."""

    step: StepRow
    pathway: PathwayRow
    state: str  # TAKEN, IN_DOUBT, GAP, UNKNOWN, NOT_FOR_THIS_PERSON
    entry: str  # PASS, FAIL, UNKNOWN: whether the person may enter the step
    entry_explanation: str
    option: OptionRow | None
    alternatives: list[OptionRow]
    referred_by: str | None  # who refers the person; None: whoever asks
    gap: str | None
    reason: str | None  # of a gap, or of what is not known
    explanation: str
    sources: list[SourceRow]  # who declares the directory complete
    ways_round: list[WayRoundRow]


class HandOverRow(TypedDict):
    """Who hands a person over to whom, from one step to another."""

    pathway: PathwayRow
    start: StepRow
    end: StepRow
    way: TransitionRow
    giver: ServiceRow | None
    taker: ServiceRow | None
    stated: bool  # whether the directory has it that the one refers on to the other


class PlanRow(TypedDict):
    """A pathway as it runs for a place, a date and a person."""

    as_of: date
    at: datetime
    time_asked: (
        bool  # False: nobody said when, and nothing is left out for being closed
    )
    notice: str | None
    pathway: PathwayRow
    place: PlaceRow
    responsible: ResponsibilityRow
    adopted: (
        bool | None
    )  # whether whoever is responsible adopted it; None: nobody is known
    notes: list[str]
    steps: list[PlannedStepRow]
    complete: bool | None
    longest_minutes: int | None
    stated_minutes: int
    longest_explanation: str
    hand_overs: list[HandOverRow]
