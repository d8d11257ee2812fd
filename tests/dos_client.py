"""A client of the DoS for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

import httpx2

from api.dos.endpoints import ENDPOINTS, ROOT
from api.dos.schema import NAMESPACE, OURS
from api.dos.soap import PATH, SOAP11, Soap


@dataclass
class Dos:
    """Asks `/dos` as a system of NHS 111 would; `root` is the address of the server."""

    root: str
    client: httpx2.AsyncClient

    async def get(self, name: str, **parts: str) -> httpx2.Response:
        """Ask an address of the REST search; a part that is not given is 0."""
        given = [quote(parts.pop(each, "0")) for each in ENDPOINTS[name].parameters]
        address = f"{self.root}/dos{ROOT}/{name}/{'/'.join(given)}"
        return await self.client.get(address, headers=parts)

    async def found(self, name: str, **parts: str) -> dict[str, Any]:
        """What an address answers with, which must be there."""
        answer = await self.get(name, **parts)
        assert answer.status_code == 200, answer.text
        return answer.json()["success"]

    async def names(self, name: str, **parts: str) -> list[str]:
        """The names of the services that are found, in their order."""
        return [each["name"] for each in (await self.found(name, **parts))["services"]]


def envelope(name: str, parts: dict[str, Any], soap: Soap = SOAP11) -> bytes:
    """A request as a client of the WSDL writes it."""
    root = Element(f"{{{soap.namespace}}}Envelope")
    body = SubElement(root, f"{{{soap.namespace}}}Body")
    asked = SubElement(body, f"{{{NAMESPACE}}}{name}")
    user = SubElement(asked, f"{{{NAMESPACE}}}userInfo")
    SubElement(user, f"{{{NAMESPACE}}}username").text = "somebody"
    write(asked, parts)
    return tostring(root)


def write(parent: Element, parts: dict[str, Any]) -> None:
    for name, value in parts.items():
        element = SubElement(parent, f"{{{NAMESPACE}}}{name}")
        if isinstance(value, dict):
            write(element, value)
        elif isinstance(value, list):
            for each in value:
                SubElement(element, f"{{{NAMESPACE}}}int").text = each
        else:
            element.text = value


async def post(dos: Dos, body: bytes, soap: Soap = SOAP11) -> httpx2.Response:
    headers = {"Content-Type": soap.media}
    return await dos.client.post(f"{dos.root}/dos{PATH}", content=body, headers=headers)


def told_fault(answer: httpx2.Response) -> tuple[str, str]:
    root = fromstring(answer.content)
    [code] = root.iter(f"{{{OURS}}}code")
    [words] = root.iter("faultstring")
    return code.text or "", words.text or ""


def texts(root: Element, name: str) -> list[str]:
    return [each.text or "" for each in root.iter(f"{{{NAMESPACE}}}{name}")]


def destinations(root: Element) -> list[Element]:
    return list(root.iter(f"{{{NAMESPACE}}}serviceCareSummaryDestination"))
