"""Many products at once: starting, deciding, grouping, reminding.

Each is done by itself, in its own transaction and with its own line in the history; one that is refused
or fails never stops the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from onboarding import policies
from onboarding.models import Onboarding
from onboarding.progress import journeys_of
from people.errors import Refusal
from people.models import User
from projects.models import Enrolment, PilotProject
from workflows import cohort_reminders, engine, journeys
from workflows.batch import Outcome
from workflows.errors import FormInvalid
from workflows.forms.cohort import GROUP, REFUSE, REMIND, SELECT, SURVEY

logger = logging.getLogger(__name__)

MOST = 200  # products in one go: some seconds
# Which step an act does, and who may do it.
STEPS: Mapping[str, str] = {
    SURVEY: "workflows.survey_product",
    SELECT: "workflows.select_product",
    REFUSE: "workflows.select_product",
    GROUP: "workflows.group_product",
}
ROLES: Mapping[str, tuple[str, ...]] = {
    SURVEY: policies.FIELD,
    SELECT: policies.LEADING,
    REFUSE: policies.LEADING,
    GROUP: policies.LEADING,
    REMIND: policies.FIELD,
}


@dataclass(frozen=True)
class Result:
    """What became of one product, in words where nothing was done."""

    enrolment: Enrolment
    outcome: Outcome
    text: str = ""


class TooMany(Refusal):
    """More products were chosen than can be done in one go."""

    def __init__(self) -> None:
        super().__init__(_("Choose at most %(most)d products at once; do these first, then the rest.") % {"most": MOST})


def chosen(project: PilotProject, ids: Iterable[int]) -> list[Onboarding]:
    """Return the project's journeys with these keys, in the order of the matrix. Raises TooMany."""
    wanted = set(ids)
    if len(wanted) > MOST:
        raise TooMany
    return list(journeys_of(project).filter(pk__in=wanted))


def not_started(project: PilotProject) -> list[Enrolment]:
    """Products that take part and whose steps are not open yet."""
    return list(
        project.enrolments.filter(withdrawn_at=None, onboarding=None).select_related("product__producer").order_by("pk")
    )


def start_all(project: PilotProject, *, by: User, now: datetime | None = None) -> list[Result]:
    """Open the seven steps of every product that takes part and has none. Not inside a transaction."""
    return [
        _result(enrolment, partial(journeys.start, enrolment, by=by, now=now)) for enrolment in not_started(project)
    ]


def act(journeys_chosen: Iterable[Onboarding], name: str, *, by: User, answers: Mapping[str, Any]) -> list[Result]:
    """Do one act for every journey; return what became of each, in the same order. Not inside a transaction."""
    if name == REMIND:
        return [
            _result(journey.enrolment, partial(cohort_reminders.remind, journey, by=by)) for journey in journeys_chosen
        ]
    return [_result(journey.enrolment, partial(_do, journey, name, by, answers)) for journey in journeys_chosen]


def _do(journey: Onboarding, name: str, by: User, answers: Mapping[str, Any]) -> Outcome | None:
    task = journeys.open_step(journey, STEPS[name])
    if task is None:
        return Outcome.ALREADY
    engine.perform(task, user=by, data=_answers(journey, name, answers))
    return None


def _answers(journey: Onboarding, name: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(answers)
    if name in (SELECT, REFUSE):
        given["decision"] = name
    if name == GROUP and not given.get("product_group"):
        given["product_group"] = journey.enrolment.product.group_id
    return given


def _result(enrolment: Enrolment, do: Callable[[], Any]) -> Result:
    try:
        done = do()
    except FormInvalid as refusal:
        return Result(enrolment, Outcome.REFUSED, _errors(refusal))
    except Refusal as refusal:
        return Result(enrolment, Outcome.REFUSED, str(refusal))
    except Exception:
        logger.exception("Enrolment %s of a batch failed; the others go on.", enrolment.pk)
        text = _("This product could not be done because of a fault, which was recorded. Open it and try by itself.")
        return Result(enrolment, Outcome.FAILED, text)
    if done is Outcome.ALREADY:
        return Result(enrolment, Outcome.ALREADY, _("It is not at this step, or the step is done."))
    return Result(enrolment, Outcome.DONE)


def _errors(refusal: FormInvalid) -> str:
    return " ".join(str(error) for errors in refusal.form.errors.values() for error in errors)
