"""Arguments that many fields share."""

from datetime import date
from typing import Annotated

import strawberry

from graph_model.errors import BadUserInput

AsOf = Annotated[
    date | None,
    strawberry.argument(
        description="The day that the answer is for. Left out, a field below another takes "
        "the day of that one, and a question the directory's own date (`Directory.asOf`)."
    ),
]
First = Annotated[
    int | None,
    strawberry.argument(description="How many at most, from 1 to 100."),
]
After = Annotated[
    str | None,
    strawberry.argument(
        description="Continue after this cursor: the `endCursor` of the page before."
    ),
]
Matching = Annotated[
    str | None,
    strawberry.argument(
        description="Words of which the name must remind: whole words, their beginnings or "
        "other names. At most 100 characters."
    ),
]
Slug = Annotated[str, strawberry.argument(description="The `slug` from an answer.")]
Code = Annotated[str, strawberry.argument(description="The `code` from an answer.")]


def at_most(length: int, text: str | None, what: str) -> str | None:
    """The text, if it is not too long. Raises BadUserInput where it is."""
    if text is not None and len(text) > length:
        raise BadUserInput(
            f"{what} has {len(text)} characters. Write at most {length}: "
            "the few words that matter."
        )
    return text
