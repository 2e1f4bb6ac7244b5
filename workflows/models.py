"""Process rows of the engine, each tied to its case by a real foreign key.

The engine records positions; the case lives in `projects`, `documents` and `stamps`. These
tables can be thrown away without losing it.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process

from projects.models import Deliverable, PilotProject
from stamps.models import StampOrder


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
