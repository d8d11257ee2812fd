"""FHIR R4: the directory as standard clients read it (docs/fhir.md)."""
