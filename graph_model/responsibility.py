"""Who commissions for a person: by the GP registration, and only without it by the place."""

from graph_model.cases import Case
from graph_model.matching.case import Registration, Row
from graph_model.places import commissioner_of
from graph_model.rows import PlaceRow, ResponsibilityRow


def responsible_for(case: Case, found: Row, place: PlaceRow) -> ResponsibilityRow:
    """Who commissions for this person: by the GP registration, and only without it by the place."""
    if case.gp_practice is not None:
        return responsible_by_practice(case.gp_practice, found["practice"], place)
    organisation = place["commissioner"]
    sources = [
        each["source"] for each in found["places"][0]["responsible"] if each["source"]
    ]
    return {
        "organisation": organisation,
        "by": "PLACE" if organisation else "UNKNOWN",
        "explanation": f"No GP practice was given, so the place counts. {place['explanation']}",
        "sources": sources,
    }


def responsible_by_practice(
    code: str, practice: Row | None, place: PlaceRow
) -> ResponsibilityRow:
    """Who commissions for the patients of a GP practice, and whether the place says otherwise."""
    by_place = place["commissioner"]
    if practice is None or not practice["responsible"]:
        guess = (
            f" {place['name']} lies in the area of {by_place['name']}."
            if by_place
            else ""
        )
        return {
            "organisation": None,
            "by": "UNKNOWN",
            "explanation": "The person's GP practice decides, and the directory does not know who "
            f"commissions for the patients of {code}.{guess}",
            "sources": [],
        }
    organisation, _ = commissioner_of(practice["responsible"], practice["name"])
    name = organisation["name"] if organisation else "more than one organisation"
    words = f"{practice['name']} ({code}) is a practice of {name}."
    if by_place and organisation and by_place["slug"] != organisation["slug"]:
        words += (
            f" The place lies in the area of {by_place['name']}: the two differ, and the "
            "registration counts."
        )
    return {
        "organisation": organisation,
        "by": "GP_REGISTRATION" if organisation else "UNKNOWN",
        "explanation": words,
        "sources": [
            each["source"] for each in practice["responsible"] if each["source"]
        ],
    }


def registration_of(practice: Row | None) -> Registration | None:
    """The commissioner of the person's GP practice with its areas; None where that is not known."""
    if practice is None or not practice["responsible"]:
        return None
    organisation, _ = commissioner_of(practice["responsible"], practice["name"])
    if organisation is None:
        return None
    areas = [code for each in practice["responsible"] for code in each["areas"]]
    return Registration(organisation["name"], frozenset(areas))


def ranks_by(responsible: ResponsibilityRow, found: Row) -> dict[str, int]:
    """How whoever is responsible ranks the types of service, by their codes; empty: not at all."""
    if responsible["organisation"] is None:
        return {}
    slug = responsible["organisation"]["slug"]
    practice = found["practice"]["responsible"] if found["practice"] else []
    places = [each for place in found["places"] for each in place["responsible"]]
    return {
        code: rank
        for each in [*practice, *places]
        if each["organisation"]["slug"] == slug
        for code, rank in each["ranks"]
    }
