"""The one way to a link whose target comes from the data: http, https and mailto, nothing else."""

from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https", "mailto"})
#: What a target that may not be opened becomes: a link that goes nowhere.
NOWHERE = "#"


def safe_url(target: str) -> str:
    """Return a target that a browser may open: a page of ours, a web address or a mail address.

    Control characters and spaces, which browsers skip when they look for a scheme, make it unsafe,
    and so does an address that borrows the scheme of the page (`//host`, backslashes alike).
    """
    if not target.isprintable() or " " in target or "\\" in target or target.startswith("//"):
        return NOWHERE
    try:
        parts = urlsplit(target)
    except ValueError:
        return NOWHERE
    if parts.scheme in ("http", "https"):
        return target if parts.hostname else NOWHERE
    if parts.scheme == "mailto":
        return target
    is_own = target.startswith(("/", "#", "?")) and not parts.netloc and not parts.scheme
    return target if is_own else NOWHERE
