"""What choosing a mark does, as the fragment of a URL query that the browser applies."""

from datetime import date
from urllib.parse import quote

from data.domain.period import DAY, add_months, month_start


def go(key: str, value: str) -> str:
    """Return the fragment that filters the page by one value of a dimension."""
    return f"{key}={quote(escape(value), safe='~():')}"


def go_month(day: date) -> str:
    """Return the fragment that sets the period to the month of the day."""
    first = month_start(day)
    last = add_months(first, 1) - DAY
    return f"period={first.isoformat()}..{last.isoformat()}"


def mark(**marks: object) -> str:
    """Return the fragment that selects one mark of its panel and leaves the page alone."""
    pairs = (f"{key}:{quote(escape(str(value)), safe='~()')}" for key, value in marks.items())
    return "mark=" + ",".join(pairs)


def escape(value: str) -> str:
    """Return the value as URLs of the page carry it: commas and colons separate."""
    return value.replace("~", "~~").replace(",", "~c").replace(":", "~d")
