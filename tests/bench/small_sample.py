"""The sample that the tests are asked of."""

from bench.national.sample import Sample

SMALL = Sample(services=2_000, seed=7)
