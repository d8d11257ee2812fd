"""The questions that callers can ask, by what they are about; each checks, asks and wraps."""
