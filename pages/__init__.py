"""One file per URL: parse, ask, draw."""
