"""A search as it was asked: every parameter understood, or the request refused."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.doors import BadParameter
from api.fhir import values
from api.fhir.resources import RESOURCES, TYPE_OF, Resource
from graph_model.search.search import Condition, Include, Near

MOST = 100  # resources that match on one page
USUAL = 20
MOST_PARAMETERS = 30
MOST_VALUES = 100
LONGEST = 2000  # characters of one value

FORMATS = {"json", "application/json", "application/fhir+json"}


@dataclass
class Search:
    """What a search asks for; `told` are its own parameters, as its links repeat them."""

    kind: str
    resource: Resource
    conditions: list[Condition] = field(default_factory=list)
    near: Near | None = None
    onwards: str = ""
    includes: dict[str, Include] = field(default_factory=dict)
    count: int = USUAL
    after: list[Any] | None = None
    total: bool = False
    elements: list[str] | None = None
    only_count: bool = False
    told: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def search_of(
    kind: str, given: Sequence[tuple[str, str]], base: str, *, lenient: bool
) -> Search:
    """The search that these parameters ask for, of the server at `base`.

    Raises BadParameter for what is not known or cannot be understood. `lenient` leaves out unknown parameters
    instead, and says so in `left_out`.
    """
    if len(given) > MOST_PARAMETERS:
        raise BadParameter(
            f"{len(given)} parameters were given. Give at most {MOST_PARAMETERS}.",
            "too-costly",
        )
    search = Search(kind, RESOURCES[kind])
    for name, value in given:
        if len(value) > LONGEST or len(name) > 100:
            raise BadParameter(
                f"{values.shown(name)} is too long. Give at most {LONGEST} characters."
            )
        if value == "":
            continue  # FHIR: a parameter without a value asks for nothing
        if take(search, name, value, base):
            search.told.append((name, value))
            continue
        if not lenient:
            raise BadParameter(unknown(search, name), "not-supported")
        search.left_out.append(name)
    return search


def take(search: Search, name: str, value: str, base: str) -> bool:
    """Add what a parameter asks for to the search; whether it is known."""
    if name in RESULT:
        if name in ONCE:
            refuse_a_second(search, name)
        RESULT[name](search, value)
        return True
    if name in search.resource.near:
        refuse_a_second(search, name)
        search.near = Near(*values.near(value))
        search.onwards = search.resource.near[name]
        return True
    plain, _, modifier = name.partition(":")
    parameter = search.resource.parameters.get(plain)
    if parameter is None:
        return False
    if modifier and not modifier_fits(parameter.type, modifier, parameter.modifiers):
        raise BadParameter(
            f"{plain} takes no :{modifier[:40]}. It takes "
            + (" or ".join(f":{each}" for each in parameter.modifiers) or "no modifier")
            + ".",
            "not-supported",
        )
    if modifier and parameter.type == "reference":
        value = f"{modifier}/{value}"
    alternatives = values.values_of(value)
    if len(alternatives) > MOST_VALUES:
        raise BadParameter(
            f"{plain} has {len(alternatives)} values. Give at most {MOST_VALUES}.",
            "too-costly",
        )
    read = [
        each
        for alternative in alternatives
        for each in parameter.read(
            alternative, "" if parameter.type == "reference" else modifier, base
        )
    ]
    search.conditions.append(Condition(parameter.filter, read))
    return True


def refuse_a_second(search: Search, name: str) -> None:
    """Raises BadParameter for what can be asked for once only: of two, one would be left out."""
    if any(name == told for told, _ in search.told):
        raise BadParameter(f"{name} was given more than once. Give it once.")


def modifier_fits(kind: str, modifier: str, allowed: tuple[str, ...]) -> bool:
    """Whether a parameter of this type takes the modifier; that of a reference is a type of resource."""
    return modifier in allowed or (kind == "reference" and modifier in RESOURCES)


def unknown(search: Search, name: str) -> str:
    named = {*search.resource.parameters, *search.resource.near, *RESULT}
    known = sorted(named - {"_after"})  # which only links name
    return (
        f"{search.kind} cannot be searched by {values.shown(name)}. It can be by "
        f"{', '.join(known)}. Leave the parameter out, or send the header "
        "`Prefer: handling=lenient` to have unknown ones ignored."
    )


def count(search: Search, value: str) -> None:
    if not value.isascii() or not value.isdigit():
        raise BadParameter(
            f"_count is {values.shown(value)}. Give a whole number from 0 to {MOST}."
        )
    # FHIR: a server may give fewer than were asked for.
    search.count = min(int(value[:9]), MOST)
    search.only_count = search.count == 0


def total(search: Search, value: str) -> None:
    if value not in ("none", "estimate", "accurate"):
        raise BadParameter(
            f"_total is {values.shown(value)}. Give none, estimate or accurate."
        )
    search.total = value != "none"


def elements(search: Search, value: str) -> None:
    search.elements = [*(search.elements or []), *value.split(",")]


def summary(search: Search, value: str) -> None:
    if value not in ("false", "count"):
        raise BadParameter(
            f"_summary is {values.shown(value)}. Give count or false, or name what you want "
            "in _elements.",
            "not-supported",
        )
    search.only_count = search.only_count or value == "count"


def media(search: Search, value: str) -> None:
    if value.replace(" ", "+") not in FORMATS:
        raise BadParameter(
            f"_format is {values.shown(value)}. The directory answers in "
            "application/fhir+json only.",
            "not-supported",
        )


def pretty(search: Search, value: str) -> None:
    if value not in ("true", "false"):
        raise BadParameter(f"_pretty is {values.shown(value)}. Give true or false.")


def included(which: str) -> Callable[[Search, str], None]:
    def read(search: Search, value: str) -> None:
        known = getattr(search.resource, f"{which}s")
        # The type of resource at the end may be named: each of ours leads to one type only.
        source, _, rest = value.partition(":")
        field, _, target = rest.partition(":")
        name = f"{source}:{field}"
        if name not in known or target not in (
            "",
            refers_to(search, which, known[name]),
        ):
            named = ", ".join(known) or "nothing"
            raise BadParameter(
                f"_{which} is {values.shown(value)}. With {search.kind} it can be {named}.",
                "not-supported",
            )
        search.includes[name] = known[name]

    return read


def refers_to(search: Search, which: str, include: Include) -> str:
    """The type of resource at the end of a reference along which something comes."""
    return TYPE_OF[include.noun] if which == "include" else search.kind


def after(search: Search, value: str) -> None:
    try:
        metres, key, kind = json.loads(
            base64.b64decode(value, altchars=b"-_", validate=True)
        )
        if kind != search.kind:
            raise ValueError(kind)
        key.encode()  # JSON can hold half a sign, which Neo4j does not take
        search.after = [float(metres), key]
    except (binascii.Error, ValueError, TypeError, AttributeError, OverflowError):
        raise BadParameter(
            f"_after is {values.shown(value)}, which no page has given. Take the link named "
            "next as it is, or leave _after out to begin with the first page."
        ) from None


def mark(search: Search, row: dict[str, Any]) -> str:
    """What `_after` says to go on after a row."""
    text = json.dumps([row["metres"], row["key"], search.kind])
    return base64.urlsafe_b64encode(text.encode()).decode()


RESULT: dict[str, Callable[[Search, str], None]] = {
    "_count": count,
    "_total": total,
    "_elements": elements,
    "_summary": summary,
    "_format": media,
    "_pretty": pretty,
    "_include": included("include"),
    "_revinclude": included("revinclude"),
    "_after": after,
}
ONCE = {"_count", "_total", "_summary", "_after"}
