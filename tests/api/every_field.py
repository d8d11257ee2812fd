"""Selections of every field of a type, so that no field can be forgotten by the tests."""

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)


def every_field(schema: GraphQLSchema, type_name: str, depth: int) -> str:
    """A selection of every field of the type, and of those below it to that depth."""
    kind = schema.type_map[type_name]
    assert isinstance(kind, GraphQLObjectType)
    parts = [
        selection(schema, name, field, depth) for name, field in kind.fields.items()
    ]
    return "{ " + " ".join(part for part in parts if part) + " }"


def selection(schema: GraphQLSchema, name: str, field: GraphQLField, depth: int) -> str:
    """The selection of one field; empty where it is too deep or needs arguments."""
    if any(is_required_argument(argument) for argument in field.args.values()):
        return ""
    kind = get_named_type(field.type)
    few = "(first: 2)" if "first" in field.args else ""
    if is_leaf_type(kind):
        return name + few
    if kind.name.endswith(("Connection", "Edge")):
        return f"{name}{few} {every_field(schema, kind.name, depth)}"
    if depth == 0:
        return f"{name}{few} {{ __typename }}"
    return f"{name}{few} {every_field(schema, kind.name, depth - 1)}"
