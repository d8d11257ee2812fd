"""Selections compiled, once for each question, into projections (docs/adr/0013)."""

from typing import cast

from graphql import (
    GraphQLAbstractType,
    GraphQLLeafType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    FragmentDetails,
    collect_subfields,
)
from graphql.execution.values import VariableValues
from strawberry.types.field import StrawberryField

from api.graphql.leaves import leaf, unchanged_of
from api.graphql.projection import (
    Compiled,
    Declined,
    Item,
    class_of,
    knows_its_day,
    nested,
    of_dated_object,
    of_wrapped_row,
    projection,
    read_from_row,
    resolved,
    with_changes,
    wraps_a_row,
)
from api.graphql.rows import Reads

# A compiled field takes 1 kB, and a hundred questions are remembered.
MOST_FIELDS = 500


class Compiler:
    """Compiles the selections of one operation, for one choice of what it skips and includes."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: dict[str, FragmentDetails],
        variables: VariableValues,
        operation: OperationDefinitionNode,
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.variables = variables
        self.operation = operation
        self.fields = 0

    def completed(
        self, kind: GraphQLOutputType, details: FieldDetailsList, of_rows: bool
    ) -> Item:
        """Completes the value of a field of this type."""
        return nested(kind, self.item(get_named_type(kind), details, of_rows))

    def item(
        self, kind: GraphQLNamedType, details: FieldDetailsList, of_rows: bool
    ) -> Item:
        """Completes what stands in no list and is no null."""
        if is_leaf_type(kind):
            return leaf(cast(GraphQLLeafType, kind))
        if is_abstract_type(kind):
            return self.one_of(cast(GraphQLAbstractType, kind), details)
        if not is_object_type(kind):
            raise Declined(f"{kind} is not compiled.")
        cls = class_of(cast(GraphQLObjectType, kind))
        project = self.selection(cast(GraphQLObjectType, kind), cls, details)
        if of_rows:
            return project
        if wraps_a_row(cls):
            return of_wrapped_row(cls, project)
        return of_dated_object(project) if knows_its_day(cls) else project

    def one_of(self, kind: GraphQLAbstractType, details: FieldDetailsList) -> Item:
        """Completes an object by its own type."""
        by_class = {
            class_of(possible): self.item(possible, details, of_rows=False)
            for possible in self.schema.get_possible_types(kind)
        }
        return lambda value, day: by_class[value.__class__](value, day)

    def selection(
        self, kind: GraphQLObjectType, cls: type, details: FieldDetailsList
    ) -> Item:
        """Projects what is selected of a type."""
        groups = collect_subfields(
            self.schema,
            self.fragments,
            self.variables,
            self.operation,
            kind,
            details,
        ).grouped_field_set
        self.fields += len(groups)
        if self.fields > MOST_FIELDS:
            raise Declined("The question has too many fields to be worth compiling.")
        return projection(
            [self.field(key, kind, cls, each) for key, each in groups.items()],
            of_rows=wraps_a_row(cls),
        )

    def field(
        self, key: str, kind: GraphQLObjectType, cls: type, details: FieldDetailsList
    ) -> Compiled:
        """Compiles one field, by how it gets its value."""
        name = details[0].node.name.value
        if name == "__typename":
            return Compiled(key, lambda source, day: kind.name)
        known = kind.fields[name]
        definition: StrawberryField = known.extensions["strawberry-definition"]
        # Extensions, such as those that ask for permission, work around the resolver.
        reads = None if definition.extensions else definition.metadata.get(Reads)
        complete = self.completed(known.type, details, bool(reads and reads.of))
        if reads is None:
            return Compiled(key, resolved(definition, known, cls, details, complete))
        unchanged = None if reads.how else unchanged_of(known.type)
        complete = with_changes(reads, complete)
        show = read_from_row(reads.key, cls, complete)
        if not wraps_a_row(cls):
            return Compiled(key, lambda source, day: show(source.row, day))
        return Compiled(key, show, reads.key, complete, unchanged)
