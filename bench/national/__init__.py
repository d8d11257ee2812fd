"""A directory of the size of England, generated: the places are real, nothing else is.

The same numbers give the same bytes, on any machine: `write_sample` writes them, `ready_sample` makes a Neo4j of them.
"""

from bench.national.sample import Sample

__all__ = ["Sample"]
