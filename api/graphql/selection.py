"""What a question selects, for resolvers that can spare the graph the rest."""

from typing import Any

from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo


def selects(info: GraphQLResolveInfo, name: str) -> bool:
    """Whether the field asked for may be answered with a field of this name directly below it.

    A field that a directive may leave out counts as selected.
    """
    return any(
        selected(node.selection_set, name, info.fragments) for node in info.field_nodes
    )


def selected(selections: Any, name: str, fragments: Any) -> bool:
    """Whether a field of this name is among the selections, or in a fragment there."""
    for node in selections.selections if selections else ():
        if isinstance(node, FieldNode):
            if node.name.value == name:
                return True
        elif isinstance(node, FragmentSpreadNode):
            fragment = fragments[node.name.value]
            if selected(fragment.selection_set, name, fragments):
                return True
        elif selected(node.selection_set, name, fragments):
            return True
    return False
