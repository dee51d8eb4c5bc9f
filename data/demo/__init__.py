"""The seeded demo company."""
