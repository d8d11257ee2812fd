"""What every answer rests on: the directory's day, its notice, when it changed, and the version that is asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graph_model.directory import notice_of


@dataclass(frozen=True)
class About:
    """The directory behind an answer. `capacity`: whether the version has `service_capacity`."""

    day: date
    notice: str | None
    changed: datetime | None
    capacity: bool = False

    @property
    def in_words(self) -> str:
        return f"{self.day.day} {self.day:%B %Y}"


def about_of(directory: dict[str, Any], *, capacity: bool = False) -> About:
    """The directory as a search tells it."""
    notice = notice_of(
        {"as_of": directory["as_of"], "historical": directory["historical"]}
    )
    return About(directory["day"], notice, directory["updated"], capacity)


def given(**values: Any) -> dict[str, Any]:
    """The values that there are: what is not known is left out."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value not in ([], {}, "")
    }
