"""Whatever has an id can be asked for again."""

import re
from typing import Annotated, Any

import strawberry

from api.graphql.context import Info
from api.graphql.ids import type_and_key
from api.graphql.rows import Node
from api.graphql.types.contract import Alliance, Contract
from api.graphql.types.need import Need, ServiceType
from api.graphql.types.organisation import Organisation
from api.graphql.types.pathway import Pathway
from api.graphql.types.programme import Programme
from api.graphql.types.service import Service
from graph_model.errors import BadUserInput

VERSION = re.compile(r"[0-9]{1,9}")

NODES: dict[str, type[Node]] = {
    node.__name__: node
    for node in (
        Alliance,
        Contract,
        Need,
        Organisation,
        Pathway,
        Programme,
        Service,
        ServiceType,
    )
}


@strawberry.type
class NodeQuery:
    @strawberry.field(
        description="Whatever has this id, as of the directory's own date; null where it no "
        "longer exists."
    )
    async def node(
        self,
        info: Info,
        id: Annotated[
            strawberry.ID, strawberry.argument(description="An `id` from an answer.")
        ],
    ) -> Node | None:
        type_name, key = type_and_key(id)
        if type_name not in NODES:
            raise BadUserInput(
                f"{id[:80]!r} is the id of something that is only shown within something "
                f"else. `node` finds {', '.join(NODES)}."
            )
        node = NODES[type_name]
        loader = getattr(info.context.loaders, node.loader)
        return wrapped_node(node, await loader.load((None, loader_key(type_name, key))))


def wrapped_node(node: type[Node], row: Any) -> Node | None:
    """The row as an object of the type; None stays None."""
    return None if row is None else node(row=row, as_of=None)


def loader_key(type_name: str, key: str) -> Any:
    """The key by which the type's loader knows it: a pathway's has two parts, or three."""
    if type_name != "Pathway":
        return key
    slug, _, rest = key.partition("@")
    version, _, adopter = rest.partition("@")
    number = int(version) if VERSION.fullmatch(version) else 0
    return (slug, number, adopter) if adopter else (slug, number)
