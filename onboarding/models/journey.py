"""One product's way through the seven steps of seed 003."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onboarding.models.group import CohortGroup
from people.models import User
from projects.models import Enrolment
from projects.models.project import with_visible_enrolment


class Step(models.IntegerChoices):
    """The seven steps in their order (seed 003); names are stored, so they are frozen."""

    SURVEY = 1, _("Survey")
    SELECTION = 2, _("Selection")
    GROUPING = 3, _("Grouping")
    PROCESS = 4, _("Process and guide")
    MODULE = 5, _("Module")
    TRAINING = 6, _("Training and declaration")
    STAMPS = 7, _("Stamps")


class OnboardingQuerySet(models.QuerySet["Onboarding"]):
    """Questions about many products on their way."""

    def visible_to(self, user: User | AnonymousUser) -> OnboardingQuerySet:
        """Officials see their province's; a producer's people see their own."""
        return self.filter(with_visible_enrolment(user))

    def open(self) -> OnboardingQuerySet:
        """Those that are neither finished nor refused, of products that still take part."""
        return self.filter(closed_at=None, enrolment__withdrawn_at=None)


class Onboarding(models.Model):
    """What each step of one product left behind; where it stands now is the engine's position."""

    class Selection(models.TextChoices):
        SELECTED = "selected", _("Selected")
        REFUSED = "refused", _("Not selected")

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="onboarding")
    started_at = models.DateTimeField(_("started at"), editable=False)
    # 1: the survey itself is `enrolment.survey`; a product that could not be surveyed has a reason instead.
    surveyed_at = models.DateTimeField(_("step 1 done at"), null=True, blank=True, editable=False)
    survey_waiver = models.TextField(_("why it was not surveyed"), blank=True)
    # 2
    selection = models.CharField(_("selection"), max_length=10, choices=Selection, blank=True)
    # What the people who looked at it say: with its process and its people it can be traced.
    can_trace = models.BooleanField(_("able to trace"), null=True, blank=True)
    selection_reason = models.TextField(_("reason"), blank=True)
    # 3 and 4 stars are funded by the plan of seed 003; fixed at selection, because stars change.
    is_funded = models.BooleanField(_("funded"), default=False)
    selected_at = models.DateTimeField(_("step 2 done at"), null=True, blank=True, editable=False)
    selected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # 3: one column, so a product is in at most one group.
    group = models.ForeignKey(CohortGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="onboardings")
    grouped_at = models.DateTimeField(_("step 3 done at"), null=True, blank=True, editable=False)
    # 4 and 5 are done by the group: see CohortGroup.approved_at and ModuleOrder.answered_on.
    # 6
    trained_at = models.DateTimeField(_("step 6 done at"), null=True, blank=True, editable=False)
    # 7: how the product stands on the national portal (SL-07), as a letter says; this program is not connected to it.
    portal_reference = models.CharField(_("reference on the national portal"), max_length=100, blank=True)
    portal_connected_on = models.DateField(_("on the national portal since"), null=True, blank=True)
    portal_waiver = models.TextField(_("why it is not on the national portal"), blank=True)
    supplied_at = models.DateTimeField(_("step 7 done at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = OnboardingQuerySet.as_manager()

    class Meta:
        ordering = ("enrolment__project", "enrolment")
        verbose_name = _("onboarding")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(selection="", selected_at=None, selected_by=None)
                | (~Q(selection="") & Q(selected_at__isnull=False, selected_by__isnull=False)),
                name="onboarding_selected_with_time_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(selection="refused") | ~Q(selection_reason=""), name="onboarding_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(group=None) | Q(selection="selected"), name="onboarding_only_selected_in_a_group"
            ),
            models.CheckConstraint(
                condition=~Q(selection="selected") | Q(can_trace=True), name="onboarding_selected_can_trace"
            ),
            models.CheckConstraint(
                condition=Q(is_funded=False) | Q(selection="selected"), name="onboarding_only_selected_funded"
            ),
            models.CheckConstraint(
                condition=Q(portal_reference="", portal_connected_on=None)
                | (~Q(portal_reference="") & Q(portal_connected_on__isnull=False, portal_waiver="")),
                name="onboarding_portal_recorded_or_waived",
            ),
        ]

    def __str__(self) -> str:
        return str(self.enrolment)
