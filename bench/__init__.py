"""The national sample, the peers that Signpost is measured against, and the measurements."""
