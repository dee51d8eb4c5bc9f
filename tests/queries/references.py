"""Asking the hand-written reference SQL: over the contract tables only, for any set of customers."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.scope import Scope
from queries import visible
from queries.question import Rows
from tests.conftest import Demo
from tests.queries.asking import ask

FOLDER = Path(__file__).parents[1] / "reference"
KEYS = tuple(sorted(path.stem for path in FOLDER.glob("*.sql")))
#: Figures of the fitted models, for which no SQL over contract tables can stand: the values are
#: computed anew from the contract tables in tests/pipeline, their sums in test_official_value.
MODELLED = frozenset(
    {
        *("customer_asset", "asset_error", "asset_customers", "value_mean", "lifetime_value"),
        *("referral_value", "expected_orders"),
        # Added up anew in test_four_assets; customer by customer in tests/pipeline/test_assets.
        *("asset_information", "asset_relationship", "asset_value", "asset_strategic"),
        # Added up anew, from the marts and at month ends, in test_expected_loss.
        *("expected_loss", "loss_share", "risk_mean", "customers_at_risk", "value_at_risk"),
        # Recomputed in Python from the snapshots, in test_team.
        *("book_opening", "book_growth", "book_expected", "fair_growth"),
        # Recomputed in Python, customer by customer, in test_queue.
        *("overdue_followups", "waiting_loss"),
        *("value_at_start", "value_lost", "value_churn", "customers_signalled"),
        # Recomputed in Python from the snapshot rows, in test_asset_statement.
        *("asset_opening", "asset_acquired", "asset_reactivated", "asset_expansion"),
        *("asset_contraction", "asset_silence", "asset_depreciation", "asset_restated"),
        *("asset_revaluation", "asset_closing"),
    }
)

#: Dimension -> what it reads of a customer c, owned by the representative r.
COLUMNS = {
    "rep": "r.rep_id",
    "region": "c.region",
    "city": "c.city",
    "industry": "c.industry",
    "kind": "c.kind",
    "source": "c.source",
}


@cache
def reference(key: str) -> str:
    """Return a metric's reference SQL."""
    return (FOLDER / f"{key}.sql").read_text()


