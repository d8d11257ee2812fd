"""The SOAP search: CheckCapacitySummary and ServiceDetailsById, by SOAP 1.1 or 1.2, and their WSDL."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from xml.etree.ElementTree import Element, SubElement

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.doors import Refusal, answering, kept
from api.dos import faults
from api.dos.faults import DosFault
from api.dos.parameters import LARGEST, LONGEST
from api.dos.schema import NAMESPACE, OPERATIONS, OURS, VERSION
from api.dos.search import searched
from api.dos.soap_answer import destinations, service_detail
from api.dos.soap_case import meant_by, soap_case
from api.dos.wsdl import wsdl
from api.dos.xml import NotXml, child, document, local, of_ours, parsed, words
from graph_model.dos import (
    particulars_of,
    services_of_dos_id,
    services_of_ods_code,
)
from graph_model.dos_codes import dos_codes
from graph_model.matching.criteria import judge_active
from graph_model.matching.opening import LONDON
from graph_model.matching.verdicts import FAIL

PATH = "/app/api/webservices"
MOST_BYTES = 100_000
# Of each type the best two, but of these one: the person's practice, or a line that is one for all.
SINGLE = {"100", "130", "133", "137", "138", "139"}
CATCH_ALL = 2


@dataclass(frozen=True)
class Soap:
    """A version of SOAP: the namespace of its envelope, what its answers are sent as, and its words for whose a fault is."""

    namespace: str
    media: str
    caller: str
    server: str


SOAP11 = Soap(
    "http://schemas.xmlsoap.org/soap/envelope/", "text/xml", "Client", "Server"
)
SOAP12 = Soap(
    "http://www.w3.org/2003/05/soap-envelope",
    "application/soap+xml",
    "Sender",
    "Receiver",
)
VERSIONS = {each.namespace: each for each in (SOAP11, SOAP12)}

Blocks = dict[str, str | None]  # of the header: what the DoS has no place for
Told = tuple[Element, Blocks]


async def check_capacity_summary(request: Request, asked: Element) -> Told:
    """The services for a case, best first: at most two of each type."""
    driver, settings = request.state.driver, request.state.settings
    now = datetime.now(LONDON)
    case = soap_case(child(asked, "c"))
    meant = meant_by(case, await dos_codes(driver, case.keys, case.codes))
    answer = await searched(
        driver,
        settings,
        meant.sought,
        lambda code: 1 if code in SINGLE else 2,
        catch_all=CATCH_ALL,
    )
    shown = destinations(answer)
    if not shown:
        raise DosFault(
            faults.NOTHING_FOUND,
            "No service fits, and the directory knows no emergency department within 60 km. "
            "Where a life may be at risk, call 999.",
            status=404,
        )
    distance = meant.distance
    told = of_ours(
        "CheckCapacitySummaryResponse",
        {
            "TransactionId": uuid4(),
            "RequestedAtDateTime": now.isoformat(timespec="seconds"),
            "SearchDateTime": answer.at.astimezone(LONDON).isoformat(
                timespec="seconds"
            ),
            "CalculatedAgeInDays": case.age_days,
            "SearchDistance": distance.km,
            "SearchDistanceUsedSource": distance.source,
            "CheckCapacitySummaryResult": {"serviceCareSummaryDestination": shown},
        },
    )
    blocks: Blocks = {
        "notice": answer.notice,
        "emergencyAdvice": answer.advice,
        "distanceUsed": f"{distance.km} km ({distance.source}): {distance.why}.",
        "dispositionUsed": meant.disposition,
        "responsible": answer.judged.responsible["explanation"],
    }
    return told, blocks


async def service_details_by_id(request: Request, asked: Element) -> Told:
    """The technical addresses of a service, by its number or ODS code."""
    driver = request.state.driver
    given = words(child(asked, "serviceId")) or ""
    if given.isascii() and given.isdigit() and int(given[:12]) <= LARGEST:
        rows = await services_of_dos_id(driver, int(given))
    else:
        rows = await services_of_ods_code(driver, given[:LONGEST].upper())
    slugs = [row["slug"] for row in rows]
    particulars, directory = await particulars_of(driver, slugs, None)
    shown = [
        service_detail(row, particulars.get(row["slug"]))
        for row in rows
        if judge_active(row, directory["day"])["verdict"] != FAIL
    ]
    if not shown:
        raise DosFault(
            faults.NO_SERVICE,
            f"No service has the number or ODS code {given[:40]!r}. Give an id that "
            "CheckCapacitySummary gave.",
            status=404,
        )
    return of_ours("ServiceDetailsByIdResponse", {"services": {"service": shown}}), {}


ANSWERS: dict[str, Callable[[Request, Element], Awaitable[Told]]] = {
    "CheckCapacitySummary": check_capacity_summary,
    "ServiceDetailsById": service_details_by_id,
}


async def asked_by_soap(request: Request) -> Response:
    """The answer to an envelope, in one of the same version."""
    soap = [SOAP11]

    async def answer(request: Request) -> Response:
        envelope = await envelope_in(request)
        soap[0] = version_of(envelope)
        asked = operation_in(envelope)
        told, blocks = await ANSWERS[local(asked)](request, asked)
        return sent(soap[0], told, blocks)

    return await answering(answer, lambda error: fault(soap[0], error))(request)


def unforeseen(request: Request, error: Refusal) -> Response:
    """A fault of ours, by the version of SOAP that the request was sent as."""
    kind = request.headers.get("content-type", "")
    return fault(SOAP12 if kind.startswith(SOAP12.media) else SOAP11, error)


async def envelope_in(request: Request) -> Element:
    """The document of the body, read no further than the limit. Raises DosFault."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise DosFault(
                faults.MALFORMED,
                f"The body is too long. Send at most {MOST_BYTES} bytes.",
                status=413,
            )
    try:
        return parsed(bytes(body))
    except NotXml as error:
        raise DosFault(faults.MALFORMED, str(error)) from None


