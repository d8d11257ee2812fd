"""Open Referral UK 3: the directory for harvesters and service finders, at /open-referral."""
