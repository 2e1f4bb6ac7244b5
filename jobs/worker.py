"""The worker: takes tasks from the queue and does them, one at a time, until it is asked to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection
from io import StringIO
from typing import Any, cast

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection
from django_tasks import TaskContext

from jobs import liveness, queue, runner
from jobs.errors import ClaimLost, Interrupted
from jobs.liveness import LEADER, Lock
from jobs.queue import Claim, Row

logger = logging.getLogger(__name__)

# Seconds. A killed worker's task goes on after a watch and a poll at the latest. Each is one small query
# that writes nothing as long as there is nothing to do.
POLL, WATCH, CLOCK, DAY = 0.2, 0.5, 5.0, 24 * 60 * 60


class Worker:
    """One process that does tasks of some queues (none named: of all)."""

    def __init__(self, queues: Collection[str] = ()) -> None:
        self.queues = queues
        self.name = liveness.new_worker_id()
        self.lock = liveness.lock(self.name)
        self._lost_some = False

    def run(self, *, until_empty: bool = False, once: bool = False) -> int:
        """Work until asked to stop (`until_empty`: until nothing is ready; `once`: one task). Return the tasks done."""
        self._begin()
        try:
            if not (until_empty or once):
                Watch(self.lock).start()
                Clock().start()
            return self._work(until_empty=until_empty, once=once)
        finally:
            self.lock.release()

    def _work(self, *, until_empty: bool, once: bool) -> int:
        done = 0
        while not runner.is_to_stop() and not (once and done):
            task = self._next()
            if task is not None:
                self._do(task)
                done += 1
            elif until_empty or once:
                break
            else:
                time.sleep(POLL)
        return done

    def _begin(self) -> None:
        while not self.lock.take():  # somebody is looking whether it is held
            time.sleep(0.05)
        queue.reap()

    def _next(self) -> Row | None:
        try:
            if self._lost_some:
                queue.reap(also_dead=self.name)
                self._lost_some = False
            return queue.take(self.name, self.queues)
        except DatabaseError:
            logger.exception("The queue cannot be read now.")
            time.sleep(POLL)
            return None
        finally:
            _freshen()

    def _do(self, row: Row) -> None:
        """Do one task and settle it; whatever happens, this worker goes on."""
        claim = Claim(row.pk, self.name)
        try:
            self._settle(row, claim)
        except ClaimLost as lost:
            logger.warning("Left to another worker: %s", lost)
        except DatabaseError:  # not even the failure could be written
            logger.exception("Task %s is taken up again when the database answers.", row.pk)
            self._lost_some = True

    def _settle(self, row: Row, claim: Claim) -> None:
        try:
            _call(row)
        except Interrupted:
            queue.put_back(claim)
        except ClaimLost:
            raise
        except Exception as error:  # whatever a task raises, it is a try that failed
            logger.exception("Task %s (%s) failed.", row.pk, row.task_path)
            _freshen()
            if queue.fail(claim, error):
                logger.error("Task %s (%s) was given up.", row.pk, row.task_path)
        else:
            queue.finish(claim)


def _freshen() -> None:
    """Give up a database connection that is broken or too old; never inside somebody's transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


def _call(row: Row) -> None:
    task, result = row.task, row.task_result
    context: list[Any] = [TaskContext(task_result=cast(Any, result))] if task.takes_context else []
    task.call(*context, *result.args, **result.kwargs)


class Watch(threading.Thread):
    """Again and again: keep the worker's lock, return tasks of dead workers and stuck ones; once a day tidy up."""

    def __init__(self, lock: Lock) -> None:
        super().__init__(name="watch", daemon=True)
        self.lock = lock
        self._tidied = float("-inf")

    def run(self) -> None:
        """Watch for ever."""
        while True:
            time.sleep(WATCH)
            try:
                self.lock.take()
                if count := queue.reap():
                    logger.warning("%d tasks of dead workers are back in the queue.", count)
                queue.mend_clock()
                self._tidy()
            except Exception:  # a watch that ends would let tasks lie for ever
                logger.exception("The watch over dead workers failed; it goes on.")
            finally:
                _freshen()

    def _tidy(self) -> None:
        if time.monotonic() - self._tidied > DAY:
            queue.prune()
            queue.forget_parts()
            liveness.remove_stale()
            self._tidied = time.monotonic()


class Clock(threading.Thread):
    """Runs the commands of WORKER_SCHEDULE when they are due, in one worker of all at a time."""

    def __init__(self) -> None:
        super().__init__(name="clock", daemon=True)
        self._last: dict[str, float] = {}

    def run(self) -> None:
        """Look at the clock for ever; who holds the leader's lock acts."""
        leader = liveness.lock(LEADER)
        while settings.WORKER_SCHEDULE:
            try:
                if leader.take():
                    self.strike(time.monotonic())
            except Exception:
                logger.exception("A scheduled command failed; it is run again when it is due next.")
            finally:
                _freshen()
            time.sleep(CLOCK)

    def strike(self, now: float) -> None:
        """Run each command whose seconds have gone by."""
        for name, seconds in settings.WORKER_SCHEDULE.items():
            if now - self._last.get(name, float("-inf")) >= seconds:
                self._last[name] = now
                call_command(name, stdout=StringIO())
