"""Process rows of the engine, each tied to its case by a real foreign key.

The engine records positions; the case lives in `projects`, `documents` and `stamps`. These
tables can be thrown away without losing it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task

from documents.models import Document
from onboarding.models import CohortGroup, Onboarding
from people.models import AdminUnit
from projects.models import Amendment, Deliverable, Matter, PilotProject
from stamps.models import StampAlert, StampOrder


class PilotModelProcess(Process):
    """A run of the pilot_model flow for one project."""

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created",)
        verbose_name = _("pilot model process")
        default_permissions = ("view", "manage")
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("close_stage", "Can close a stage"),
            ("accept_project", "Can accept a project"),
        ]


class DeliverableProcess(Process):
    """A run of the deliverable flow for one deliverable."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created",)
        verbose_name = _("deliverable process")
        default_permissions = ("view", "manage")
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("prepare_deliverable", "Can prepare a deliverable"),
            ("check_format", "Can check the format of a deliverable"),
            ("review_deliverable", "Can review a deliverable"),
            ("approve_deliverable", "Can approve a deliverable"),
        ]


class StampOrderProcess(Process):
    """A run of the stamp_order flow for one order."""

    order = models.ForeignKey(StampOrder, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created",)
        verbose_name = _("stamp order process")
        default_permissions = ("view", "manage")
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("approve_stamp_order", "Can approve a stamp order"),
            ("hand_over_stamps", "Can hand over stamps"),
        ]


class MatterProcess(Process):
    """A run of the matter flow: one question, difficulty or direction that waits for its answer."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created",)
        verbose_name = _("matter process")
        default_permissions = ("view", "manage")
        permissions: ClassVar[list[tuple[str, str]]] = [("answer_matter", "Can answer a matter")]


class AmendmentProcess(Process):
    """A run of the amendment flow for one request."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created",)
        verbose_name = _("amendment process")
        default_permissions = ("view", "manage")
        permissions: ClassVar[list[tuple[str, str]]] = [("decide_amendment", "Can decide on an amendment")]


class OnboardingProcess(Process):
    """A run of the onboarding flow for one product."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created",)
        verbose_name = _("onboarding process")
        default_permissions = ("view", "manage")
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("survey_product", "Can close the survey of a product"),
            ("select_product", "Can select a product"),
            ("group_product", "Can put a product into its group"),
            ("check_dossier", "Can check the declaration of a producer"),
            ("close_training", "Can close training and activation of a product"),
            ("close_supply", "Can close the supply of stamps of a product"),
        ]


class GroupWorkProcess(Process):
    """A run of the group_work flow for one group of products."""

    group = models.ForeignKey(CohortGroup, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created",)
        verbose_name = _("group work process")
        default_permissions = ("view", "manage")
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("write_process", "Can write the process of a group"),
            ("consult_agencies", "Can consult agencies about a group"),
            ("approve_process", "Can approve the process of a group"),
            ("order_module", "Can order the module of a group"),
            ("record_module", "Can record the module of a group"),
        ]


class StampReportProcess(Process):
    """A run of the stamp_report flow for one alert about a stamp."""

    alert = models.ForeignKey(StampAlert, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created",)
        verbose_name = _("stamp report process")
        default_permissions = ("view", "manage")
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("look_into_report", "Can look into a report about a stamp"),
        ]


class PaperProcess(Process):
    """A run of the paper flow for one paper that is no deliverable; what its steps decided stands in it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Why it was sent back; "" while it goes forward.
    note = models.TextField(_("what to change"), blank=True)

    class Meta:
        ordering = ("-created",)
        verbose_name = _("paper process")
        default_permissions = ("view", "manage")
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("check_paper", "Can check the format of a paper"),
            ("sign_paper", "Can sign a paper"),
            ("revise_paper", "Can change a paper that was sent back"),
        ]


class StepAllowance(models.Model):
    """How many working days a step of the office may take; without a row the built-in number counts."""

    permission = models.CharField(_("step"), max_length=60, unique=True)
    days = models.PositiveSmallIntegerField(_("working days"))

    class Meta:
        ordering = ("permission",)
        verbose_name = _("days allowed for a step")

    def __str__(self) -> str:
        return f"{self.permission}: {self.days}"


class Turn(models.Model):
    """A person's turn at a case: in which project or province, until when, and for whom it is taken.

    One row per step of a person, made with the step. `due_on` is set where the office's clock
    runs; without it the date of the case counts, so that extending that date needs no change here.
    """

    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="turn")
    project = models.ForeignKey(PilotProject, null=True, on_delete=models.PROTECT, related_name="+")
    # Of a case that belongs to no project: a report about a stamp is the province's.
    province = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    # Set while the other side holds the case: the clock stands still.
    paused_at = models.DateTimeField(_("clock stopped at"), null=True, blank=True)
    # The absent person whose step a substitute does.
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("turn")
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(project__isnull=False, province=None) | Q(project=None, province__isnull=False),
                name="turn_in_a_project_or_a_province",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.task_id} {self.due_on or ''}"

    @property
    def home(self) -> AdminUnit:
        """The province whose officials the step concerns."""
        home = self.project.province if self.project else self.province
        if home is None:
            raise ValueError(f"turn {self.pk} is in no project and in no province")
        return home
