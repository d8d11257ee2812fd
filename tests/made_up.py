"""Made-up services, settings and candidates, as questions give them to the matching."""

from datetime import UTC, date, datetime
from typing import Any

from graph_model.matching.case import Here, Person, Setting
from graph_model.matching.ranking import standing

DAY = date(2016, 12, 3)


def a_source(on: date = date(2016, 10, 31), fields: list[str] | None = None) -> Any:
    return {
        "slug": "an-article",
        "locator": None,
        "derived_from": None,
        "fields": fields,
        "on": on,
    }


def a_type(code: str, rank: int | None = None) -> Any:
    return {"code": code, "name": f"Type {code}", "rank": rank}


def a_service(**values: Any) -> Any:
    return {
        "slug": "a-service",
        "name": "A service",
        "type": a_type("25"),
        "status": "ACTIVE",
        "opened": None,
        "opened_precision": None,
        "closed": None,
        "ages": None,
        "min_age_days": None,
        "max_age_days": None,
        "sexes": None,
        "accepts": None,
        "accepts_from": [],
        "gp_registration": None,
        "gp_practices": [],
        "opening": [],
        "capacity": None,
        "capacity_updated_at": None,
        "capacity_resets_at": None,
        "serves": [],
        "commissioners": [],
        "contracts": [],
        "ended_contracts": [],
        "sources": [a_source()],
        **values,
    }


def a_setting(shares: dict[str, float] | None = None, **values: Any) -> Setting:
    """The case of somebody in CV21; what a `Setting` has no name for is the person's."""
    known = Setting.__dataclass_fields__
    person = {name: values.pop(name) for name in list(values) if name not in known}
    return Setting(
        Person(**person),
        Here("CV21", shares or {}),
        values.pop("as_of", DAY),
        values.pop("at", datetime(2016, 12, 3, 22, tzinfo=UTC)),
        60,
        **values,
    )


def an_area(code: str, rule: str, kind: str = "CCG") -> Any:
    return {"code": code, "name": code, "kind": kind, "rule": rule, "source": None}


def a_contract(**values: Any) -> Any:
    return {
        "slug": "a-contract",
        "title": "A contract",
        "status": "LIVE",
        "start": date(2016, 11, 1),
        "start_precision": "MONTH",
        "end": None,
        "end_precision": None,
        "sources": [a_source()],
        **values,
    }


def a_candidate(slug: str, shares: Any = None, **values: Any) -> Any:
    service = values.pop("service", a_service(slug=slug))
    return {
        "service": service,
        "match": "EXACT",
        "distance_km": None,
        "nearness_km": values.get("distance_km") or 0.0,
        "leads": True,
        "criteria": [],
        "time_asked": False,
        **standing(service, a_setting(shares or {"05A": 1.0})),
        **values,
    }


def unknown(*kinds: str) -> Any:
    return [{"kind": kind, "verdict": "UNKNOWN"} for kind in kinds]
