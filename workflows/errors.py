"""What the engine refuses, in words that name the thing, the rule and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from people.audit import label
from people.errors import Refusal
from people.models import AuditEvent

if TYPE_CHECKING:
    from datetime import datetime

    from django.forms import Form
    from viewflow.workflow.models import Process, Task


class WorkflowError(Refusal):
    """A step or a case cannot do now what was asked; nothing was changed."""


class FormInvalid(WorkflowError):
    """The answer to a step has mistakes; `form` carries them, bound and ready to be shown again."""

    def __init__(self, form: Form) -> None:
        self.form = form
        super().__init__("; ".join(f"{field}: {' '.join(map(str, errors))}" for field, errors in form.errors.items()))


class NotYourTask(WorkflowError):
    """The step belongs to someone else, or asks for a permission that the user does not hold (any more)."""

    def __init__(self, task: Task) -> None:
        text = (
            _("Step “%(step)s” is with %(owner)s; ask them or the project manager to hand it over.")
            if task.owner_id
            else _("Step “%(step)s” asks for a role that you do not hold; ask your administrator.")
        )
        super().__init__(text % {"step": task.title, "owner": task.owner})


class NotApart(WorkflowError):
    """A substitution would let one person act on both sides of a step."""

    def __init__(self, task: Task, person: Any, absent: Any) -> None:
        text = _(
            "%(person)s cannot do step “%(step)s” for %(absent)s: one of them handed the paper in or votes in this "
            "round already. Ask the project manager to hand the step to somebody else."
        )
        super().__init__(text % {"person": person, "step": task.title, "absent": absent})


class CannotTake(WorkflowError):
    """A step cannot be handed to a person without its permission."""

    def __init__(self, task: Task, person: Any) -> None:
        text = _("%(person)s does not hold the role that step “%(step)s” asks for; choose someone who does.")
        super().__init__(text % {"step": task.title, "person": person})


class AlreadyHandled(WorkflowError):
    """The step is closed: a second tab, a double click, a quorum reached by others, or a cancelled run."""

    def __init__(self, task: Task) -> None:
        if task.status == STATUS.DONE and task.owner_id:
            text = _("Step “%(step)s” was already done by %(who)s at %(time)s; open the project to see what follows.")
            who, time = str(task.owner), _time(task.finished)
        elif (act := _last_act(task.process)) is not None:
            text = _(
                "Step “%(step)s” is no longer open, so nothing was changed: %(who)s decided at %(time)s; "
                "open the project to see what follows."
            )
            who, time = str(act.by), _time(act.at)
        else:
            text = _("Step “%(step)s” is no longer open, so nothing was changed; open the project to see what follows.")
            who = time = ""
        super().__init__(text % {"step": task.title, "who": who, "time": time})


def _last_act(process: Process) -> AuditEvent | None:
    """The last thing that a person did to what the case is about."""
    case = process.coerced
    subject = getattr(case, "deliverable", None) or getattr(case, "order", None)
    if subject is None:
        return None
    acts = AuditEvent.objects.filter(case=label(subject.stage.project if hasattr(subject, "stage") else subject))
    return acts.filter(target=label(subject), by__isnull=False).select_related("by").first()


def _time(moment: datetime | None) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""


class StepRetired(WorkflowError):
    """The step's node is gone from this version of the program: nobody can do it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This step belongs to an earlier version of the program and cannot be done any more; "
                "ask the project manager to cancel the run and start it again."
            )
        )


class AlreadyClosed(WorkflowError):
    """A case that has ended cannot be cancelled any more."""

    def __init__(self, process: Process) -> None:
        text = _("“%(case)s” has already ended (%(state)s) and cannot be cancelled; start a new one instead.")
        if (act := _last_act(process)) is not None:
            text = _(
                "“%(case)s” has already ended (%(state)s) and cannot be cancelled: %(who)s decided at %(time)s. "
                "Start a new one instead."
            )
        super().__init__(
            text
            % {
                "case": process.flow_class.process_title,
                "state": process.get_status_display(),
                "who": act.by if act else "",
                "time": _time(act.at) if act else "",
            }
        )


class NothingToShareOut(WorkflowError):
    """A parallel step has nobody or nothing to run for."""

    def __init__(self, step: Any) -> None:
        text = _("Step “%(step)s” has nothing to share out; add at least one entry (a reviewer, say) and try again.")
        super().__init__(text % {"step": step})


class Busy(WorkflowError):
    """Someone else held the case for too long."""

    def __init__(self) -> None:
        super().__init__(_("Someone else is working on this case just now; nothing was changed. Please try again."))
