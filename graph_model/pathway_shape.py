"""The shape of a pathway: whether everybody who enters it can get through it and out again.

Pure functions over steps in order, as a file or the graph gives them (`StepRow` in rows.py): the first
is where a person enters, and a step marked `exit` is one where the pathway may end.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import Any, NamedTuple

Steps = Sequence[Any]
Loc = tuple[str | int, ...]

# What a program needs to judge a criterion of this kind: one of these values.
VALUES_OF_KIND = {
    "AGE": ("min_age_days", "max_age_days"),
    "SEX": ("sexes",),
    "NEED": ("needs",),
    "AREA": ("areas",),
    "GP_PRACTICE": ("registered_with",),
    "REFERRER": ("referrers",),
}


class ShapeFault(NamedTuple):
    """A fault: where in the pathway it stands, what was found, what is allowed."""

    loc: Loc
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.found}; {self.allowed}"


def shape_faults(steps: Steps) -> list[ShapeFault]:
    """Every fault in the shape of a pathway with these steps; none: it may be published."""
    return [
        *named_steps_faults(steps),
        *doubled_transitions(steps),
        *stages_apart(steps),
        *impossible_ages(steps),
        *unreachable_steps(steps),
        *dead_ends(steps),
        *endless_circles(steps),
    ]


def named_steps_faults(steps: Steps) -> list[ShapeFault]:
    """The faults without which each way leads to one step: even a draft may not have them."""
    return [*doubled_steps(steps), *steps_to_nowhere(steps)]


def doubled_steps(steps: Steps) -> Iterator[ShapeFault]:
    """Steps that have the slug of an earlier one."""
    seen: set[str] = set()
    for position, step in enumerate(steps):
        if step["slug"] in seen:
            yield ShapeFault(
                ("steps", position, "slug"),
                f"two steps have the slug {step['slug']!r}",
                "give each its own",
            )
        seen.add(step["slug"])


def steps_to_nowhere(steps: Steps) -> Iterator[ShapeFault]:
    """Transitions to a step that the pathway does not have."""
    slugs = [step["slug"] for step in steps]
    for loc, step, transition in transitions(steps):
        to = transition["to"]
        if to not in slugs:
            likely = get_close_matches(to, slugs, n=1)
            hint = f"did you mean {likely[0]!r}? " if likely else ""
            yield ShapeFault(
                (*loc, "to"),
                f"{step['slug']!r} leads to {to!r}",
                f"{hint}the steps of this pathway are {', '.join(slugs)}",
            )


def doubled_transitions(steps: Steps) -> Iterator[ShapeFault]:
    """Transitions that say the same as an earlier one, or that lead back to their own step."""
    seen: set[tuple[str, str, str | None]] = set()
    for loc, step, transition in transitions(steps):
        way = step["slug"], transition["to"], transition.get("condition")
        if way[0] == way[1]:
            yield ShapeFault(
                (*loc, "to"),
                f"{way[0]!r} leads to itself",
                "a step that is repeated is one step; say in its name that it is repeated",
            )
        elif way in seen:
            yield ShapeFault(
                loc,
                f"{way[0]!r} leads to {way[1]!r} twice on the same condition",
                "write each way once",
            )
        seen.add(way)


def stages_apart(steps: Steps) -> Iterator[ShapeFault]:
    """Stages whose steps do not stand together: they are shown as one, in order."""
    seen: set[str] = set()
    numbered = enumerate(steps)
    for stage, members in groupby(numbered, key=lambda each: each[1]["stage"]):
        position, step = next(members)
        if stage in seen:
            yield ShapeFault(
                ("steps", position, "stage"),
                f"{step['slug']!r} stands apart from the other steps of the stage {stage!r}",
                "put the steps of a stage together, or give this stage a name of its own",
            )
        seen.add(stage)


def unreachable_steps(steps: Steps) -> Iterator[ShapeFault]:
    """Steps to which no way leads from the first."""
    if not steps:
        return
    first = steps[0]["slug"]
    reached = reachable([first], onward_of(steps))
    for position, step in enumerate(steps):
        if step["slug"] not in reached:
            yield ShapeFault(
                ("steps", position, "slug"),
                f"nobody reaches {step['slug']!r}",
                f"let a step that is reached from {first!r}, where the pathway begins, "
                "lead to it, or take it out",
            )


def dead_ends(steps: Steps) -> Iterator[ShapeFault]:
    """Steps from which nothing follows, and that are no exit."""
    for position, step in enumerate(steps):
        if not step["next"] and not step.get("exit"):
            yield ShapeFault(
                ("steps", position, "slug"),
                f"nothing follows {step['slug']!r}",
                "say in `next` what does, or write `exit: true` if the pathway ends there",
            )


def endless_circles(steps: Steps) -> Iterator[ShapeFault]:
    """Circles of steps out of which no way leads to an exit; each is told once, by its first step."""
    onward = onward_of(steps)
    backward: dict[str, list[str]] = {step["slug"]: [] for step in steps}
    for slug, following in onward.items():
        for to in following:
            backward[to].append(slug)
    # A dead end is a fault of its own, told above.
    ends = [step["slug"] for step in steps if step.get("exit") or not step["next"]]
    free = reachable(ends, backward)
    caught = [slug for slug in onward if slug not in free]
    told: set[str] = set()
    after = {slug: reachable(onward[slug], onward) for slug in caught}
    for position, step in enumerate(steps):
        slug = step["slug"]
        circle = [
            other
            for other in caught
            if other in after.get(slug, ()) and slug in after[other]
        ]
        if slug in circle and slug not in told:
            told.update(circle)
            yield ShapeFault(
                ("steps", position, "slug"),
                f"there is no way out of {' → '.join([*circle, circle[0]])}",
                "let one of these steps lead to an exit, or be one: `exit: true`",
            )


def impossible_ages(steps: Steps) -> Iterator[ShapeFault]:
    """Steps whose entry criteria together leave no age at which anybody could enter."""
    for position, step in enumerate(steps):
        criteria = step.get("entry_criteria") or []
        least = max((each.get("min_age_days") or 0 for each in criteria), default=0)
        most = [
            each["max_age_days"]
            for each in criteria
            if each.get("max_age_days") is not None
        ]
        if most and min(most) < least:
            yield ShapeFault(
                ("steps", position, "entry_criteria"),
                f"nobody is at least {least} days old and at most {min(most)}",
                "turn the ages round, or make two steps of it",
            )


def criterion_fault(criterion: Any) -> tuple[str, str] | None:
    """What is wrong with a single entry criterion: what was found, what is allowed."""
    least, most = criterion.get("min_age_days"), criterion.get("max_age_days")
    if least is not None and most is not None and most < least:
        return f"max_age_days {most} is below min_age_days {least}", "turn them round"
    kind = criterion.get("kind")
    values = VALUES_OF_KIND.get(kind) if kind else ()
    if kind and values is None:
        return (
            f"kind {kind}",
            f"write one of {', '.join(VALUES_OF_KIND)}, or leave kind out",
        )
    if values and all(criterion.get(name) in (None, []) for name in values):
        return (
            f"kind {kind} without {' or '.join(values)}",
            "give what a program shall judge, or leave kind out where only a person can",
        )
    return None


def kind_of(criterion: Any) -> str | None:
    """The kind that a criterion says it has, or else the first of which it has values."""
    if criterion.get("kind"):
        return criterion["kind"]
    for kind, names in VALUES_OF_KIND.items():
        if any(criterion.get(name) not in (None, []) for name in names):
            return kind
    return None


def transitions(steps: Steps) -> Iterator[tuple[Loc, Any, Any]]:
    """Every transition: where it stands, the step that it leaves, and itself."""
    for position, step in enumerate(steps):
        for number, transition in enumerate(step["next"]):
            yield ("steps", position, "next", number), step, transition


def onward_of(steps: Steps) -> dict[str, list[str]]:
    """For each step the steps that may follow it, as far as the pathway has them."""
    slugs = {step["slug"] for step in steps}
    return {
        step["slug"]: [each["to"] for each in step["next"] if each["to"] in slugs]
        for step in steps
    }


def reachable(starts: Iterable[str], onward: dict[str, list[str]]) -> set[str]:
    """The starts, and everything that following the ways from them reaches."""
    reached: set[str] = set()
    waiting = list(starts)
    while waiting:
        slug = waiting.pop()
        if slug not in reached:
            reached.add(slug)
            waiting.extend(onward.get(slug, []))
    return reached
