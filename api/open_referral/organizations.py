"""Organizations: who commissions, who provides, and their partners."""

from typing import Any

from api.open_referral.about import About
from api.open_referral.ids import ORGANISATION, id_of, part_id

KINDS = {
    "CCG": "Clinical commissioning group",
    "SUB_ICB_LOCATION": "Sub-location of an integrated care board",
    "ICB": "Integrated care board",
    "NHS_TRUST": "NHS trust or foundation trust",
    "GP_PRACTICE": "GP practice",
    "GP_FEDERATION": "Group of GP practices that provides together",
    "INDEPENDENT_PROVIDER": "Company or social enterprise that provides services",
    "VOLUNTARY_SECTOR": "Charity or community organisation",
    "LOCAL_AUTHORITY": "Local authority",
    "PARTNERSHIP": "Partnership of organisations",
    "NATIONAL_BODY": "National body",
}
ODS = "GB-NHS"  # how org-id.guide calls the codes of ODS


def organization(row: dict[str, Any], about: About) -> dict[str, Any]:
    """An organisation with its identifiers."""
    id_ = id_of(ORGANISATION, row["slug"])
    shown = {"id": id_, "name": row["name"], "description": description(row, about)}
    if row["ods_code"]:
        shown["organization_identifiers"] = [
            {
                "id": part_id(id_, "ods code"),
                "organization_id": id_,
                "identifier_scheme": ODS,
                "identifier_type": "ODS code",
                "identifier": row["ods_code"],
            }
        ]
    return shown


def description(row: dict[str, Any], about: About) -> str:
    """What it is in words, and what is not known of it: the profile has no other place for that."""
    words = [f"{KINDS.get(row['kind'], row['kind'])}."]
    if row["aliases"]:
        words.append(f"Also known as {', '.join(row['aliases'])}.")
    if row["active"] is None:
        words.append(f"No source says whether it is there on {about.in_words}.")
    elif not row["active"]:
        words.append(f"It is not there on {about.in_words}.")
    return " ".join(words)
