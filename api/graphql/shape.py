"""The shape of a question: how deep it is, and how often it uses what can be overdone."""

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    visit,
)

Fragments = dict[str, FragmentDefinitionNode]


@dataclass
class Shape:
    """Counts of a document; depth and root fields are those of its largest operation."""

    depth: int = 0
    root_fields: int = 0
    aliases: int = 0
    directives: int = 0
    directives_at_one_place: int = 0


def shape_of(document: DocumentNode) -> Shape:
    """Count a document that has been parsed but not validated: it may hold anything."""
    counts = Counts()
    visit(document, counts)
    shape = counts.shape
    fragments: Fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    depths: dict[str, int] = {}
    roots: dict[str, int] = {}
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            selections = node.selection_set
            shape.depth = max(shape.depth, depth_of(selections, fragments, depths))
            shape.root_fields = max(
                shape.root_fields, fields_of(selections, fragments, roots)
            )
    return shape


class Counts(Visitor):
    """Counts what stands in the text, each once."""

    def __init__(self) -> None:
        super().__init__()
        self.shape = Shape()

    def enter(self, node: Node, *_: object) -> None:
        """Count one node."""
        if isinstance(node, FieldNode) and node.alias:
            self.shape.aliases += 1
        directives = len(getattr(node, "directives", None) or ())
        self.shape.directives += directives
        self.shape.directives_at_one_place = max(
            self.shape.directives_at_one_place, directives
        )


def depth_of(
    selections: SelectionSetNode | None, fragments: Fragments, known: dict[str, int]
) -> int:
    """Levels of fields. Introspection is not counted: its own rule bounds it."""
    deepest = 0
    for node in selections.selections if selections else ():
        if isinstance(node, FieldNode):
            if node.name.value.startswith("__"):
                continue
            depth = 1 + depth_of(node.selection_set, fragments, known)
        elif isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name not in known:
                known[name] = 0  # a fragment within itself, which validation refuses
                known[name] = depth_of(
                    fragments[name].selection_set if name in fragments else None,
                    fragments,
                    known,
                )
            depth = known[name]
        else:
            depth = depth_of(getattr(node, "selection_set", None), fragments, known)
        deepest = max(deepest, depth)
    return deepest


def fields_of(
    selections: SelectionSetNode | None, fragments: Fragments, known: dict[str, int]
) -> int:
    """Number of fields at this level, those of fragments each time they are spread."""
    count = 0
    for node in selections.selections if selections else ():
        if isinstance(node, FieldNode):
            count += 1
        elif isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name not in known:
                known[name] = 0
                known[name] = fields_of(
                    fragments[name].selection_set if name in fragments else None,
                    fragments,
                    known,
                )
            count += known[name]
        else:
            count += fields_of(getattr(node, "selection_set", None), fragments, known)
    return count
