"""Backups: what the cockpit itself keeps, copied while it runs and brought back whole."""
