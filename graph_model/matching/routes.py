"""How a referrer gets a person to a service: straight, or by the services that refer on to it."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_model.matching.case import ROLES, Row
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN, all_of

# What each DoS service type is to those whom it refers a person on to.
ROLE_OF_TYPE = {"130": "NHS_111", "133": "CLINICAL_HUB"}


@dataclass(frozen=True)
class Route:
    """The services on the way, first contact first and the service itself last."""

    services: Sequence[Row]
    verdict: str
    reason: str


def takes(service: Row, role: str | None) -> str:
    """The verdict whether a service takes a referral from this role (None: it was not said)."""
    if service["accepts"] == "ANYONE":
        return PASS
    if service["accepts"] is None or role is None:
        return UNKNOWN
    return PASS if role in service["accepts_from"] else FAIL


def route_to(
    service: Row,
    referrer: str | None,
    chains: Sequence[Sequence[str]],
    gateways: Mapping[str, Row],
    open_gateways: Mapping[str, str],
) -> Route:
    """The shortest permitted way to a service; straight where the service takes this referrer.

    `chains` are ways of slugs that end in this service, shortest first. `gateways` are the services on them by
    slug, and `open_gateways` the verdicts whether each runs and takes people from this place.
    """
    straight = takes(service, referrer)
    if straight == PASS:
        return Route([service], PASS, straight_reason(service, referrer, straight))
    ways = [
        way_by(chain, service, referrer, gateways, open_gateways)
        for chain in chains
        if all(slug in gateways for slug in chain[:-1])
    ]
    for wanted in (PASS, UNKNOWN):
        for way in ways:
            if way.verdict == wanted:
                return way
    return Route([service], straight, straight_reason(service, referrer, straight))


def way_by(
    chain: Sequence[str],
    service: Row,
    referrer: str | None,
    gateways: Mapping[str, Row],
    open_gateways: Mapping[str, str],
) -> Route:
    """One chain as a route: open where each service takes the one before it, and each is open."""
    steps = [*(gateways[slug] for slug in chain[:-1]), service]
    verdicts = [open_gateways[slug] for slug in chain[:-1]]
    verdicts.append(takes(steps[0], referrer))
    for before, step in itertools.pairwise(steps):
        role = ROLE_OF_TYPE.get(before["type"]["code"])
        # The graph says that the one refers on to the other; only a list that names others
        # speaks against it.
        verdicts.append(FAIL if role and takes(step, role) == FAIL else PASS)
    return Route(steps, all_of(verdicts), "")


def straight_reason(service: Row, referrer: str | None, verdict: str) -> str:
    """Why a service does, does not or may not take this referrer, in words."""
    if service["accepts"] == "ANYONE":
        return "Anyone may go or refer there, the person too."
    if service["accepts"] is None:
        return "No source says who may refer to it."
    takes_from = ", ".join(ROLES[role] for role in service["accepts_from"])
    if referrer is None:
        return f"It takes referrals from {takes_from}; who refers was not said."
    if verdict == PASS:
        return f"It takes referrals from {takes_from}."
    return f"It takes referrals from {takes_from} only, not from {ROLES[referrer]}."
