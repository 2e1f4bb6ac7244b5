"""From a step to its case: the way through the tables, what it is about, and until when.

Below the inbox, so that a turn can be told about while it is opened.
"""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task

from documents.models import Document
from onboarding.models import CohortGroup, Onboarding
from projects.models import Amendment, Deliverable, Matter, Stage
from stamps.models import StampAlert, StampOrder

DELIVERABLE = "process__deliverableprocess__deliverable"
ORDER = "process__stamporderprocess__order"
MATTER = "process__matterprocess__matter"
AMENDMENT = "process__amendmentprocess__amendment"
JOURNEY = "process__onboardingprocess__onboarding"
GROUP_WORK = "process__groupworkprocess__group"
REPORT = "process__stampreportprocess__alert"
PAPER = "process__paperprocess__document"
PROJECT = "turn__project"
# The province whose officials a step concerns: its project's, or its own.
PROVINCE = Coalesce(F(f"{PROJECT}__province"), F("turn__province"))
JOINS = (
    "owner",
    "turn__acting_for",
    f"{PROJECT}__manager",
    f"{PROJECT}__province",
    f"{DELIVERABLE}__stage",
    f"{DELIVERABLE}__submitted_by",
    "process__pilotmodelprocess",
    f"{ORDER}__enrolment__product__producer",
    f"{ORDER}__requested_by",
    f"{MATTER}__raised_by",
    f"{AMENDMENT}__requested_by",
    f"{JOURNEY}__enrolment__product__producer",
    f"{GROUP_WORK}__product_group",
    f"{REPORT}__product",
    PAPER,
    "process__paperprocess__sent_by",
    "turn__province",
)

Subject = Deliverable | StampOrder | Matter | Amendment | Onboarding | CohortGroup | StampAlert | Document
# A process's own table, and the row in it that the case is about.
SUBJECTS = (
    ("deliverableprocess", "deliverable"),
    ("stamporderprocess", "order"),
    ("matterprocess", "matter"),
    ("amendmentprocess", "amendment"),
    ("onboardingprocess", "onboarding"),
    ("groupworkprocess", "group"),
    ("stampreportprocess", "alert"),
    ("paperprocess", "document"),
)


def joined(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Read the tasks with their cases and due dates, without a query per row."""
    return tasks.select_related(*JOINS).annotate(due_on=due_on())


def due_on() -> Coalesce:
    """The office's own clock; else the date of the case: deliverable, matter, stage to close, project to accept."""
    open_stage = Stage.objects.filter(
        project=OuterRef("process__pilotmodelprocess__project"), opened_at__isnull=False, closed_at=None
    ).order_by("position")
    return Coalesce(
        F("turn__due_on"),
        F(f"{DELIVERABLE}__due_on"),
        F(f"{MATTER}__due_on"),
        Subquery(open_stage.values("due_on")[:1]),
        F(f"{PROJECT}__due_on"),
        output_field=DateField(),
    )


def subject_of(task: Task) -> Subject | None:
    """The row that the step's case is about; None for a project's own steps. Asks nothing of a joined task."""
    process: Any = task.process
    for table, row in SUBJECTS:
        if (own := getattr(process, table, None)) is not None:
            subject: Subject = getattr(own, row)
            return subject
    return None


def words_of(subject: Subject) -> str:
    """What a case is about, in words."""
    if isinstance(subject, StampOrder):
        return _("%(quantity)s stamps for %(product)s") % {
            "quantity": f"{subject.quantity:,}".replace(",", "."),
            "product": subject.enrolment.product,
        }
    if isinstance(subject, Onboarding):
        product = subject.enrolment.product
        return f"{product} – {product.producer}"
    if isinstance(subject, CohortGroup):
        return str(subject.product_group)
    if isinstance(subject, StampAlert):
        return f"{subject} – {subject.product or subject.code_text}"
    return str(subject)
