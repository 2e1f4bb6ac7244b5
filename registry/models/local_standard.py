"""Company standards (TCCS) and local technical regulations (QCĐP) on traceability: the province's register."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, Organisation, User
from people.scope import scope_of
from registry.models.producer import Producer, producers_of
from registry.models.product_group import ProductGroup
from registry.search import FoldedField


class LocalStandardQuerySet(models.QuerySet["LocalStandard"]):
    """Questions about many papers of the register."""

    def visible_to(self, user: User | AnonymousUser) -> LocalStandardQuerySet:
        """Officials see their province's; a producer's people see those of their producer."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(Q(province__in=scope.province_ids) | Q(producer__in=producers_of(user)))

    def counted(self) -> LocalStandardQuerySet:
        """Those that count towards a target: issued, and a company standard only with its guide (TH-K3b)."""
        issued = Q(kind=LocalStandard.Kind.COMPANY) & ~Q(guide="") | Q(kind=LocalStandard.Kind.REGULATION)
        return self.filter(issued, issued_on__isnull=False)

    def for_table(self) -> LocalStandardQuerySet:
        """What the list shows, without a query per row."""
        return self.select_related("producer", "organisation", "group", "province", "approved_by")


class LocalStandard(models.Model):
    """A company standard issued by its owner, or a local regulation issued by the committee's decision."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company standard (TCCS)")
        REGULATION = "regulation", _("Local technical regulation (QCĐP)")

    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="local_standards")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    number = models.CharField(_("number of the paper"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=300)
    group = models.ForeignKey(
        ProductGroup, verbose_name=_("product group"), on_delete=models.PROTECT, related_name="local_standards"
    )
    producer = models.ForeignKey(
        Producer,
        verbose_name=_("producer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="local_standards",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="local_standards",
    )
    # Set by issuing: the owner's day for a company standard, the day of the decision for a regulation.
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    decision_number = models.CharField(_("decision of the committee"), max_length=40, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    guide = models.FileField(_("guide"), upload_to="papers/", max_length=120, blank=True, editable=False)
    guide_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    search_text = FoldedField("number", "title")

    objects: ClassVar[Any] = LocalStandardQuerySet.as_manager()

    class Meta:
        ordering = ("number", "-version")
        verbose_name = _("company standard or local regulation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "number", "version"],
                name="local_standard_version_once",
                violation_error_message=_("This number and version are in the register already."),
            ),
            models.CheckConstraint(
                condition=Q(producer=None, organisation__isnull=False) | Q(producer__isnull=False, organisation=None),
                name="local_standard_one_owner",
                violation_error_message=_("Name one owner: a producer or an agency."),
            ),
            models.CheckConstraint(
                condition=Q(kind="company") | Q(producer=None),
                name="local_regulation_of_an_agency",
                violation_error_message=_("A local regulation belongs to an agency, not to a producer."),
            ),
            models.CheckConstraint(
                condition=Q(kind="company")
                | Q(issued_on=None)
                | (~Q(decision_number="") & Q(approved_by__isnull=False)),
                name="local_regulation_issued_by_decision",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="local_standard_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version}"

    def get_absolute_url(self) -> str:
        """The page of the paper."""
        return reverse("registry:local_standard", args=[self.pk])

    @property
    def is_counted(self) -> bool:
        """Whether it counts towards a target: see `LocalStandardQuerySet.counted`."""
        return self.issued_on is not None and (self.kind == self.Kind.REGULATION or bool(self.guide))
