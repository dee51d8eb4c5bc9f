"""One file per topic: pure functions from rows to a plain dict figure, ready to be cached."""
