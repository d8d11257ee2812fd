"""XML in and out: documents without a DTD, bounded; elements that are filled along the table of their types."""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, tostring
from xml.parsers import expat

from api.dos.schema import NAMESPACE, TYPES

MOST_ELEMENTS = 2000
DEEPEST = 30
# Signs that no document of XML may hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class NotXml(ValueError):
    """A body that is no XML, or XML that is not read here: the message says what and what to do."""


class Reading:
    """Builds a tree of what the parser meets, and stops at what may be an attack."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.elements = self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise NotXml(
                f"The document has more than {MOST_ELEMENTS} elements, or more than {DEEPEST} "
                "within one another. Send one case."
            )
        self.builder.start(
            tag(name), {tag(each): value for each, value in attributes.items()}
        )

    def end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(tag(name))

    def refuse(self, *found: Any) -> None:
        # A DTD can define entities, which grow without bound or fetch files.
        raise NotXml("The document has a DTD. Leave it out.")


def tag(name: str) -> str:
    """A name as ElementTree has it."""
    return f"{{{name}" if "}" in name else name


def parsed(body: bytes) -> Element:
    """The root of a document. Raises NotXml."""
    reading = Reading()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.builder.data
    parser.StartDoctypeDeclHandler = reading.refuse
    parser.EntityDeclHandler = reading.refuse
    parser.buffer_text = True
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, NotXml):
            raise
        raise NotXml(f"The body is not well-formed XML: {error}.") from None
    return reading.builder.close()


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    """The first part of this name, in whatever namespace."""
    if element is None:
        return None
    return next((each for each in element if local(each) == name), None)


def words(element: Element | None) -> str | None:
    """What stands in an element; None where it is not there, or empty."""
    return (element.text or "").strip() or None if element is not None else None


def of_ours(name: str, values: Mapping[str, Any]) -> Element:
    """An element of the DoS's namespace, filled along the table; what a part must have and has not is a fault of ours."""
    element = Element(f"{{{NAMESPACE}}}{name}")
    fill(element, name, values)
    return element


def fill(parent: Element, type_: str, values: Mapping[str, Any]) -> None:
    for part in TYPES[type_]:
        value = values[part.name] if part.needed else values.get(part.name)
        if value is None:
            continue
        for one in value if part.many else [value]:
            element = SubElement(parent, f"{{{NAMESPACE}}}{part.name}")
            if part.type in TYPES:
                fill(element, part.type, one)
            else:
                element.text = text_of(one)


def text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return FORBIDDEN.sub("\ufffd", str(value))


def document(root: Element) -> bytes:
    return tostring(root, encoding="utf-8", xml_declaration=True)
