"""Where messages go: targets that are checked, sealed secrets, and one way to send per kind."""
