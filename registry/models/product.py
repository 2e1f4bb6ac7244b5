"""Products (trade items) and their OCOP recognition."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gs1.keys import InvalidKey, normalise_gtin
from people.models import AdminUnit, User
from people.scope import scope_of
from registry.dates import months_after
from registry.models.producer import Producer, producers_of
from registry.models.product_group import OcopSet, ProductGroup
from registry.models.standard import Standard
from registry.search import FoldedField

RECOGNITION_MONTHS = 36  # QĐ 26/2026/QĐ-TTg, article 4.3; the same in the versions of 2019 and 2023


def validate_gtin(value: str) -> None:
    """Refuse anything but a GTIN in its 14 digits (GS1 Digital Link URI Syntax 1.4 and later)."""
    try:
        valid = normalise_gtin(value) == value
    except InvalidKey:
        valid = False
    if not valid:
        raise ValidationError(_("“%(value)s” is not a GTIN: 14 digits with a valid check digit.") % {"value": value})


class ProductQuerySet(models.QuerySet["Product"]):
    """Questions about many products."""

    def visible_to(self, user: User | AnonymousUser) -> ProductQuerySet:
        """Officials see their province's products; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(Q(producer__province__in=scope.province_ids) | Q(producer__in=producers_of(user)))

    def recognised_on(self, day: date, *, stars: int = 3) -> ProductQuerySet:
        """Products whose OCOP recognition of at least `stars` is valid on `day`."""
        return self.filter(
            recognitions__decided_on__lte=day, recognitions__valid_until__gt=day, recognitions__stars__gte=stars
        ).distinct()

    def with_recognition(self, day: date) -> ProductQuerySet:
        """Add `last_valid_until`, and `current_stars` of the recognition in force on `day`; both may be None."""
        of_product = OcopRecognition.objects.filter(product=models.OuterRef("pk"))
        in_force = of_product.filter(decided_on__lte=day, valid_until__gt=day).order_by("-decided_on")
        return self.annotate(
            current_stars=models.Subquery(in_force.values("stars")[:1]),
            last_valid_until=models.Subquery(of_product.order_by("-valid_until").values("valid_until")[:1]),
        )

    def for_table(self) -> ProductQuerySet:
        """What a list shows, without a query per row."""
        rows = self.current().select_related("producer", "producer__commune", "group", "ocop_set")
        return rows.prefetch_related("recognitions")

    def current(self) -> ProductQuerySet:
        """Without second entries that a merger left with the merged producer."""
        return self.filter(producer__merged_into=None)

    def for_page(self) -> ProductQuerySet:
        """What the page shows, in a fixed number of queries."""
        return self.select_related(
            "producer__province", "producer__commune__parent__parent", "producer__merged_into", "group", "ocop_set"
        ).prefetch_related("group__steps", "standards__superseded_by", "recognitions__criteria")


class Product(models.Model):
    """What a consumer buys. Without a GTIN it carries a trace code of ours; we never make up GTINs."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="products")
    number = models.PositiveIntegerField(_("number"), editable=False)
    name = models.CharField(_("name"), max_length=160)
    ocop_set = models.ForeignKey(OcopSet, verbose_name=_("OCOP set"), on_delete=models.PROTECT, related_name="products")
    group = models.ForeignKey(
        ProductGroup,
        verbose_name=_("product group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    gtin = models.CharField(_("GTIN"), max_length=14, null=True, blank=True, unique=True, validators=[validate_gtin])
    own_code = models.CharField(_("own trace code"), max_length=20, unique=True, editable=False)
    brand = models.CharField(_("brand"), max_length=120, blank=True)
    description = models.TextField(_("description"), blank=True)
    shelf_life_days = models.PositiveIntegerField(_("shelf life in days"), null=True, blank=True)
    image = models.ImageField(_("picture"), upload_to="products/", blank=True, editable=False)
    # The same picture within the scan page's weight budget (40 KB).
    small_image = models.ImageField(_("small picture"), upload_to="products/", blank=True, editable=False)
    standards = models.ManyToManyField(Standard, blank=True, related_name="products")
    search_text = FoldedField("name", "brand", "gtin", "own_code")

    objects: ClassVar[Any] = ProductQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("product")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["producer", "number"], name="product_number_once_at_producer"),
            models.UniqueConstraint(
                fields=["producer", "name"],
                name="product_name_once_at_producer",
                violation_error_message=_("The producer has another product of this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The product's page."""
        return reverse("registry:product", args=[self.pk])

    @property
    def trace_code(self) -> str:
        """The code that stamps carry: the GTIN, or our own code until there is one."""
        return self.gtin or self.own_code

    def recognition_on(self, day: date) -> OcopRecognition | None:
        """The OCOP recognition in force on `day`, if any."""
        valid = [r for r in self.recognitions.all() if r.decided_on <= day < r.valid_until]
        return max(valid, key=lambda r: r.decided_on, default=None)


class OcopCriteriaQuerySet(models.QuerySet["OcopCriteria"]):
    """Questions about the versions of the criteria."""

    def in_force(self, day: date) -> OcopCriteriaQuerySet:
        """The version that a decision of `day` applies, if it is known."""
        return self.filter(effective_from__lte=day).filter(Q(effective_to__isnull=True) | Q(effective_to__gte=day))


class OcopCriteria(models.Model):
    """A version of OCOP's criteria: how the 100 points are shared out and when it applied."""

    decision = models.CharField(_("decision"), max_length=60, unique=True)
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("in force to"), null=True, blank=True)
    points_a = models.PositiveSmallIntegerField(_("points for part A"))
    points_b = models.PositiveSmallIntegerField(_("points for part B"))
    points_c = models.PositiveSmallIntegerField(_("points for part C"))

    objects: ClassVar[Any] = OcopCriteriaQuerySet.as_manager()

    class Meta:
        ordering = ("effective_from",)
        verbose_name = _("OCOP criteria")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(points_a=100 - models.F("points_b") - models.F("points_c")), name="ocop_points_make_100"
            ),
        ]

    def __str__(self) -> str:
        return self.decision


class OcopRecognition(models.Model):
    """A decision that gives a product its stars, for 36 months."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="recognitions")
    criteria = models.ForeignKey(OcopCriteria, on_delete=models.PROTECT, related_name="recognitions")
    stars = models.PositiveSmallIntegerField(_("stars"))
    decision_number = models.CharField(_("decision number"), max_length=40)
    decided_on = models.DateField(_("decided on"))
    valid_until = models.DateField(_("valid until"), editable=False)

    class Meta:
        ordering = ("product", "-decided_on")
        verbose_name = _("OCOP recognition")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(stars__range=(3, 5)), name="ocop_stars_3_to_5"),
            models.UniqueConstraint(fields=["product", "decision_number"], name="ocop_decision_once_for_product"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("decided_on")), name="ocop_valid_after_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars}★ {self.decision_number}"

    @staticmethod
    def end_of(decided_on: date) -> date:
        """Return the first day on which a recognition decided on `decided_on` no longer holds."""
        return months_after(decided_on, RECOGNITION_MONTHS)


def province_of(product: Product) -> AdminUnit:
    """Return the province whose office looks after the product."""
    return product.producer.province
