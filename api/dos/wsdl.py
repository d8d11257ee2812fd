"""The WSDL of the SOAP search, written from the table of its types."""

from xml.etree.ElementTree import Element, SubElement

from api.dos.schema import CHOICES, NAMESPACE, OPERATIONS, TYPES, Part
from api.dos.xml import document

WSDL = "http://schemas.xmlsoap.org/wsdl/"
XSD = "http://www.w3.org/2001/XMLSchema"
HTTP = "http://schemas.xmlsoap.org/soap/http"
# How SOAP 1.1 and 1.2 are bound, by what the port is called for each.
BINDINGS = {
    "PathWayServiceSoap": "http://schemas.xmlsoap.org/wsdl/soap/",
    "PathWayServiceSoap12": "http://schemas.xmlsoap.org/wsdl/soap12/",
}
SERVICE, PORT_TYPE = "PathWayService", "PathWayServicePortType"
# Parts of an operation, and the message of each.
DIRECTIONS = {"input": "SoapIn", "output": "SoapOut"}


def wsdl(address: str) -> bytes:
    """What the server at this address can be asked by SOAP."""
    root = Element(
        f"{{{WSDL}}}definitions",
        {"targetNamespace": NAMESPACE, "xmlns:tns": NAMESPACE, "xmlns:xsd": XSD},
    )
    schema(SubElement(root, f"{{{WSDL}}}types"))
    messages(root)
    port_type(root)
    for name, uri in BINDINGS.items():
        binding(root, name, uri)
    service = SubElement(root, f"{{{WSDL}}}service", {"name": SERVICE})
    for name, uri in BINDINGS.items():
        port = SubElement(
            service, f"{{{WSDL}}}port", {"name": name, "binding": f"tns:{name}"}
        )
        SubElement(port, f"{{{uri}}}address", {"location": address})
    return document(root)


def schema(parent: Element) -> None:
    """The types, and an element for each message."""
    root = SubElement(
        parent,
        f"{{{XSD}}}schema",
        {"targetNamespace": NAMESPACE, "elementFormDefault": "qualified"},
    )
    SubElement(
        root, f"{{{XSD}}}element", {"name": "serviceVersion", "type": "xsd:string"}
    )
    for name in [*OPERATIONS, *OPERATIONS.values()]:
        element = SubElement(root, f"{{{XSD}}}element", {"name": name})
        parts(SubElement(element, f"{{{XSD}}}complexType"), TYPES[name])
    for name, listed in TYPES.items():
        if name not in OPERATIONS and name not in OPERATIONS.values():
            parts(SubElement(root, f"{{{XSD}}}complexType", {"name": name}), listed)
    for name, choices in CHOICES.items():
        simple = SubElement(root, f"{{{XSD}}}simpleType", {"name": name})
        allowed = SubElement(simple, f"{{{XSD}}}restriction", {"base": "xsd:string"})
        for choice in choices:
            SubElement(allowed, f"{{{XSD}}}enumeration", {"value": choice})


def parts(parent: Element, listed: tuple[Part, ...]) -> None:
    sequence = SubElement(parent, f"{{{XSD}}}sequence")
    for part in listed:
        ours = part.type in TYPES or part.type in CHOICES
        SubElement(
            sequence,
            f"{{{XSD}}}element",
            {
                "name": part.name,
                "type": f"{'tns' if ours else 'xsd'}:{part.type}",
                "minOccurs": "1" if part.needed else "0",
                "maxOccurs": "unbounded" if part.many else "1",
            },
        )


def messages(root: Element) -> None:
    for asked, answered in OPERATIONS.items():
        for end, name in (("SoapIn", asked), ("SoapOut", answered)):
            message = SubElement(root, f"{{{WSDL}}}message", {"name": f"{asked}{end}"})
            part = {"name": "parameters", "element": f"tns:{name}"}
            SubElement(message, f"{{{WSDL}}}part", part)
    header = SubElement(root, f"{{{WSDL}}}message", {"name": "Header"})
    part = {"name": "ServiceVersion", "element": "tns:serviceVersion"}
    SubElement(header, f"{{{WSDL}}}part", part)


def port_type(root: Element) -> None:
    port = SubElement(root, f"{{{WSDL}}}portType", {"name": PORT_TYPE})
    for name in OPERATIONS:
        operation = SubElement(port, f"{{{WSDL}}}operation", {"name": name})
        for which, end in DIRECTIONS.items():
            SubElement(operation, f"{{{WSDL}}}{which}", {"message": f"tns:{name}{end}"})


def binding(root: Element, name: str, uri: str) -> None:
    bound = SubElement(
        root, f"{{{WSDL}}}binding", {"name": name, "type": f"tns:{PORT_TYPE}"}
    )
    SubElement(bound, f"{{{uri}}}binding", {"style": "document", "transport": HTTP})
    for asked in OPERATIONS:
        operation = SubElement(bound, f"{{{WSDL}}}operation", {"name": asked})
        action = {"soapAction": f"{NAMESPACE}/{asked}", "style": "document"}
        SubElement(operation, f"{{{uri}}}operation", action)
        for which in DIRECTIONS:
            direction = SubElement(operation, f"{{{WSDL}}}{which}")
            SubElement(direction, f"{{{uri}}}body", {"use": "literal"})
            if which == "input":
                header = {
                    "message": "tns:Header",
                    "part": "ServiceVersion",
                    "use": "literal",
                }
                SubElement(direction, f"{{{uri}}}header", header)
