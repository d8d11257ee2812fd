"""What must hold between records: one of each, no circles, no two states at once."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import pairwise
from typing import Any, TypeVar

from seed.faults import Fault
from seed.files import Entry
from seed.records import (
    Area,
    AreaRow,
    Completeness,
    Contract,
    Need,
    Organisation,
    Record,
    Responsibility,
    Service,
    ShareRow,
    Succession,
)

Checked = list[tuple[Entry, Record]]
R = TypeVar("R", bound=Record)


def faults_across(checked: Checked) -> Iterator[Fault]:
    """The faults that no record shows alone."""
    yield from doubles(checked, Succession, lambda record: (record.from_, record.to))
    yield from doubles(
        checked,
        Responsibility,
        lambda record: (record.organisation, record.area, record.from_),
    )
    yield from doubles(
        checked,
        Completeness,
        lambda record: (record.organisation, record.need, record.as_of),
    )
    yield from doubles(checked, ShareRow, lambda record: (record.part, record.area))
    yield from circles(
        checked, Need, lambda record: [(record.code, record.broader)], "broader"
    )
    yield from circles(
        checked, Succession, lambda record: [(record.from_, record.to)], "to"
    )
    yield from circles(
        checked,
        Area | AreaRow,
        lambda record: [(record.code, larger) for larger in record.within],
        "within",
    )
    yield from overlapping_states(checked)


def doubles(
    checked: Checked, kind: type[R], key: Callable[[R], Hashable]
) -> Iterator[Fault]:
    """Records that say the same of the same."""
    first: dict[Hashable, Entry] = {}
    for entry, record in of_kind(checked, kind):
        earlier = first.setdefault(key(record), entry)
        if earlier is not entry:
            yield entry.fault(
                (),
                f"the same stands in {earlier.file}, line {earlier.line}",
                "a record is given once",
            )


def circles(
    checked: Checked,
    kind: Any,
    steps: Callable[[Any], list[tuple[str, str | None]]],
    field: str,
) -> Iterator[Fault]:
    """Records from which following the field leads back to them."""
    found = list(of_kind(checked, kind))
    onward: dict[str, list[str]] = {}
    for _, record in found:
        for start, end in steps(record):
            onward.setdefault(start, []).extend([end] if end else [])
    for entry, record in found:
        for start, _ in steps(record)[:1]:
            if start in reached_from(start, onward):
                yield entry.fault(
                    (field,), f"{start!r} comes back to itself", "break the circle"
                )


def reached_from(start: str, onward: dict[str, list[str]]) -> set[str]:
    """Everything that following the steps from `start` reaches."""
    reached: set[str] = set()
    waiting = list(onward.get(start, []))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(onward.get(name, []))
    return reached


def overlapping_states(checked: Checked) -> Iterator[Fault]:
    """Earlier states of one record that hold on the same day."""
    for entry, record in of_kind(checked, Organisation | Service | Contract):
        states = sorted(record.earlier, key=lambda state: state.to)
        for before, state in pairwise(states):
            if state.from_ is not None and state.from_ < before.to:
                yield entry.fault(
                    ("earlier",),
                    f"one from {state.from_}, another to {before.to}",
                    "each begins when the one before it has ended",
                )


def of_kind(checked: Checked, kind: Any) -> Iterable[tuple[Entry, Any]]:
    """The records of a kind."""
    return [(entry, record) for entry, record in checked if isinstance(record, kind)]
