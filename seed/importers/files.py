"""Opening files as they are published: CSV, alone, gzipped or inside a zip archive."""

import csv
import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from seed.faults import ImportRefused


@dataclass
class Member:
    """A CSV file, or one inside an archive; `size` is in bytes, read from it or to be read."""

    name: str
    size: int
    archive: zipfile.ZipFile | None = None
    path: Path = field(default_factory=Path)
    stream: IO[bytes] | None = None

    @property
    def position(self) -> int:
        """How many of its bytes have been read."""
        if self.stream is None or self.stream.closed:
            return self.size
        raw = getattr(self.stream, "fileobj", None) or self.stream
        return min(self.size, raw.tell())

    def rows(self) -> Iterator[list[str]]:
        """Its rows, the header among them. Raises ImportRefused where it is no text."""
        self.stream = self.opened()
        with io.TextIOWrapper(self.stream, encoding="utf-8-sig", newline="") as text:
            try:
                yield from csv.reader(text)
            except UnicodeDecodeError as error:
                raise ImportRefused(
                    f"{self.name} is not UTF-8. Give the file as it was published."
                ) from error
            except (zipfile.BadZipFile, EOFError, OSError, csv.Error) as error:
                raise ImportRefused(
                    f"{self.name} cannot be read to its end ({error}). Fetch the file again."
                ) from error

    def opened(self) -> IO[bytes]:
        if self.archive:
            return self.archive.open(self.name)
        if self.path.suffix == ".gz":
            return cast(IO[bytes], gzip.open(self.path))
        return self.path.open("rb")

    def head(self) -> list[str]:
        """The first row; empty where there is none."""
        return next(self.rows(), [])


def members(path: Path) -> list[Member]:
    """The CSV files of a file. Raises ImportRefused where there are none."""
    if not path.is_file():
        raise ImportRefused(f"There is no file {path}. Name one that is there.")
    if not zipfile.is_zipfile(path):
        return [Member(path.name, path.stat().st_size, path=path)]
    archive = zipfile.ZipFile(path)
    found = [
        Member(each.filename, each.file_size, archive, path)
        for each in sorted(archive.infolist(), key=lambda each: each.filename)
        if each.filename.lower().endswith(".csv")
    ]
    if not found:
        raise ImportRefused(
            f"{path} holds no CSV file. Give the archive as it was published."
        )
    return found


def fingerprint_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def month_of(path: Path) -> str | None:
    """The month in which an archive was put together, such as 2025-05."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        year, month = max(each.date_time for each in archive.infolist())[:2]
    return f"{year}-{month:02}"
