"""The renewal of an OCOP recognition: the dossier that is assembled again before it ends."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.scope import scope_of
from registry.models.certificate import Certificate
from registry.models.producer import producers_of
from registry.models.product import OcopRecognition, Product


class Evidence(models.TextChoices):
    """The papers of an OCOP dossier, in their order (QĐ 148/QĐ-TTg, annex III). Stored: never renamed."""

    REGISTRATION = "registration", _("Registration form (form 01)")
    ASSESSMENT = "assessment", _("Self-assessment report (form 02)")
    ORGANISATION = "organisation", _("Introduction of the organisation")
    LICENCE = "licence", _("Business, cooperative or group registration")
    FOOD_SAFETY = "food_safety", _("Certificate of food safety conditions or equivalent")
    DECLARATION = "declaration", _("Self-declaration or declaration of quality")
    TEST_REPORT = "test_report", _("Test report")
    ORIGIN = "origin", _("Contracts on the origin of materials")
    ENVIRONMENT = "environment", _("Environmental protection")
    PACKAGING = "packaging", _("Label, packaging and product story")
    TRACEABILITY = "traceability", _("Barcode and traceability")
    CERTIFICATES = "certificates", _("Certificates (VietGAP, ISO, HACCP …)")
    SALES = "sales", _("Sales contracts")
    PICTURES = "pictures", _("Pictures")


class RenewalQuerySet(models.QuerySet["RecognitionRenewal"]):
    """Questions about many renewals."""

    def visible_to(self, user: User | AnonymousUser) -> RenewalQuerySet:
        """Officials see those of their province; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        producers = Q(product__producer__in=producers_of(user))
        return self.filter(Q(product__producer__province__in=scope.province_ids) | producers)

    def open(self) -> RenewalQuerySet:
        """Those without a new recognition yet."""
        return self.filter(renewed_by=None)


class RecognitionRenewal(models.Model):
    """One product's way from a recognition that ends to the next one."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="renewals")
    recognition = models.ForeignKey(OcopRecognition, on_delete=models.PROTECT, related_name="renewals")
    started_at = models.DateTimeField(_("started at"), editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    # The decision that ended the renewal; recording it is what closes it.
    renewed_by = models.ForeignKey(
        OcopRecognition, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="renewal_of"
    )

    objects: ClassVar[Any] = RenewalQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")
        verbose_name = _("renewal of an OCOP recognition")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["product"], condition=Q(renewed_by=None), name="renewal_one_open"),
            models.CheckConstraint(
                condition=Q(renewed_by=None) | ~Q(renewed_by=F("recognition")), name="renewal_ends_with_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.recognition}"

    def get_absolute_url(self) -> str:
        """The page of the dossier."""
        return reverse("registry:renewal", args=[self.pk])


class RenewalItem(models.Model):
    """One paper of the dossier: where it is and until when it holds."""

    class State(models.TextChoices):
        MISSING = "missing", _("Not there yet")
        THERE = "there", _("There")
        NOT_NEEDED = "not_needed", _("Not needed")

    renewal = models.ForeignKey(RecognitionRenewal, on_delete=models.CASCADE, related_name="items")
    evidence = models.CharField(_("paper"), max_length=20, choices=Evidence)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.MISSING)
    note = models.CharField(_("number or place of the paper"), max_length=200, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    certificate = models.ForeignKey(
        Certificate, null=True, blank=True, on_delete=models.PROTECT, related_name="renewal_items"
    )

    class Meta:
        ordering = ("renewal", "pk")
        verbose_name = _("paper of a renewal")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["renewal", "evidence"], name="renewal_item_once"),
        ]

    def __str__(self) -> str:
        return self.get_evidence_display()

    def is_expired(self, day: date) -> bool:
        """Whether the paper that is there no longer holds on `day`."""
        end = self.certificate.valid_until if self.certificate else self.valid_until
        return self.state == self.State.THERE and end is not None and end < day
