"""The warehouse: contract tables, marts, engines, versions and the one cached way to fetch."""
