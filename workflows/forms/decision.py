"""What all decisions share: choices with keys, and being taken together with others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from people import audit
from workflows.forms.base import StepForm

# Size and note of the batch that is being decided; None while a step is decided by itself.
_together: ContextVar[tuple[int, str] | None] = ContextVar("together", default=None)


@contextmanager
def together(count: int, note: str) -> Iterator[None]:
    """Let the decisions taken inside say in the history that they were taken with others, and the common note."""
    token = _together.set((count, note))
    try:
        yield
    finally:
        _together.reset(token)


class KeyedChoices(forms.RadioSelect):
    """Radio buttons of which some are chosen by a key, which then leads on to `then`, a selector on the page."""

    keys: Mapping[str, tuple[str, str]] = MappingProxyType({})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the key to its option."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value in self.keys:
            key, then = self.keys[value]
            option["attrs"] |= {"data-key": key, "data-then": then}
            option["key"] = key
        return option


class ChoiceForm(StepForm):
    """A step that is answered by one of a few decisions; subclasses say what each one does in `decide`."""

    choices: Sequence[tuple[str, Any]] = ()
    # The answer to give when many steps are approved at once; None when each needs its own eyes.
    batch_answer: Mapping[str, Any] | None = None
    decision_keys: Mapping[str, tuple[str, str]] = MappingProxyType({})
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=KeyedChoices,
        error_messages={"required": gettext_lazy("Choose one of the decisions.")},
    )

    def build(self) -> None:
        """Set the choices with their keys."""
        field: Any = self.fields["decision"]
        field.choices, field.widget.keys = self.choices, self.decision_keys

    @classmethod
    def decision_label(cls, decision: str) -> str:
        """Return a decision in the words of the form; "" for one that the form does not have."""
        return str(dict(cls.choices).get(decision, ""))

    def decide(self) -> None:
        """Call the action; runs inside the step's transaction."""
        raise NotImplementedError

    def save(self) -> None:
        """Decide; a decision taken together with others says so in the history."""
        self.decide()
        if (batch := _together.get()) is None:
            return
        task, project = self.activation.task, self.activation.task.owner_permission_obj
        audit.record(
            "task.decided_together",
            by=self.user,
            target=task,
            case=project,
            province=project.province,
            step=str(task.title),
            count=batch[0],
            note=batch[1],
        )
