"""Takes a copy of an Open Referral directory: every service, organization, place of delivery and term.

    python harvester.py [address] [folder] [since]

Writes a file of JSON lines for each list to the folder. With `since`, such as 2016-11-30, only what was modified then or later.
It needs nothing but Python, and works with any publisher's API of the profile.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

LISTS = {
    "services": {"full": "true"},
    "organizations": {},
    "service_at_locations": {},
    "taxonomies": {},
    "taxonomy_terms": {},
}
DATED = ("services", "organizations", "service_at_locations")
PER_PAGE = 100
SECONDS = 40  # the directory gives up after 30
PATIENCE = (1, 5, 15)  # seconds before each further attempt where it is busy


def main(
    address: str = "http://127.0.0.1:8000/open-referral",
    folder: str = "harvest",
    since: str | None = None,
) -> None:
    """Take the copy, and tell how much there was."""
    about = page_at(f"{address}/")[0]
    print(f"{about['version']} at {address}")
    if "x_notice" in about:
        print(about["x_notice"])
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, parameters in LISTS.items():
        asked = dict(parameters)
        if since and name in DATED:
            asked["modified_after"] = since
        count = 0
        with (Path(folder) / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for each in everything(f"{address}/{name}", asked):
                file.write(json.dumps(each, ensure_ascii=False) + "\n")
                count += 1
        print(f"{name}: {count}")


def everything(address: str, asked: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Every item of a list, page by page: along the links where there are such, else by number."""
    number = 1
    following = f"{address}?{urlencode({**asked, 'per_page': PER_PAGE, 'page': 1})}"
    while following:
        page, link = page_at(following)
        yield from page["contents"]
        number += 1
        by_number = {**asked, "per_page": PER_PAGE, "page": number}
        following = link or f"{address}?{urlencode(by_number)}"
        if page["last_page"] or page["empty"]:
            return


def page_at(address: str) -> tuple[dict[str, Any], str | None]:
    """What an address answers with, and the link to the next page."""
    for seconds in (*PATIENCE, None):
        try:
            with urlopen(address, timeout=SECONDS) as answer:
                return json.load(answer), next_of(answer.headers.get("Link"))
        except HTTPError as error:
            if error.code not in (429, 503) or seconds is None:
                raise SystemExit(f"{error.code}: {error.read().decode()}") from None
            time.sleep(seconds)
    raise AssertionError("The last attempt answers or ends.")


def next_of(header: str | None) -> str | None:
    """The address in a header such as `<https://…>; rel="next"`."""
    if header is None or 'rel="next"' not in header:
        return None
    return header[header.index("<") + 1 : header.index(">")]


if __name__ == "__main__":
    main(*sys.argv[1:])
