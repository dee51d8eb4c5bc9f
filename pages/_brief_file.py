"""The brief as a file that a message carries, with the rights of whoever asks."""

import structlog

from data.domain.channel import File
from data.domain.filters import Filters
from data.paper import NoFontError, TooLongError, write_pdf
from pages._brief import paper
from queries.run import scope_now

log = structlog.get_logger("briefs")


def brief_file(filters: Filters) -> File | None:
    """Return the one-page brief as PDF; None for who may not export, or where it is no page."""
    if not (scope_now().may("export") and scope_now().may("view-cockpit")):
        return None
    try:
        content = write_pdf(paper(filters))
    except (NoFontError, TooLongError) as error:
        log.warning("brief without a file", why=str(error))
        return None
    return File(f"brief_{filters.calendar.as_of}.pdf", content)
