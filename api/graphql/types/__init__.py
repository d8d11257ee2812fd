"""The types of the schema, one noun a file; those of an answer to a case are in referral.py."""
