"""Services, contracts, programmes and pathways as facts of the graph (docs/graph.md)."""

from collections.abc import Iterable, Sequence
from typing import get_args

from seed.fields import Sex
from seed.graph import Graph, Node, Properties, add_earlier
from seed.records import (
    AgeLimits,
    Alliance,
    Contract,
    Indicator,
    Programme,
    Service,
)


def add_service(graph: Graph, service: Service) -> None:
    node = graph.node(
        "Service",
        service.slug,
        **service.model_dump(include=SERVICE_VALUES),
        **who_may_come(service),
        identifier_systems=[each.system for each in service.identifiers],
        identifier_values=[each.value for each in service.identifiers],
    )
    graph.cite(node, service.stated_by)
    add_earlier(graph, node, service.earlier)
    graph.link(node, "OF_TYPE", Node("ServiceType", service.type))
    for need in service.needs:
        graph.link(node, "MEETS", Node("Need", need))
    if service.provider:
        graph.link(
            Node("Organisation", service.provider),
            "PROVIDES",
            node,
            **{"from": service.provided_from, "to": service.provided_to},
            **graph.cited(None, service.stated_by, "provider"),
        )
    add_commissioners(graph, node, service)
    if service.location:
        graph.link(node, "DELIVERED_AT", Node("Location", service.location))
    for serves in service.serves:
        graph.link(
            node,
            "SERVES",
            Node("Area", serves.area),
            rule=serves.rule,
            **graph.cited(serves.stated_by, service.stated_by, "serves"),
        )
    for role in service.accepts_from or []:
        if role != "ANYONE":
            graph.link(node, "ACCEPTS_FROM", Node("ReferrerRole", role))
    for other in service.refers_on_to:
        graph.link(node, "REFERS_ON_TO", Node("Service", other))


SERVICE_VALUES = {
    "slug",
    "name",
    "status",
    "reach",
    "ods_code",
    "telephone",
    "clinician_telephone",
    "website",
    "eligibility_notes",
    "how_to_refer",
    "opening",
    "opened",
    "opened_precision",
    "closed",
    "last_verified",
}


def who_may_come(service: Service) -> Properties:
    """Whom the service takes: all, some, or None where no source says."""
    ages = service.ages
    return {
        "ages": ages and ("ALL" if ages == AgeLimits() else "LIMITED"),
        "min_age_days": ages and ages.min_days,
        "max_age_days": ages and ages.max_days,
        "sexes": list(get_args(Sex)) if service.sexes == ["ALL"] else service.sexes,
        "accepts": all_or_listed(service.accepts_from, "ANYONE"),
        "gp_registration": all_or_listed(service.gp_practices, "ANY"),
        "gp_practices": [code for code in service.gp_practices or [] if code != "ANY"],
    }


def all_or_listed(values: Sequence[str] | None, everything: str) -> str | None:
    """The word for all, LISTED for some, None where no source says."""
    if values is None:
        return None
    return everything if everything in values else "LISTED"


def add_contract(graph: Graph, contract: Contract) -> None:
    parties = {"commissioners", "providers", "services", "alliance"}
    node = graph.node(
        "Contract",
        contract.slug,
        **contract.model_dump(exclude={*parties, "earlier", "stated_by"}),
    )
    graph.cite(node, contract.stated_by)
    add_earlier(graph, node, contract.earlier)
    add_commissioners(graph, node, contract)
    for each in contract.providers:
        graph.link(
            Node("Organisation", each.organisation),
            "HOLDS",
            node,
            role=each.role,
            **graph.cited(each.stated_by, contract.stated_by, "providers"),
        )
    for service in contract.services:
        graph.link(node, "PROCURES", Node("Service", service))
    if contract.alliance:
        graph.link(node, "BOUND_BY", Node("Alliance", contract.alliance))


def add_commissioners(graph: Graph, node: Node, what: Contract | Service) -> None:
    """Who commissions a contract, or a service of which no source names the contract."""
    for each in what.commissioners:
        graph.link(
            Node("Organisation", each.organisation),
            "COMMISSIONS",
            node,
            lead=each.lead,
            **graph.cited(each.stated_by, what.stated_by, "commissioners"),
        )


def add_alliance(graph: Graph, alliance: Alliance) -> None:
    node = graph.node("Alliance", alliance.slug, slug=alliance.slug, name=alliance.name)
    graph.cite(node, alliance.stated_by)
    for member in alliance.members:
        graph.link(
            Node("Organisation", member.organisation),
            "MEMBER_OF",
            node,
            **{"from": member.from_, "to": member.to},
            **graph.cited(member.stated_by, alliance.stated_by, "members"),
        )


def add_programme(graph: Graph, programme: Programme) -> None:
    values = {
        "slug",
        "name",
        "description",
        "aims",
        "serves",
        "funding_gbp",
        "population",
    }
    node = graph.node(
        "Programme",
        programme.slug,
        **programme.model_dump(include=values),
        **{"from": programme.from_, "to": programme.to},
    )
    graph.cite(node, programme.stated_by)
    add_models_and_sites(graph, node, programme)
    add_milestones(graph, node, programme)
    add_indicators(graph, node, programme.indicators)
    for partner in programme.organisations:
        graph.link(
            node,
            "INVOLVES",
            Node("Organisation", partner.organisation),
            role=partner.role,
            **graph.cited(partner.stated_by, programme.stated_by, "organisations"),
        )
    for post in programme.roles:
        titled = graph.node(
            "Post", key := f"{programme.slug}/{post.title}", key=key, title=post.title
        )
        graph.link(node, "HAS_POST", titled)
        if post.organisation:
            graph.link(titled, "AT", Node("Organisation", post.organisation))
    covered = {
        "Service": programme.services,
        "Contract": programme.contracts,
        "Alliance": programme.alliances,
        "Area": programme.areas,
    }
    for label, names in covered.items():
        for name in names:
            graph.link(node, "COVERS", Node(label, name))


def add_models_and_sites(graph: Graph, node: Node, programme: Programme) -> None:
    for model in programme.care_models:
        values = model.model_dump(exclude={"stated_by"})
        modelled = graph.node("CareModel", model.slug, **values)
        graph.cite(modelled, model.stated_by)
        graph.link(node, "HAS_MODEL", modelled)
    for site in programme.sites:
        values = site.model_dump(include={"slug", "name", "number", "aliases"})
        sited = graph.node("Site", site.slug, **values)
        graph.cite(sited, site.stated_by)
        graph.link(node, "HAS_SITE", sited)
        if site.care_model:
            graph.link(sited, "FOLLOWS", Node("CareModel", site.care_model))
        for organisation in site.organisations:
            graph.link(sited, "INVOLVES", Node("Organisation", organisation))


def add_milestones(graph: Graph, node: Node, programme: Programme) -> None:
    for position, milestone in enumerate(programme.milestones, start=1):
        values = milestone.model_dump(include={"slug", "name", "when"})
        reached = graph.node("Milestone", milestone.slug, **values)
        graph.cite(reached, milestone.stated_by)
        graph.link(node, "REACHED", reached, position=position)
        for organisation in milestone.organisations:
            graph.link(reached, "INVOLVES", Node("Organisation", organisation))


def add_indicators(graph: Graph, node: Node, indicators: Iterable[Indicator]) -> None:
    for indicator in indicators:
        key = f"{node.label}/{node.key}/{indicator.name}"
        values = indicator.model_dump(exclude={"stated_by"})
        measured = graph.node("Indicator", key, key=key, **values)
        graph.cite(measured, indicator.stated_by)
        graph.link(node, "MEASURED_BY", measured)
