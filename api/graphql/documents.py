"""Texts of questions known by their SHA-256 hash, so that clients need not send them again (ADR 26)."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from api.graphql.limits import MOST_CHARACTERS
from graph_model.errors import DirectoryError

MOST_KEPT = 500  # texts of at most 80 kB each


class DocumentsFault(DirectoryError):
    """The file of documents is not what it should be."""

    code = "DOCUMENTS_FAULT"


def hash_of(text: str) -> str:
    """The SHA-256 hash of a text's UTF-8 bytes, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Documents:
    """The texts that are always known, and of the others those that were used last."""

    def __init__(self, always: Iterable[str] = ()) -> None:
        self._always = {hash_of(text): text for text in always}
        self._kept: OrderedDict[str, str] = OrderedDict()

    def text_of(self, named: str) -> str | None:
        """The text with this hash; None where it is not known, or not any more."""
        if named in self._kept:
            self._kept.move_to_end(named)
        return self._always.get(named) or self._kept.get(named)

    def keep(self, text: str) -> None:
        """Know the text from now on. One that is too long to be answered is not worth it."""
        named = hash_of(text)
        if named in self._always or len(text) > MOST_CHARACTERS:
            return
        self._kept[named] = text
        self._kept.move_to_end(named)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


def texts_of_file(file: Path | None) -> list[str]:
    """The texts in a file as Relay's compiler, graphql-codegen or Apollo's tools write it. Raises DocumentsFault."""
    if file is None:
        return []
    try:
        written = orjson.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise DocumentsFault(
            f"SIGNPOST_DOCUMENTS: {file} cannot be read: {error}"
        ) from error
    texts = named_texts(written)
    if texts is None:
        raise DocumentsFault(
            f"SIGNPOST_DOCUMENTS: {file} holds no documents. Write a JSON object of hashes with "
            'their texts, {"…": "query …"}, or a manifest of Apollo\'s.'
        )
    for name, text in texts:
        if name.removeprefix("sha256:") != hash_of(text):
            raise DocumentsFault(
                f"SIGNPOST_DOCUMENTS: in {file}, the document that begins {text[:40]!r} has the name "
                f"{name[:80]!r}, not its SHA-256, {hash_of(text)}. Have the file written with "
                "SHA-256 (docs/clients.md)."
            )
    return [text for _, text in texts]


def named_texts(written: Any) -> list[tuple[str, str]] | None:
    """The hashes and texts of a file; None where it is no such file."""
    match written:
        case {"format": "apollo-persisted-query-manifest", "operations": [*operations]}:
            pairs = [
                (each.get("id"), each.get("body"))
                if isinstance(each, dict)
                else (None, None)
                for each in operations
            ]
        case dict():
            pairs = list(written.items())
        case _:
            return None
    known = [
        (name, text)
        for name, text in pairs
        if isinstance(name, str) and isinstance(text, str)
    ]
    return known if len(known) == len(pairs) else None
