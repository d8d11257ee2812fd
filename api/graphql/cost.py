"""The cost of a question: how many fields its answer could have.

`first` says how long the lists directly below a field can be; any other list counts as ten. A list
that is divided among parts counts once: by stage, a pathway has no more steps than without.
"""

from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    get_named_type,
    get_nullable_type,
    is_list_type,
    visit,
)

from graph_model.paging import MOST

MOST_COST = 50_000
LIST = 10  # items of a list of which nobody says how long it is
# Fields whose lists are parts of one list, which the list above them divides.
DIVIDED = {("PathwayStage", "steps")}


def size_variables(document: DocumentNode) -> set[str]:
    """The variables that stand for a `first`."""
    names = SizeVariables()
    visit(document, names)
    return names.found


def sizes_asked_for(names: set[str], variables: dict[str, Any]) -> dict[str, int]:
    """The values of these variables, as far as they are numbers."""
    return {name: variables[name] for name in names if type(variables.get(name)) is int}


class SizeVariables(Visitor):
    """Finds the variables that are given as `first`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_argument(self, node: Any, *_: object) -> None:
        """Note the variable of one argument."""
        if node.name.value == "first" and isinstance(node.value, VariableNode):
            self.found.add(node.value.name.value)


def cost_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: dict[str, FragmentDefinitionNode],
    sizes: dict[str, int],
) -> int:
    """Most fields that the answer to a valid operation could have."""
    defaults = {
        each.variable.name.value: int(each.default_value.value)
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }
    walk = Walk(schema, fragments, defaults | sizes)
    root = schema.get_root_type(operation.operation)
    return walk.fields_below(operation.selection_set, root, LIST)


class Walk:
    """A walk through one operation, which counts each fragment once for each way it is used."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: dict[str, FragmentDefinitionNode],
        sizes: dict[str, int],
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.sizes = sizes
        self.known: dict[tuple[str, str, int], int] = {}

    def fields_below(
        self,
        selections: SelectionSetNode | None,
        parent: GraphQLNamedType | None,
        size: int,
    ) -> int:
        """Fields of these selections on a type whose own lists have `size` items."""
        count = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                count += self.fields_of(node, parent, size)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                kind = (
                    self.schema.get_type(condition.name.value) if condition else parent
                )
                count += self.fields_below(node.selection_set, kind, size)
            elif isinstance(node, FragmentSpreadNode):
                count += self.fields_of_fragment(node.name.value, size)
        return count

    def fields_of_fragment(self, name: str, size: int) -> int:
        """Fields of a fragment, counted once for each size."""
        fragment = self.fragments[name]
        kind = self.schema.get_type(fragment.type_condition.name.value)
        key = (name, fragment.type_condition.name.value, size)
        if key not in self.known:
            self.known[key] = self.fields_below(fragment.selection_set, kind, size)
        return self.known[key]

    def fields_of(
        self, node: FieldNode, parent: GraphQLNamedType | None, size: int
    ) -> int:
        """Fields of one field and all below it, as often as its list repeats them."""
        name = node.name.value
        if name.startswith("__") or not isinstance(
            parent, GraphQLObjectType | GraphQLInterfaceType
        ):
            return 1
        field = parent.fields[name]
        below = self.fields_below(
            node.selection_set, get_named_type(field.type), self.size_below(node, field)
        )
        if not below:
            return 1
        is_list = is_list_type(get_nullable_type(field.type))
        is_divided = (parent.name, name) in DIVIDED
        return 1 + below * (size if is_list and not is_divided else 1)

    def size_below(self, node: FieldNode, field: GraphQLField) -> int:
        """How long the lists directly below this field can be."""
        if "first" not in field.args:
            return LIST
        asked: Any = field.args["first"].default_value
        for argument in node.arguments or ():
            if argument.name.value == "first":
                if isinstance(argument.value, IntValueNode):
                    asked = int(argument.value.value)
                elif isinstance(argument.value, VariableNode):
                    asked = self.sizes.get(argument.value.name.value, asked)
        # A `first` out of bounds is refused later, with words that say what the bounds are.
        return max(1, min(asked or LIST, MOST))
