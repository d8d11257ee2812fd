"""Everything that faces outside."""
