"""What is asked: every question is a function (filters, scope) -> Select."""
