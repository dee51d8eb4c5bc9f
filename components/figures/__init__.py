"""Pure functions from rows to plain figure dictionaries, one file per topic."""
