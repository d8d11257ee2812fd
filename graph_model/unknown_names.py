"""Names that a question gave and the directory does not have: refused, with the nearest that it has."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from graph_model.errors import BadUserInput


def refuse_unknown(names: Sequence[str], known: Sequence[str], noun: str) -> None:
    """Raises BadUserInput that names each unknown name and the nearest known one."""
    if not names:
        return
    hints = [hint_for(name, known) for name in names[:5]]
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    raise BadUserInput(
        f"The directory has no {noun} {', no '.join(hints)}{more} on that day. "
        "Nothing was answered."
    )


def hint_for(name: str, known: Sequence[str]) -> str:
    """The unknown name, with the nearest known one where there is one near."""
    nearest = process.extractOne(
        name.lower(), known, scorer=fuzz.WRatio, score_cutoff=70
    )
    shown = repr(name[:80])
    return f"{shown} (did you mean {nearest[0]!r}?)" if nearest else shown


def unique(names: Iterable[str] | None) -> list[str] | None:
    """The names, each once, in their order."""
    return None if names is None else list(dict.fromkeys(names))
