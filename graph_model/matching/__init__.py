"""The matching of need and place: the case, its criteria and their verdicts, the order of the options.

Pure functions: they read the rows that a question gave them, and nothing else.
"""
