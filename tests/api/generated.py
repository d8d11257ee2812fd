"""Selections made at random from the schema: whatever a caller could write, sooner or later."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from api.graphql.schema import schema

CORE = schema._schema

CASE = """case: { place: { postcode: "CV21" } need: { code: "%s" }
    at: "2016-12-03T22:00:00Z" withinKm: 100 } first: %d"""
# Each asks for rows of another shape, or for none.
ROOTS = [
    f"referralOptions({CASE % ('gp-out-of-hours', 4)})",
    f'referralOptions({CASE % ("minor-injury", 2)} asOf: "2016-12-03")',
    "directory",
    'place(place: { name: "Rugby" })',
    'place(place: { postcode: "CV21 2" })',
    "needs(first: 4)",
    'need(code: "gp-out-of-hours")',
    "serviceTypes(first: 3)",
    "services(first: 3)",
    'services(first: 2 asOf: "2016-10-01" matching: "nhs")',
    'service(slug: "999")',
    'service(slug: "nowhere")',
    "organisations(first: 4)",
    "organisations(first: 3 kind: CCG)",
    'organisation(odsCode: "05H")',
    "contracts(first: 4)",
    "alliances(first: 2)",
    "pathways(first: 2)",
    "programmes(first: 2)",
    'programme(slug: "new-care-models")',
    'node(id: "T3JnYW5pc2F0aW9uOm5vLXN1Y2gtb25l")',
    'node(id: "U2VydmljZTo5OTk=")',
    "__typename",
]


@dataclass
class Generator:
    """Makes questions; the same seed makes the same ones."""

    random: Random
    aliases: int = 0
    fragments: list[str] = field(default_factory=list)

    def question(self, roots: list[str]) -> str:
        """A question with these roots, named `root0`, `root1` and so on."""
        self.aliases, self.fragments = len(roots), []
        body = " ".join(
            f"root{at}: {root} {self.below_root(root)}" for at, root in enumerate(roots)
        )
        text = "\n".join([f"{{ {body} }}", *self.fragments])
        declared = " ".join(
            f"${name}: Boolean!" for name in ("yes", "no") if f"${name})" in text
        )
        return f"query Asked({declared}) {text}" if declared else text

    def below_root(self, root: str) -> str:
        """What is selected of a root."""
        assert CORE.query_type is not None
        name = root.partition("(")[0]
        if name == "__typename":
            return ""
        return self.selection(
            get_named_type(CORE.query_type.fields[name].type), self.random.randint(2, 5)
        )

    def selection(self, kind: GraphQLNamedType, depth: int) -> str:
        """A selection of a type, so deep at most."""
        if isinstance(kind, GraphQLInterfaceType):
            return "{ " + " ".join(self.of_interface(kind, depth)) + " }"
        assert isinstance(kind, GraphQLObjectType)
        few = self.random.randint(1, 5 if depth > 1 else 3)
        parts = [self.part(kind, depth) for _ in range(few)]
        return (
            "{ " + " ".join(["__typename", *parts][self.random.randint(0, 1) :]) + " }"
        )

    def of_interface(self, kind: GraphQLInterfaceType, depth: int) -> list[str]:
        """Its own fields, and those of two of its types."""
        types = self.random.sample(
            sorted(each.name for each in CORE.get_possible_types(kind)), 2
        )
        return [
            "__typename id",
            *(
                f"... on {name} {self.selection(CORE.type_map[name], depth - 1)}"
                for name in types
            ),
        ]

    def part(self, kind: GraphQLObjectType, depth: int) -> str:
        """A field, or a fragment with some."""
        chance = self.random.random()
        if chance < 0.08:
            return (
                f"... on {kind.name} {self.condition()} {self.selection(kind, depth)}"
            )
        if chance < 0.12:
            return f"... {self.condition()} {self.selection(kind, depth)}"
        if chance < 0.2 and len(self.fragments) < 4:
            name = f"Part{len(self.fragments)}"
            self.fragments.append("")  # keeps its place while those within it are made
            text = f"fragment {name} on {kind.name} {self.selection(kind, depth)}"
            self.fragments[int(name.removeprefix("Part"))] = text
            return f"...{name} {self.condition()}"
        name, known = self.random.choice(sorted(kind.fields.items()))
        return self.field(name, known, depth)

    def field(self, name: str, known: GraphQLField, depth: int) -> str:
        """One field, under an alias where it needs one to differ from others."""
        kind = get_named_type(known.type)
        if not is_leaf_type(kind) and depth <= 0:
            return "__typename"
        arguments = self.arguments(known.args)
        alias = ""
        if arguments or (self.random.random() < 0.1 and self.aliases < 25):
            if self.aliases >= 25:
                return "__typename"
            self.aliases += 1
            alias = f"a{self.aliases}: "
        below = "" if is_leaf_type(kind) else self.selection(kind, depth - 1)
        return f"{alias}{name}{arguments} {self.condition()} {below}"

    def arguments(self, taken: dict[str, Any]) -> str:
        """Values for some of the arguments."""
        given = []
        if "first" in taken:
            given.append(f"first: {self.random.randint(1, 3)}")
        if "asOf" in taken and self.random.random() < 0.5:
            given.append('asOf: "2016-10-01"')
        if "careModel" in taken and self.random.random() < 0.5:
            given.append('careModel: "MCP"')
        return f"({' '.join(given)})" if given else ""

    def condition(self) -> str:
        """Mostly nothing, else a reason to skip or to include."""
        if self.random.random() < 0.9:
            return ""
        return self.random.choice(
            [
                "@include(if: $yes)",
                "@include(if: $no)",
                "@skip(if: $no)",
                "@skip(if: true)",
                "@include(if: true) @skip(if: $yes)",
            ]
        )


def broken(value: Any, random: Random) -> None:
    """Break one thing, somewhere in the rows within a value."""
    rows = [row for row in rows_within(value) if row]
    if not rows:
        return
    row = random.choice(rows)
    key = random.choice(sorted(row))
    what = random.randint(0, 6)
    if what == 0:
        del row[key]
    elif what == 1 and isinstance(row[key], list):
        row[key].insert(0, None)
    else:
        row[key] = random.choice(
            [None, None, 5, 2**40, "text", [], {}, True, float("nan")]
        )


def rows_within(value: Any) -> list[dict[str, Any]]:
    """Every row, however deep, within the objects that resolvers answer with."""
    if isinstance(value, dict):
        return [value, *(row for each in value.values() for row in rows_within(each))]
    if isinstance(value, list):
        return [row for each in value for row in rows_within(each)]
    if hasattr(value, "__strawberry_definition__"):
        return rows_within(list(vars(value).values()))
    return []
