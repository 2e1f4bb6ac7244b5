"""Papers that producers hold: certificates of their products, and the right to use GS1 barcodes."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.scope import scope_of
from registry.models.producer import Producer, producers_of
from registry.models.product import Product
from registry.search import FoldedField

FEE_MONTH, FEE_DAY = 6, 30  # the annual fee is due by 30 June


class HeldQuerySet(models.QuerySet[Any]):
    """Questions about many papers of producers."""

    def visible_to(self, user: User | AnonymousUser) -> HeldQuerySet:
        """Officials see those of their province's producers; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(Q(producer__province__in=scope.province_ids) | Q(producer__in=producers_of(user)))

    def for_table(self) -> HeldQuerySet:
        """What a list shows, without a query per row."""
        return self.select_related("producer__province").filter(producer__merged_into=None)


class Certificate(models.Model):
    """A certificate or declaration of a producer, for all or some of its products."""

    class Kind(models.TextChoices):
        VIETGAP = "vietgap", "VietGAP"
        GLOBALGAP = "globalgap", "GlobalG.A.P."
        ORGANIC = "organic", _("Organic production")
        ISO = "iso", "ISO"
        HACCP = "haccp", "HACCP"
        FOOD_SAFETY = "food_safety", _("Conditions of food safety")
        SELF_DECLARATION = "self_declaration", _("Self-declaration of the product")
        TEST_REPORT = "test_report", _("Test report")
        TRADEMARK = "trademark", _("Trademark or geographical indication")
        OTHER = "other", _("Other")

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="certificates")
    products = models.ManyToManyField(Product, verbose_name=_("products"), blank=True, related_name="certificates")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.CharField(_("number of the paper"), max_length=60)
    issuer = models.CharField(_("issued by"), max_length=160)
    issued_on = models.DateField(_("issued on"))
    # The last day of use; a self-declaration has none.
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to="papers/", max_length=120, blank=True, editable=False)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    search_text = FoldedField("number", "issuer")

    objects: ClassVar[Any] = HeldQuerySet.as_manager()

    class Meta:
        ordering = ("producer", "kind", "-issued_on", "pk")
        verbose_name = _("certificate")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["producer", "kind", "number"],
                name="certificate_once_at_producer",
                violation_error_message=_("The producer has this certificate already; change that one instead."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")),
                name="certificate_ends_after_it_starts",
                violation_error_message=_("The certificate ends before it was issued; check both dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def holds_on(self, day: date) -> bool:
        """Whether it may be shown as evidence on `day`."""
        return self.issued_on <= day and (self.valid_until is None or day <= self.valid_until)


class BarcodeRegistration(models.Model):
    """The right to use a GS1 company prefix, certified by the National Barcode Centre. We never give out GTINs."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="barcode_registrations")
    prefix = models.CharField(
        _("company prefix"),
        max_length=10,
        # 893 is Vietnam; 952 is GS1's demonstration prefix, which nobody sells under.
        validators=[
            RegexValidator(r"^(893|952)\d{4,7}$", _("A company prefix has 7 to 10 digits and starts with 893."))
        ],
    )
    certificate_number = models.CharField(_("certificate number"), max_length=60)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"))
    # The fee of a year is due by 30 June of it; the year of issue is paid with the certificate.
    fee_paid_for = models.PositiveSmallIntegerField(_("annual fee paid for the year"))
    file = models.FileField(_("file"), upload_to="papers/", max_length=120, blank=True, editable=False)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    search_text = FoldedField("prefix", "certificate_number")

    objects: ClassVar[Any] = HeldQuerySet.as_manager()

    class Meta:
        ordering = ("producer", "-issued_on", "pk")
        verbose_name = _("GS1 registration")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["prefix", "certificate_number"],
                name="barcode_registration_once",
                violation_error_message=_("This prefix is recorded with that certificate number already."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("issued_on")),
                name="barcode_registration_ends_after_it_starts",
                violation_error_message=_("The certificate ends before it was issued; check both dates."),
            ),
        ]

    def __str__(self) -> str:
        return self.prefix

    def get_absolute_url(self) -> str:
        """The page of the registration."""
        return reverse("registry:barcode", args=[self.pk])

    @property
    def fee_due_on(self) -> date:
        """The day by which the next annual fee is to be paid."""
        return date(self.fee_paid_for + 1, FEE_MONTH, FEE_DAY)

    def covers(self, gtin: str) -> bool:
        """Whether a GTIN of 14 digits was made from the prefix; its first digit only counts packages."""
        return gtin[1:].startswith(self.prefix)
