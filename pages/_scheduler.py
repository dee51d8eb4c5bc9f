"""The clock: one process at a time runs what is due, held to one by a lease with a fence."""

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date

import structlog
from sqlalchemy import Engine

from data import settings
from data.channels.delivery import Delivered, deliver
from data.state import leases
from data.state.engine import StateError
from data.state.leases import LostLeaseError
from data.warehouse.engine import WarehouseError
from data.warehouse.fetch import Fetcher
from data.warehouse.versions import open_warehouse
from pages._alert_runs import run_alerts
from pages._rule_runs import run_rules
from pages._state import state, use_state
from queries.run import connect, fetcher

LEASE = "rules"
#: A run that says nothing for so long has died; the next process takes over.
LEASE_SECONDS = 120
#: How often it is looked whether something is due.
EVERY_SECONDS = 30.0
#: Claims of messages in one tick, so that new data need not wait for a long queue.
ROUNDS = 100
log = structlog.get_logger("scheduler")


class Scheduler:
    """What one process runs when it holds the lease."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        self.holder = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"
        #: The version of the data that the rules were run on by this process.
        self._done = 0

    def tick(self) -> list[str]:
        """Do what is due; nothing while another process holds the lease."""
        version = fetcher().live()
        if version == self._done:
            return self.deliver()
        said = list(self.run())
        # Where another process ran them, they ran on these data, too; twice would do no harm.
        self._done = version
        return [*said, *self.deliver()]

    def deliver(self) -> list[str]:
        """Send what is due; several processes may, since each message is claimed by one."""
        whole = Delivered()
        for _ in range(ROUNDS):
            done = deliver(self.database)
            whole.sent, whole.failed = whole.sent + done.sent, whole.failed + done.failed
            if not done.sent + done.failed + done.left:
                break
        if not whole.sent + whole.failed:
            return []
        return [f"Messages: {whole.sent:,} sent, {whole.failed:,} not taken."]

    def run(self, *, as_of: date | None = None) -> Iterator[str]:
        """Run the rules now and say what came of each; say so where another process does."""
        fence = self._take()
        if fence is None:
            yield "Another process is running the rules."
            return
        try:
            for done in run_rules(self.database, as_of=as_of, lease=(LEASE, fence)):
                yield done.sentence
                self._keep(fence)
            # A day that is run again late is for rules alone: figures are known of now only.
            for looked in () if as_of else run_alerts(self.database, lease=(LEASE, fence)):
                yield looked.sentence
                self._keep(fence)
        except LostLeaseError as error:
            yield str(error)
        finally:
            leases.give_back(self.database, LEASE, holder=self.holder)

    def _keep(self, fence: int) -> None:
        if self._take() != fence:
            raise LostLeaseError("Another process has taken the rules over.")

    def _take(self) -> int | None:
        return leases.take(self.database, LEASE, holder=self.holder, seconds=LEASE_SECONDS)


def run_once(*, as_of: date | None = None) -> Iterator[str]:
    """Run what is due once, for cron."""
    scheduler = _of_this_process()
    yield from scheduler.run(as_of=as_of)
    yield from scheduler.deliver()


def run_for_ever() -> Iterator[str]:
    """Run what is due whenever it is, until the process is stopped."""
    scheduler = _of_this_process()
    while True:
        yield from _tick(scheduler)
        time.sleep(EVERY_SECONDS)


def start_scheduler() -> None:
    """Let this web worker look, beside its readers, whether something is due, where wanted."""
    if settings.value("SCHEDULER") != "1":
        return
    threading.Thread(target=_beside, name="scheduler", daemon=True).start()


def _beside() -> None:
    scheduler: Scheduler | None = None
    while True:
        time.sleep(EVERY_SECONDS)
        try:
            scheduler = scheduler or Scheduler(state())
        except StateError as error:
            log.warning("scheduler waits", why=str(error))
            continue
        for sentence in _tick(scheduler):
            log.info("scheduled", said=sentence)


def _tick(scheduler: Scheduler) -> list[str]:
    """Do what is due; a database that is away for a while is tried again."""
    try:
        return scheduler.tick()
    except (WarehouseError, StateError) as error:
        log.warning("scheduler waits", why=str(error))
        return []


def _of_this_process() -> Scheduler:
    connect(Fetcher(open_warehouse()))
    use_state()
    return Scheduler(state())