def version_of(envelope: Element) -> Soap:
    """Raises DosFault where it is no envelope of SOAP, or none that is understood."""
    soap = VERSIONS.get(envelope.tag.removesuffix("}Envelope").removeprefix("{"))
    if soap is None:
        raise DosFault(
            faults.MALFORMED,
            "The document is no envelope of SOAP 1.1 or 1.2. Send one as the WSDL says.",
        )
    return soap


def operation_in(envelope: Element) -> Element:
    """What is asked, the element of the body. Raises DosFault."""
    namespace = envelope.tag.removesuffix("Envelope")
    understand(envelope.find(f"{namespace}Header"), namespace)
    body = envelope.find(f"{namespace}Body")
    asked = body[0] if body is not None and len(body) == 1 else None
    if asked is None or asked.tag not in {f"{{{NAMESPACE}}}{name}" for name in ANSWERS}:
        raise DosFault(
            faults.MALFORMED,
            f"The envelope's body asks nothing that is answered here. Ask {' or '.join(OPERATIONS)} "
            f"of the namespace {NAMESPACE}.",
        )
    return asked


def understand(header: Element | None, namespace: str) -> None:
    """Refuse a version that is not answered in, and what must be understood and is not. Raises DosFault."""
    for block in header if header is not None else ():
        if block.tag == f"{{{NAMESPACE}}}serviceVersion":
            if words(block) not in (None, VERSION):
                raise DosFault(
                    faults.VERSION,
                    f"serviceVersion is {words(block)!r}. Version {VERSION} is answered in; "
                    "leave it out, or give that.",
                )
        elif block.get(f"{namespace}mustUnderstand") in ("1", "true"):
            raise DosFault(
                faults.MALFORMED,
                f"The header {local(block)[:80]!r} must be understood, and is not. Leave it out.",
            )


def sent(soap: Soap, told: Element, blocks: Blocks) -> Response:
    """An answer in its envelope; what a person asked is for nobody to keep."""
    envelope, body = enveloped(soap, blocks)
    body.append(told)
    return Response(document(envelope), 200, {"Cache-Control": "no-store"}, soap.media)


def enveloped(soap: Soap, blocks: Blocks) -> tuple[Element, Element]:
    """An envelope, and its empty body. What callers do not know in its header they leave alone."""
    # The fault's code is a name with a prefix, which ElementTree would not declare for a text.
    envelope = Element(f"{{{soap.namespace}}}Envelope", {"xmlns:soap": soap.namespace})
    told = {name: value for name, value in blocks.items() if value}
    if told:
        header = SubElement(envelope, f"{{{soap.namespace}}}Header")
        for name, value in told.items():
            SubElement(header, f"{{{OURS}}}{name}").text = value
    return envelope, SubElement(envelope, f"{{{soap.namespace}}}Body")


def fault(soap: Soap, error: Refusal) -> Response:
    """A fault: whose it is, the DoS's number for it, and words. By SOAP 1.1 its status is 500, whoever's it is."""
    number = error.number if isinstance(error, DosFault) else number_of(error)
    whose = soap.server if error.status >= 500 else soap.caller
    envelope, body = enveloped(soap, {})
    found = SubElement(body, f"{{{soap.namespace}}}Fault")
    if soap is SOAP11:
        SubElement(found, "faultcode").text = f"soap:{whose}"
        SubElement(found, "faultstring").text = str(error)[:2000]
        detail = SubElement(found, "detail")
    else:
        code = SubElement(found, f"{{{soap.namespace}}}Code")
        SubElement(code, f"{{{soap.namespace}}}Value").text = f"soap:{whose}"
        reason = SubElement(found, f"{{{soap.namespace}}}Reason")
        said = SubElement(reason, f"{{{soap.namespace}}}Text", {"xml:lang": "en"})
        said.text = str(error)[:2000]
        detail = SubElement(found, f"{{{soap.namespace}}}Detail")
    SubElement(detail, f"{{{OURS}}}code").text = str(number)
    status = 500 if soap is SOAP11 else error.status
    headers = {"Cache-Control": "no-store"}
    return Response(document(envelope), status, headers, soap.media)


def number_of(error: Refusal) -> int:
    """The DoS's number for what any door may refuse."""
    if error.kind == "timeout":
        return faults.TOO_LONG
    if error.status >= 500:
        return faults.OURS
    return faults.POSTCODE if error.status in (404, 422) else faults.MALFORMED


async def description(request: Request) -> Response:
    """The WSDL, at ?wsdl as the DoS has it."""
    address = str(request.url.replace(query="", fragment=""))
    return kept(request, wsdl(address), "text/xml")


async def webservices(request: Request) -> Response:
    if request.method == "POST":
        return await asked_by_soap(request)
    return await description(request)


def soap_route() -> Route:
    return Route(PATH, webservices, methods=["GET", "POST"])
