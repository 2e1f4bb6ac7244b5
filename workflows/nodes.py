"""The nodes that viewflow's open package lacks or gets wrong: Children, Each, Wait and UserTask.

They use the open core only (`Process.parent_task`, `StartHandle.run`, split tokens). Each
behaviour that we rely on or repair is pinned in tests/workflows/engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.timezone import now
from viewflow import this
from viewflow.workflow.activation import Activation, has_manage_permission
from viewflow.workflow.base import Node
from viewflow.workflow.nodes import StartHandle, View, mixins
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import PROCESS, STATUS
from viewflow.workflow.token import Token

from workflows import turns
from workflows.auth import holds
from workflows.errors import NothingToShareOut

CLOSED = (PROCESS.DONE, PROCESS.CANCELED)

Items = Callable[[Activation], Iterable[Any]]


class PauseActivation(mixins.NextNodeActivationMixin, Activation):
    """Stays open until `is_done`; what it waits for is said by the class that inherits from it."""

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.STARTED)
    def activate(self) -> None:
        """Save the task first: what it waits for points to it, or is a question about it."""
        self.task.started = now()
        self.task.save()

    def is_done(self) -> bool:
        """Whether the case may go on; if so at once, the node is passed at once."""
        raise NotImplementedError

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE, conditions=[this.is_done])
    def complete(self) -> None:
        """Close the task; `engine.resume`, `engine.poke` and `engine.heal` call this."""
        super().complete.original()

    @Activation.status.transition(
        source=[STATUS.NEW, STATUS.STARTED, STATUS.ERROR], target=STATUS.CANCELED, permission=has_manage_permission
    )
    def cancel(self) -> None:
        """Nobody waits any more."""
        self.task.finished = now()
        self.task.save()


class ChildrenActivation(PauseActivation):
    """Starts the child processes, waits for all of them, and takes them along when cancelled."""

    @Activation.status.super()
    def activate(self) -> None:
        """Start one child per item."""
        super().activate.original()
        for item in self.flow_task.items(self):
            self.flow_task.start.run(_parent_task=self.task, item=item)

    def is_done(self) -> bool:
        """Whether every child has ended, in either way; without children at once."""
        return not self.task.subprocesses.exclude(status__in=CLOSED).exists()

    @Activation.status.super()
    def cancel(self) -> None:
        """Cancel the open children too, locking from parent to child; one that just ended is left as it is."""
        super().cancel.original()
        for child in self.task.subprocesses.exclude(status__in=CLOSED).order_by("pk"):
            child.flow_class.instance.cancel(child, strict=False)


class Children(mixins.NextNodeMixin, Node):
    """Run one child process per item and go on when all have ended.

    `start` is the child flow's StartHandle; its function gets the item as keyword `item`.
    `items` maps the activation to the items; none means that the node is passed at once.
    """

    activation_class = ChildrenActivation
    task_type = "SUBPROCESS"
    bpmn_element = "callActivity"
    shape = {
        "width": 150,
        "height": 100,
        "text-align": "middle",
        "svg": """
            <rect class="task" width="150" height="100" rx="5" ry="5" stroke-width="3"/>
            <path class="task-marker" d="M67 82h16v16h-16z M75 85v10 M70 90h10" fill="none"/>
        """,
    }

    def __init__(self, start: StartHandle, items: Items, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start, self.items = start, items

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.items = this.resolve(instance, self.items)


class EachActivation(Activation):
    """Makes one copy of the next node per item, each with its own token, so that a Join can wait for them."""

    @Activation.status.super()
    def activate(self) -> None:
        """Fix the items; a split into nothing would strand the case, so it is refused."""
        self.items = list(self.flow_task.items(self))
        if not self.items:
            raise NothingToShareOut(self.flow_task.task_title)

    @Activation.status.super()
    def create_next(self) -> Iterator[Activation]:
        """Create the copies; each finds its item as `task.seed`."""
        tokens = Token.split_token_source(self.task.token, self.task.pk)
        for item in self.items:
            yield self.flow_task._next._create(self, next(tokens), seed=item)


class Each(mixins.NextNodeMixin, Node):
    """Split into one copy of the next node per item (saved model instances with integer keys)."""

    activation_class = EachActivation
    task_type = "PARALLEL_GATEWAY"
    bpmn_element = "parallelGateway"
    shape = {
        "width": 50,
        "height": 50,
        "svg": """
            <path class="gateway" d="M25,0L50,25L25,50L0,25L25,0"/>
            <path class="gateway-marker" d="M17 15v20 M25 15v20 M33 15v20" fill="none" stroke-width="3"/>
        """,
    }

    def __init__(self, items: Items, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.items = items

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.items = this.resolve(instance, self.items)
        self._next._multi_instance = True  # the BPMN export draws the next node with three bars


def process_is_open(activation: Activation) -> bool:
    """Whether the case of this task is still running."""
    return activation.process.status not in CLOSED


class WaitActivation(PauseActivation):
    """Stays open until the records say that the case may go on."""

    def is_done(self) -> bool:
        """Whether the condition holds now."""
        return type(self.task)._default_manager.filter(self.flow_task.condition, pk=self.task.pk).exists()


class Wait(mixins.NextNodeMixin, Node):
    """Wait for a fact that another case or a person outside the flow brings about.

    `condition` is a Q over the engine's tasks ("process__…"), so that one query finds all that may go on.
    The engine holds no state of its own about it: whoever changes the fact pokes, and the tick finds
    what a dead worker left.
    """

    activation_class = WaitActivation
    task_type = "WAIT"
    bpmn_element = "intermediateCatchEvent"
    shape = Each.shape

    def __init__(self, condition: Q, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.condition = condition


class UserTaskActivation(ViewActivation):
    """A person's step, with its turn; repairs what viewflow forgets on revive and cancel."""

    @classmethod
    def create(cls, *args: Any, **kwargs: Any) -> Any:
        """Make the step and its turn in one transaction."""
        activation = super().create(*args, **kwargs)
        turns.open_turn(activation.task)
        return activation

    def prepare_revived_task(self, task: Any) -> None:
        """Compute owner and permission anew: viewflow leaves both empty, so that anyone could claim the task."""
        node, activation = self.flow_task, type(self)(task)
        task.owner_permission = node.calc_owner_permission(activation)
        task.owner_permission_obj = node.calc_owner_permission_obj(activation)
        task.owner = node.calc_owner(activation)
        if task.owner:
            task.status = STATUS.ASSIGNED

    @Activation.status.transition(
        source=[STATUS.CANCELED, STATUS.ERROR],
        target=STATUS.REVIVED,
        conditions=[process_is_open],
        permission=has_manage_permission,
    )
    def revive(self) -> Any:
        """Open the step again, with its timers; not in a case that has ended, where it would hang for ever."""
        task = super().revive.original()
        turns.open_turn(task)
        for event in self.flow_task._boundary_events:
            event._arm(type(self)(task))
        return task

    @Activation.status.super()
    def cancel(self) -> None:
        """Close the step and its timers, which viewflow would leave armed to fire later."""
        super().cancel.original()
        for event in self.flow_task._boundary_events:
            event._on_host_finished(task=self.task)


