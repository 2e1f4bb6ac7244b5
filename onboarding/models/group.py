"""The work that products of one kind share: process, guide, consultation, module (seed 003, steps 3 to 5)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.scope import scope_of
from projects.models import PilotProject
from registry.models import ProductGroup


class CohortGroupQuerySet(models.QuerySet["CohortGroup"]):
    """Questions about many groups."""

    def visible_to(self, user: User | AnonymousUser) -> CohortGroupQuerySet:
        """Officials see the groups of their province's projects."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(project__province__in=scope.province_ids)


class CohortGroup(models.Model):
    """The products of a project that are made by similar processes; they wait for each other in steps 3 to 5."""

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="cohort_groups")
    product_group = models.ForeignKey(ProductGroup, on_delete=models.PROTECT, related_name="cohort_groups")
    process = models.TextField(_("process to be traced"), blank=True)
    guide = models.TextField(_("guide for producers"), blank=True)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # What the leader wants changed in what was written.
    returned_note = models.TextField(_("why it was sent back"), blank=True)
    # Approved only after at least one agency has answered the consultation (step 4).
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = CohortGroupQuerySet.as_manager()

    class Meta:
        ordering = ("project", "product_group__name", "pk")
        verbose_name = _("cohort group")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "product_group"], name="cohort_group_once_in_project"),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(written_at__isnull=False), name="cohort_group_written_then_approved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_group} · {self.project.code}"


class Consultation(models.Model):
    """A letter that asks an agency for its opinion on the group's process, and its reply."""

    group = models.ForeignKey(CohortGroup, on_delete=models.PROTECT, related_name="consultations")
    agency = models.CharField(_("agency"), max_length=200)
    letter_number = models.CharField(_("number of the letter"), max_length=40)
    sent_on = models.DateField(_("sent on"))
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    reply_number = models.CharField(_("number of the reply"), max_length=40, blank=True)
    reply = models.TextField(_("opinion"), blank=True)

    class Meta:
        ordering = ("group", "sent_on", "pk")
        verbose_name = _("consultation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["group", "agency", "letter_number"], name="consultation_letter_once"),
            models.CheckConstraint(
                condition=Q(replied_on=None, reply="") | (Q(replied_on__gte=F("sent_on")) & ~Q(reply="")),
                name="consultation_reply_has_day_and_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_number} · {self.agency}"


class ModuleOrder(models.Model):
    """The request to the National Barcode Centre for the group's module, and its answer (step 5)."""

    group = models.OneToOneField(CohortGroup, on_delete=models.PROTECT, related_name="module_order")
    letter_number = models.CharField(_("number of the letter"), max_length=40)
    sent_on = models.DateField(_("sent on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer_number = models.CharField(_("number of the answer"), max_length=40, blank=True)
    module_code = models.CharField(_("code of the module"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("module order")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answered_on=None, module_code="") | (Q(answered_on__gte=F("sent_on")) & ~Q(module_code="")),
                name="module_answer_has_day_and_code",
            ),
        ]

    def __str__(self) -> str:
        return self.module_code or self.letter_number
