"""The command `signpost`: the directory on this machine, from nothing to an answer."""
