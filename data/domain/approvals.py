"""What the director's desk knows beside the warehouse: the limit and the decisions on quotes."""

from dataclasses import dataclass

WAITING, APPROVED, RETURNED = "waiting", "approved", "returned"
DECISIONS = (APPROVED, RETURNED)
#: Quotes above this amount, in the reporting currency, need the director, unless settings differ.
USUAL_LIMIT = 200_000


@dataclass(frozen=True)
class Approvals:
    """The overlay of decisions on quotes: its number, the limit, and (quote, status) of each."""

    number: int = 0
    limit: int = USUAL_LIMIT
    decided: tuple[tuple[str, str], ...] = ()

    def canonical(self) -> list[int]:
        """Return what an answer depends on: decisions never change under their number."""
        return [self.number, self.limit]