class UserTask(View):
    """A step that a person answers with a form, on the one task page.

    `form_class(data, files, *, activation, user)` validates; its `save()` calls one action of
    the room that owns the data. Every UserTask has a `.Permission(...)` and a title.
    """

    activation_class = UserTaskActivation

    def __init__(self, form_class: type[Any]) -> None:
        super().__init__(None)
        self.form_class = form_class

    def may(self, user: Any, task: Any) -> bool:
        """Whether the user holds the task's permission, everywhere or for its object; without one nobody may.

        A superuser holds it by a role only, as `holds` says.
        """
        permission, subject = task.owner_permission, task.owner_permission_obj
        if not permission:
            return False
        if user.is_superuser:
            return holds(user, permission, subject)
        # The object first: memberships are read already, permissions "everywhere" cost two questions.
        return (subject is not None and user.has_perm(permission, obj=subject)) or user.has_perm(permission)

    def can_assign(self, user: Any, task: Any) -> bool:
        """Whether the user may take the unowned task (viewflow: anyone, if it has no permission)."""
        return task.owner_id is None and self.may(user, task)

    def can_execute(self, user: Any, task: Any) -> bool:
        """Whether the user owns the task and still holds its permission (viewflow: owns it).

        A substitute's right ends with the absence, even if they could do such steps themselves.
        """
        return super().can_execute(user, task) and self.may(user, task) and turns.still_covers(task, user)

    def can_unassign(self, user: Any, task: Any) -> bool:
        """Whether the user may give the task back to all; never what one person is asked for: a review, an answer."""
        is_personal = task.seed_object_id is not None or getattr(self.form_class, "is_personal", False)
        return not is_personal and super().can_unassign(user, task)
