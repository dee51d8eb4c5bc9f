"""Scoring: models of orders, spend, renewals and churn. Arrays in, arrays out; no SQL, no clock."""
