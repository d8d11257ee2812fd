"""Opening hours for the sample, and how often each comes up."""

from __future__ import annotations

from bench.national.chance import Weighted

WORKING_WEEKS = (
    "MONDAY-FRIDAY 08:00-18:30",
    "MONDAY-FRIDAY 09:00-17:00",
    "MONDAY-FRIDAY 09:00-12:30, 13:30-17:00",
    "MONDAY-FRIDAY 08:30-18:00",
)
WEEKENDS = (
    ("SATURDAY-SUNDAY CLOSED",),
    ("SATURDAY 09:00-13:00", "SUNDAY CLOSED"),
    ("SATURDAY-SUNDAY 10:00-16:00",),
)
HOLIDAYS = (
    ("PUBLIC_HOLIDAY CLOSED",),
    ("PUBLIC_HOLIDAY 10:00-14:00",),
    (),
)
CHANGES = (
    (),
    (),
    ("2016-12-24 09:00-12:00",),
    ("MONDAY CLOSED from 2016-11-01 to 2017-01-01",),
)
ALWAYS = ["OPEN_ALL_HOURS"]
OUT_OF_HOURS = [
    "MONDAY-THURSDAY 18:30-08:00",
    "FRIDAY 18:30-00:00",
    "SATURDAY-SUNDAY 00:00-00:00",
    "PUBLIC_HOLIDAY 00:00-00:00",
]
LATE = ["MONDAY-SUNDAY 08:00-22:00", "PUBLIC_HOLIDAY 10:00-20:00"]
ORDINARY = [
    [week, *weekend, *holiday, *change]
    for week in WORKING_WEEKS
    for weekend in WEEKENDS
    for holiday in HOLIDAYS
    for change in CHANGES
]

# None: no source says.
HOURS: Weighted[list[str] | None] = Weighted(
    [
        (None, 12.0),
        (ALWAYS, 10.0),
        (OUT_OF_HOURS, 5.0),
        (LATE, 8.0),
        *((hours, 65.0 / len(ORDINARY)) for hours in ORDINARY),
    ]
)
