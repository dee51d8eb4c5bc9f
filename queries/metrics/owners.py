"""The departments that own a metric, besides sales operations."""

MARKETING = "Marketing"
FINANCE = "Finance"
SERVICE = "Customer service"