class Referee:
    """Answers metrics by their reference SQL for the customers that filters choose."""

    def __init__(self, demo: Demo, filters: Filters, scope: Scope) -> None:
        self.filters = filters
        engine = demo.fetcher.readers.engine(filters.version)
        self._connection = engine.connect()
        self._raw: Any = self._connection.connection.driver_connection
        self._raw.execute("DROP TABLE IF EXISTS temp.chosen_customer")
        self._raw.execute("DROP TABLE IF EXISTS temp.chosen_opportunity")
        self._raw.execute("DROP TABLE IF EXISTS temp.chosen_rep")
        self._choose(demo, scope)

    def __enter__(self) -> "Referee":
        return self

    def __exit__(self, *_exc: object) -> None:
        self._connection.close()

    def value(self, key: str) -> Any:
        """Return the one cell of a metric's reference."""
        sql = reference(key)
        given = {
            "since": self.filters.period.since,
            "until": self.filters.period.until,
            "as_of": self.filters.calendar.as_of,
            "threshold": self.filters.threshold,
        }
        used = {n: v for n, v in given.items() if re.search(rf"\${n}\b", sql)}
        answer = self._raw.execute(sql, used or None)
        assert [c[0] for c in answer.description] == ["value"]
        ((cell,),) = answer.fetchall()
        return cell

    # --- who is chosen --------------------------------------------------------------------

    def _choose(self, demo: Demo, scope: Scope) -> None:
        """Keep the chosen customers, and the opportunities with them or with the chosen reps."""
        owned = "customer AS c LEFT JOIN rep AS r ON r.rep_id = c.rep_id"
        where, values = self._where(scope, COLUMNS, "r.team_id")
        self._raw.execute(
            f"CREATE TEMP TABLE chosen_customer AS SELECT c.customer_id FROM {owned} WHERE {where}",
            values,
        )
        self._narrow(demo, scope)
        own = {n: f"'{NOT_GIVEN}'" for n in COLUMNS} | {"rep": "r.rep_id", "source": "d.source"}
        # A deal's own source decides; a deal without a customer follows its representative.
        dealt = (
            "opportunity AS d LEFT JOIN customer AS c USING (customer_id)"
            " LEFT JOIN rep AS r ON r.rep_id ="
            " CASE WHEN c.customer_id IS NULL THEN d.rep_id ELSE c.rep_id END"
        )
        columns = {
            n: f"CASE WHEN c.customer_id IS NULL THEN {own[n]} ELSE {COLUMNS[n]} END"
            for n in COLUMNS
        } | {"source": "coalesce(d.source, c.source)"}
        where, values = self._where(scope, columns, "r.team_id")
        if set(self.filters.chosen) & {"tier", "lifecycle", "cohort", "customer"}:
            where += " AND d.customer_id IN (SELECT customer_id FROM chosen_customer)"
        self._raw.execute(
            f"CREATE TEMP TABLE chosen_opportunity AS SELECT d.opportunity_id FROM {dealt}"
            f" WHERE {where}",
            values,
        )

        # What representatives did can be cut by team and representative, and by nothing else.
        columns = {"rep": "r.rep_id"}
        where, values = self._where(scope, columns, "r.team_id")
        if set(self.filters.chosen) - {"team", "rep", "seller", "seller_team"}:
            where = "false AND " + where
        everyone = "(SELECT rep_id, team_id FROM rep UNION ALL SELECT NULL, NULL) AS r"
        self._raw.execute(
            f"CREATE TEMP TABLE chosen_rep AS SELECT coalesce(r.rep_id, '{NOT_GIVEN}') AS rep_id"
            f" FROM {everyone} WHERE {where}",
            values,
        )

    def _where(self, scope: Scope, columns: dict[str, str], team: str) -> tuple[str, list[Any]]:
        parts, values = ["true"], []
        wanted = [("team", self.filters.values("team"), True), ("team", scope.teams, False)]
        wanted += [("rep", scope.reps, False)]
        wanted += [(n, self.filters.values(n), True) for n in columns]
        for name, chosen, empty_means_all in wanted:
            if chosen is None or (empty_means_all and not chosen):
                continue
            column = team if name == "team" else columns[name]
            teams = name == "team"
            within = self._subtree(chosen) if teams else list(chosen)
            parts.append(f"list_contains(?, coalesce(nullif(trim({column}), ''), '{NOT_GIVEN}'))")
            values.append(within)
        return " AND ".join(parts), values

    def _subtree(self, teams: Any) -> list[str]:
        sql = """
            WITH RECURSIVE tree AS (
                SELECT team_id FROM team WHERE list_contains(?, team_id)
                UNION SELECT t.team_id FROM team AS t JOIN tree ON t.parent_team_id = tree.team_id
            ) SELECT team_id FROM tree
        """
        found = [row[0] for row in self._raw.execute(sql, [list(teams)]).fetchall()]
        return [*found, *(t for t in teams if t == NOT_GIVEN)]

    def _narrow(self, demo: Demo, scope: Scope) -> None:
        """Narrow to cohorts by first order, and to tiers and lifecycles as the version holds them."""
        if cohorts := self.filters.values("cohort"):
            self._raw.execute(
                "DELETE FROM chosen_customer WHERE customer_id NOT IN (SELECT customer_id FROM orders"
                " WHERE amount > 0 AND ordered_on <= ? AND customer_id IS NOT NULL GROUP BY 1"
                " HAVING list_contains(?, strftime(min(ordered_on), '%Y-%m')))",
                [self.filters.calendar.as_of, list(cohorts)],
            )
        moving = {n: v for n, v in self.filters.chosen.items() if n in ("tier", "lifecycle")}
        if moving:
            # Tiers are no metric: whose tier it is comes from the version, the figures do not.
            def members(filters: Filters, reader: Scope) -> Rows:
                return select(visible.everyone(filters, reader, "customer_id"))

            only = self.filters.choosing("none")
            for name, chosen in moving.items():
                only = only.choosing(name, *chosen)
            ids = ask(demo, members, only, scope)["customer_id"].tolist()
            self._raw.execute(
                "DELETE FROM chosen_customer WHERE NOT list_contains(?, customer_id)", [ids]
            )
