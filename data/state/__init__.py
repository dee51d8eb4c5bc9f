"""The application's own database: scoring models and the audit log."""
