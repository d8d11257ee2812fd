"""What a question selects, for resolvers that can spare the graph the rest."""

from collections.abc import Collection, Iterator
from typing import Any

from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo


def selects(info: GraphQLResolveInfo, name: str) -> bool:
    """Whether the field asked for may be answered with a field of this name directly below it.

    A field that a directive may leave out counts as selected.
    """
    return selects_far_below(info, {name})


def selects_far_below(info: GraphQLResolveInfo, *steps: Collection[str]) -> bool:
    """Whether fields of these names, one of each step, may lead to an answer below the field."""
    below = [node.selection_set for node in info.field_nodes]
    for names in steps:
        below = [
            field.selection_set
            for selections in below
            for field in fields_of(selections, info.fragments)
            if field.name.value in names
        ]
    return bool(below)


def fields_of(selections: Any, fragments: Any) -> Iterator[FieldNode]:
    """The fields among the selections, and in the fragments there."""
    for node in selections.selections if selections else ():
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, FragmentSpreadNode):
            fragment = fragments[node.name.value]
            yield from fields_of(fragment.selection_set, fragments)
        else:
            yield from fields_of(node.selection_set, fragments)
