"""The engine layer: a base for flows with a real lock, and the ways to do, resume, heal and cancel.

Rules behind it: one process is worked on by one thread at a time; locks are taken from parent
to child, never the other way; what a dead worker left undone is found again by `heal`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db import OperationalError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.dispatch import receiver
from viewflow.workflow import flow
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.lock import SelectForUpdateLock, after_lock_released
from viewflow.workflow.models import Process, Task
from viewflow.workflow.signals import flow_finished
from viewflow.workflow.status import STATUS

from people import audit
from workflows import turns
from workflows.errors import AlreadyClosed, AlreadyHandled, Busy, CannotTake, FormInvalid, NotApart, NotYourTask
from workflows.models import Turn
from workflows.nodes import CLOSED, Children, UserTask, Wait

logger = logging.getLogger(__name__)


class BaseFlow(flow.Flow):
    """Base of every flow; it has no nodes, and only such a class may be inherited from.

    The lock waits instead of failing at once; PostgreSQL's `lock_timeout` and SQLite's
    `timeout` bound the wait.
    """

    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    def cancel(self, process: Process, *, strict: bool = True) -> bool:
        """Cancel the case with its open steps and child cases; return whether it was still open.

        Looks at the state again under the lock. A parent that waited for this case goes on.
        Raises AlreadyClosed for an ended case, unless `strict` is off; Busy if the lock is not free.
        """
        with _busy_is_an_answer(), self.lock(process.pk):
            process = self.process_class._default_manager.get(pk=process.pk)
            if process.status not in CLOSED:
                super().cancel(process)
                _wake_parent_of(process)
                return True
            if strict:
                raise AlreadyClosed(process)
        return False


def perform(
    task: Task, *, user: Any, data: Mapping[str, Any] | None = None, files: Mapping[str, Any] | None = None
) -> Task:
    """Do a person's step with the answers `data` and return the closed task; the one way for page, demo and tests.

    An unowned task is taken first if the user may. Everything happens under the lock of the
    case and in one transaction: either all of it or nothing. Raises FormInvalid (with the
    bound form), AlreadyHandled, NotYourTask, Busy, or what the form's action raises.
    """
    with _open_step(task) as activation:
        absent = _take(activation, user)
        form = activation.flow_task.form_class(data or {}, files or {}, activation=activation, user=user)
        if not form.is_valid():
            raise FormInvalid(form)
        activation.start(None)
        with audit.on_behalf_of(absent):
            form.save()
        activation.execute()
    return task


def recall(task: Task, *, by: Any, act: Callable[[], object]) -> Task:
    """End a group's step by `act` for the person who sent it there, as long as nobody has taken it.

    Whether the person may do so is the act's question. Raises AlreadyHandled, Busy, or what `act` raises.
    """
    with _open_step(task) as activation:
        if task.owner_id is not None:
            raise AlreadyHandled(task)
        act()
        activation.assign(by)
        activation.start(None)
        activation.execute()
    return task


def claim(task: Task, *, user: Any) -> Task:
    """Take an unowned step. Raises AlreadyHandled, NotYourTask (too late, or no permission), Busy."""
    with _open_step(task) as activation:
        _take(activation, user)
    return task


def release(task: Task, *, by: Any) -> Task:
    """Give an owned step back to all who may do it. Raises AlreadyHandled, NotYourTask, Busy."""
    with _open_step(task) as activation:
        if task.owner_id is None:
            return task
        if not activation.flow_task.can_unassign(by, task):
            raise NotYourTask(task)
        activation.unassign()
        _for_themselves(task)
    return task


def reassign(task: Task, *, to: Any) -> Task:
    """Hand an open step to another person; whether the caller may do so is the caller's question.

    A row that names the person (a review's reviewer) is changed by its own room's action in the
    same transaction. Raises AlreadyHandled, CannotTake if `to` lacks the step's permission, Busy.
    """
    with _open_step(task) as activation:
        if not activation.flow_task.may(to, task):
            raise CannotTake(task, to)
        if task.owner_id is None:
            activation.assign(to)
        else:
            activation.reassign(user=to)
        _for_themselves(task)
    return task


def stand_in(task: Task, *, user: Any) -> Any:
    """Give the step of somebody who is away to their substitute and return the absent person.

    Raises AlreadyHandled, NotYourTask (nobody whom the user covers has it), NotApart, Busy.
    """
    with _open_step(task) as activation:
        absent = turns.covered_owner(task, user)
        if absent is None:
            raise NotYourTask(task)
        _check_apart(task, user, absent)
        activation.reassign(user=user)
        Turn.objects.filter(task=task).update(acting_for=absent)
    return absent


def give_back(task: Task) -> Any:
    """Return a substitute's step to the person for whom they have it, and return that person; None if there is none.

    If that person may not do it any more, a step of a group goes back to the group. Whether the caller
    may ask for it is the caller's question. Raises AlreadyHandled, Busy.
    """
    with _open_step(task) as activation:
        turn = Turn.objects.filter(task=task).select_related("acting_for").first()
        absent = turn.acting_for if turn else None
        if absent is None or task.owner_id is None:
            return None
        _for_themselves(task)
        node = activation.flow_task
        if not node.may(absent, task) and node.can_unassign(task.owner, task):
            activation.unassign()
        else:
            activation.reassign(user=absent)
    return absent


def _for_themselves(task: Task) -> None:
    """From now on whoever has the step does it in their own right."""
    Turn.objects.filter(task=task).update(acting_for=None)


def resume(parent_task_pk: int) -> bool:
    """Let a parent go on if all its children have ended; return whether it did. May be called any number of times."""
    return _go_on(parent_task_pk, Children.task_type)


def _go_on(task_pk: int, task_type: str) -> bool:
    task = Task._default_manager.filter(pk=task_pk, flow_task_type=task_type).first()
    if task is None:  # rolled back together with the child that asked
        return False
    with task.activation() as activation:
        if not activation.complete.can_proceed():
            return False
        activation.complete()
        activation.activate_next()
    return True


def waiting_parents() -> QuerySet[Task]:
    """Parents that wait although every child has ended: a worker died before it could resume them."""
    open_children = Process._default_manager.filter(parent_task=OuterRef("pk")).exclude(status__in=CLOSED)
    started = Task._default_manager.filter(flow_task_type=Children.task_type, status=STATUS.STARTED)
    return started.filter(~Exists(open_children)).order_by("pk")


def heal() -> int:
    """Resume every waiting parent and return how many went on; idempotent, and safe beside running work."""
    return sum(_try_resume(pk) for pk in waiting_parents().values_list("pk", flat=True))


def poke(waits: QuerySet[Task]) -> None:
    """Let those of the waiting steps go on whose condition holds, once this thread holds no lock.

    For whoever changes a fact that cases wait for: a lock of another case taken inside a lock would be
    taken in any order. What is missed here (a kill, a case that came to its wait meanwhile) the tick finds.
    """
    after_lock_released(lambda: pass_waits(waits))


def pass_waits(among: QuerySet[Task] | None = None) -> int:
    """Let every waiting step go on whose condition holds, each by itself; return how many did. One query if none."""
    ready = ready_waits() if among is None else ready_waits().filter(pk__in=among.order_by().values("pk"))
    return sum(_try_go_on(pk) for pk in ready.values_list("pk", flat=True))


def ready_waits() -> QuerySet[Task]:
    """Waiting steps whose condition holds already."""
    nodes = [node for known in BaseFlow.__subclasses__() for node in known.instance.nodes() if isinstance(node, Wait)]
    started = Task._default_manager.filter(flow_task_type=Wait.task_type, status=STATUS.STARTED)
    if not nodes:
        return started.none()
    return started.filter(reduce(or_, (Q(flow_task=node) & node.condition for node in nodes))).order_by("pk")


def _try_go_on(task_pk: int) -> bool:
    try:
        return _go_on(task_pk, Wait.task_type)
    except Exception:
        logger.exception("Waiting step %s could not go on; the next tick tries again.", task_pk)
        return False


def stranded_processes() -> QuerySet[Process]:
    """Cases that break invariant I5: open without any open step, or ended with one."""
    working = Exists(Task._default_manager.filter(process=OuterRef("pk"), finished__isnull=True))
    ended = Q(status__in=CLOSED)
    return Process._default_manager.filter((ended & Q(working)) | (~ended & ~Q(working))).order_by("pk")


@contextmanager
def _busy_is_an_answer() -> Iterator[None]:
    """Turn a lock that was not granted in time (or a deadlock's victim) into a refusal."""
    try:
        yield
    except (FlowLockFailed, OperationalError) as error:
        raise Busy from error


@contextmanager
def _open_step(task: Task) -> Iterator[Any]:
    """Lock the case, read the step again, and yield its activation if it is a person's open step."""
    with _busy_is_an_answer(), task.activation() as activation:
        if task.status not in (STATUS.NEW, STATUS.ASSIGNED) or not isinstance(activation.flow_task, UserTask):
            raise AlreadyHandled(task)
        yield activation


def _take(activation: Any, user: Any) -> Any:
    """Make the user the owner of an unowned task, and refuse anyone who may not do it.

    Returns the absent person for whom the user does it, if there is one.
    """
    if activation.flow_task.can_assign(user, activation.task):
        activation.assign(user)
    if not activation.flow_task.can_execute(user, activation.task):
        raise NotYourTask(activation.task)
    absent = turns.principal(activation.task, user)
    _check_apart(activation.task, user, absent)
    if absent is not None:
        Turn.objects.filter(task=activation.task).update(acting_for=absent)
    return absent


def _check_apart(task: Task, user: Any, absent: Any) -> None:
    """Whoever may not decide may not decide through a substitute, nor as one, nor on what a substitute handed in."""
    sides = [user] if absent is None else [user, absent]
    if any(turns.handed_in_through_another(task, person) for person in sides):
        raise NotApart(task, user, absent)
    if absent is None:
        return  # in their own right: the room's own action looks
    if turns.stands_apart(task, user) or (task.seed_object_id is None and turns.stands_apart(task, absent)):
        raise NotApart(task, user, absent)


@receiver(flow_finished, dispatch_uid="workflows.engine.wake_parent")
def _process_finished(sender: Any, process: Process, **kwargs: Any) -> None:
    """viewflow tells that a case ran to its end."""
    _wake_parent_of(process)


def _wake_parent_of(process: Process) -> None:
    """Resume the parent once this thread holds no lock: inside the child's lock the order would be reversed."""
    if process.parent_task_id:
        after_lock_released(partial(_try_resume, process.parent_task_id))


def _try_resume(parent_task_pk: int) -> bool:
    """Resume, but only log a failure: the child's own step is done and stays done; the next tick tries again."""
    try:
        return resume(parent_task_pk)
    except Exception:
        logger.exception("Parent task %s could not go on; the next tick tries again.", parent_task_pk)
        return False
