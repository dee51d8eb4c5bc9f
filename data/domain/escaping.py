"""Values in the lists of a URL: what separates them is spelt so that a value may hold it."""


def escaped(value: str) -> str:
    """Return a value as it stands in a list."""
    return value.replace("~", "~~").replace(",", "~c").replace(":", "~d")


def unescaped(value: str) -> str:
    """Return the value of what stands in a list."""
    parts = value.split("~~")
    return "~".join(p.replace("~c", ",").replace("~d", ":") for p in parts)
