"""UUIDs for what the directory knows by slugs, as Open Referral demands them.

The id of a service, an organisation or a place is a UUID of version 8 (RFC 9562, "custom") that holds the beginning and
the end of its slug, and 37 bits of a digest of all of it: so a node is found by its id along the index of slugs, and
nothing has to be stored or remembered (ADR 24). What hangs from these has a UUID of version 5 of its name.
"""

import hashlib
from uuid import UUID, uuid5

from neo4j import AsyncDriver

from graph_model.search.slugs import slugs_between

NAMESPACE = UUID(
    "b3a0bb5c-2d5e-5d4e-8a53-6f1f4a0f9d10"
)  # of this door, once and for all

SIGNS = "-.0123456789abcdefghijklmnopqrstuvwxyz"
BASE = len(SIGNS) + 1  # and one for: nothing there
HEAD, TAIL = 10, 6
DIGEST_BITS = 37  # 16 signs take 85 of the 122 bits that are free

SERVICE, ORGANISATION, LOCATION = "service", "organisation", "location"
AT_LOCATION = "service at location"
NOUN_OF = {SERVICE: "service", AT_LOCATION: "service", ORGANISATION: "organisation"}


def id_of(kind: str, slug: str) -> str:
    """The UUID of a node of this kind."""
    head, tail = ends(slug)
    number = 0
    for sign in head.ljust(HEAD, " ") + tail.rjust(TAIL, " "):
        number = number * BASE + SIGNS.find(sign) + 1
    digest = hashlib.sha256(f"{kind} {slug}".encode()).digest()
    payload = number << DIGEST_BITS | int.from_bytes(digest) >> (256 - DIGEST_BITS)
    high, middle, low = payload >> 74, payload >> 62 & 0xFFF, payload & (1 << 62) - 1
    return str(UUID(int=high << 80 | 8 << 76 | middle << 64 | 2 << 62 | low))


def ends(slug: str) -> tuple[str, str]:
    """The beginning and the end of a slug, as far as their signs can be held."""
    head, tail = slug[:HEAD], slug[-TAIL:]
    while any(sign not in SIGNS for sign in head):
        head = head[:-1]
    while any(sign not in SIGNS for sign in tail):
        tail = tail[1:]
    return head, tail


def ends_in(id_: UUID) -> tuple[str, str]:
    """The beginning and the end of the slug that an id is of."""
    bits = id_.int
    payload = bits >> 80 << 74 | (bits >> 64 & 0xFFF) << 62 | bits & (1 << 62) - 1
    number, signs = payload >> DIGEST_BITS, ""
    for _ in range(HEAD + TAIL):
        number, sign = divmod(number, BASE)
        signs = (SIGNS[sign - 1] if sign else " ") + signs
    return signs[:HEAD].strip(), signs[HEAD:].strip()


async def slug_of(driver: AsyncDriver, kind: str, id_: UUID) -> str | None:
    """The slug of the node that has this id, None where none has."""
    if id_.version != 8:
        return None
    slugs = await slugs_between(driver, NOUN_OF[kind], *ends_in(id_))
    return next((slug for slug in slugs if id_of(kind, slug) == str(id_)), None)


def part_id(owner: str, part: str) -> str:
    """The UUID of what has no name but within its owner, such as an address."""
    return str(uuid5(NAMESPACE, f"{owner} {part}"))
