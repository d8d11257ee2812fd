"""Global ids: opaque to callers, and made of a type's name and a key."""

import base64
import binascii

import strawberry

from graph_model.errors import BadUserInput


def global_id(type_name: str, key: str) -> strawberry.ID:
    """The id of the one with this key among its type."""
    return strawberry.ID(
        base64.urlsafe_b64encode(f"{type_name}:{key}".encode()).decode()
    )


def type_and_key(id: str) -> tuple[str, str]:
    """What an id is made of. Raises BadUserInput where it is not one of ours."""
    try:
        text = base64.b64decode(id, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    type_name, colon, key = text.partition(":")
    if not colon or not key:
        raise BadUserInput(
            f"{id[:80]!r} is not an id of this directory. "
            "Take the id from an answer, as it stands."
        )
    return type_name, key
