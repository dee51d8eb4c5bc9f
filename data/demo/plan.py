"""What is asked of the demo company: size, history, seed, and how it is cut into chunks."""

from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np

from data.demo.calendar import Clock, adoption, clock, history, trade
from data.demo.columns import Ints

CHUNK = 20_000
SMALLEST, LARGEST = 200, 3_000_000
SHORTEST, LONGEST = 12, 120


class DemoSizeError(ValueError):
    """The asked size of the demo company is out of bounds."""


@dataclass(frozen=True)
class Plan:
    """One demo company. Everything in it follows from these four values."""

    customers: int
    months: int
    seed: int
    stories: bool = True

    def __post_init__(self) -> None:
        """Refuse sizes that the generator was not made for."""
        if not SMALLEST <= self.customers <= LARGEST:
            raise DemoSizeError(f"Ask for {SMALLEST:,} to {LARGEST:,} customers.")
        if not SHORTEST <= self.months <= LONGEST:
            raise DemoSizeError(f"Ask for {SHORTEST} to {LONGEST} months of history.")

    @property
    def chunks(self) -> int:
        """In how many chunks of at most 20,000 customers the company is made."""
        return -(-self.customers // CHUNK)

    def numbers(self, chunk: int) -> Ints:
        """The customer numbers of a chunk, from 1."""
        edge = np.linspace(0, self.customers, self.chunks + 1).astype(np.int64)
        return np.arange(int(edge[chunk]), int(edge[chunk + 1]), dtype=np.int64) + 1

    def draws(self, chunk: int, topic: str) -> np.random.Generator:
        """The random draws of one topic in one chunk, independent of all other topics."""
        return np.random.default_rng([self.seed, chunk, crc32(topic.encode())])

    @cached_property
    def days(self) -> Ints:
        """Every day of the history."""
        return history(self.months)

    @cached_property
    def trade(self) -> Clock:
        """The clock by which customers order."""
        return clock(self.days, trade(self.days))

    @cached_property
    def arrivals(self) -> Clock:
        """The clock by which customers and leads come."""
        return clock(self.days, trade(self.days, growth=0.05))

    @cached_property
    def adoption(self) -> Clock:
        """The clock by which customers use the online offer."""
        return clock(self.days, adoption(self.days))
