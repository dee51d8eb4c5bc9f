"""How each mart is filled, by INSERT … SELECT in the engine, one topic per file."""
