"""The scripts behind every performance figure of the README."""
