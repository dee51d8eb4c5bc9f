"""What panels show behind which no single number stands: a list, a map, a test of several."""

from typing import Any

from components.explain import about_body
from data.domain.filters import Filters
from data.i18n import filter_words, t, tn
from pages._about_texts import TEXTS
from pages._explaining import fresh_words, link_to
from pages._frame import scope_words
from pages._page import Panel, require_rows_data
from queries.metrics import METRICS
from queries.run import count_and_sums, fetcher, scope_now, sql_of


def explained(panel: Panel, filters: Filters) -> Any:
    """Explain a panel as a whole: what it shows, its figures, filters, age, SQL and rows."""
    require_rows_data(panel, filters)
    count = int(count_and_sums(panel.question.members, filters)["rows"])
    keys = dict.fromkeys((*panel.question.metrics, panel.metric.key))
    return about_body(
        t(panel.question.title),
        t(TEXTS[panel.id]),
        figures=[(METRICS[key], link_to(METRICS[key])) for key in keys],
        filters_words=filter_words(filters, fetcher().info(filters.version).labels),
        scope=scope_words(),
        freshness=fresh_words(panel, filters),
        proof=tn("{count} row.", "{count} rows.", count),
        sql=sql_of(panel.query, filters) if scope_now().may("see-sql") else "",
        panel=panel.id,
    )
