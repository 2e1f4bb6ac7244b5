"""What a producer declares on the phone: answers one by one, sent, returned with remarks, accepted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding.models.journey import Onboarding
from people.models import User
from people.scope import scope_of
from privacy.models import Consent
from projects.models import PilotProject
from registry.models import Producer, Product
from registry.models.producer import producers_of


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Questions about many dossiers."""

    def visible_to(self, user: User | AnonymousUser) -> DossierQuerySet:
        """Officials see their province's; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        enrolment = "onboarding__enrolment"
        return self.filter(
            Q(**{f"{enrolment}__project__province__in": scope.province_ids})
            | Q(**{f"{enrolment}__product__producer__in": producers_of(user)})
        )

    def for_page(self) -> DossierQuerySet:
        """With the product, its producer and its project."""
        path = "onboarding__enrolment"
        return self.select_related(f"{path}__product__producer__province", f"{path}__project__province")

    def of_person(self, user: User) -> DossierQuerySet:
        """Those that the user answers as one of the producer's people; products that were taken out are left away."""
        return self.filter(
            onboarding__enrolment__product__producer__in=producers_of(user), onboarding__enrolment__withdrawn_at=None
        )


class Dossier(models.Model):
    """The producer's declaration for one product: open until it is sent, open again where it is returned."""

    class Status(models.TextChoices):
        OPEN = "open", _("Not sent")
        SENT = "sent", _("Sent")
        RETURNED = "returned", _("Returned for correction")
        ACCEPTED = "accepted", _("Accepted")

    onboarding = models.OneToOneField(Onboarding, on_delete=models.PROTECT, related_name="dossier")
    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    opened_at = models.DateTimeField(_("opened at"), editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = DossierQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("dossier")

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its task list; the answers for officials."""
        return reverse("onboarding:dossier", args=[self.reference])

    @property
    def project(self) -> PilotProject:
        """The project whose product it is about."""
        return self.onboarding.enrolment.project

    @property
    def product(self) -> Product:
        """The product that it is about."""
        return self.onboarding.enrolment.product

    @property
    def producer(self) -> Producer:
        """Whose declaration it is."""
        return self.product.producer


class AssistanceCode(models.Model):
    """Six digits on the producer's phone that let one helper begin to fill in, once and soon."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="assistance_codes")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(_("made at"), editable=False)
    code_hash = models.CharField(_("hash of the code"), max_length=128, editable=False)
    wrong_codes = models.PositiveSmallIntegerField(_("wrong codes"), default=0, editable=False)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("dossier", "-made_at", "-pk")
        verbose_name = _("code for a helper")

    def __str__(self) -> str:
        return f"{self.dossier} · {self.made_at}"


class Assistance(models.Model):
    """A helper who fills in for a producer, from the consent to the producer's word on the summary."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assistances")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assistances")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="assistances")
    started_at = models.DateTimeField(_("started at"), editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    objected_at = models.DateTimeField(_("objected at"), null=True, blank=True, editable=False)
    objection = models.TextField(_("objection"), blank=True)

    class Meta:
        ordering = ("dossier", "-started_at", "-pk")
        verbose_name = _("assistance")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["dossier", "helper"], condition=Q(ended_at=None), name="assistance_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper} · {self.dossier}"


# Questions whose answers name a person or where they live.
PERSONAL = ("contact_name", "contact_phone", "diary_keeper", "place_address", "producer_wrong")


class Answer(models.Model):
    """One answer to one question. Never changed: a new answer takes the old one's place, both are kept."""

    class State(models.TextChoices):
        CURRENT = "current", _("Current")
        REPLACED = "replaced", _("Replaced")
        # Given on a page that did not show the current answer yet: kept until somebody chooses.
        DISPUTED = "disputed", _("Waits for a choice")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="answers")
    question = models.SlugField(_("question"), max_length=40)
    value = models.JSONField(_("answer"), null=True, blank=True)
    is_unknown = models.BooleanField(_("not there or not known yet"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State)
    answered_at = models.DateTimeField(_("answered at"), editable=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answers")
    # Set when a helper typed it: both names stand beside the answer.
    assistance = models.ForeignKey(Assistance, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    # The mark that the page or the phone gave it, so that sending it again is known as the same answer.
    client_id = models.UUIDField(_("mark of the phone"), null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ("dossier", "question", "pk")
        verbose_name = _("answer")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["dossier", "question"], condition=Q(state="current"), name="answer_current_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.question}"

    @classmethod
    def erase_persons(cls, rows: models.QuerySet[Answer]) -> None:
        """Empty the answers that name a person, old ones too, when the person asks to be erased."""
        rows.filter(question__in=PERSONAL).update(value=None)


class DossierRemark(models.Model):
    """What an official wants corrected in one question of a returned dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="remarks")
    round = models.PositiveSmallIntegerField(_("round"))
    question = models.SlugField(_("question"), max_length=40)
    text = models.TextField(_("remark"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("dossier", "round", "pk")
        verbose_name = _("remark on a dossier")

    def __str__(self) -> str:
        return self.text[:60]
