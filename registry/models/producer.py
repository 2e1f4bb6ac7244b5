"""Producers (chủ thể), the people who act for them, and their places."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gs1.keys import InvalidKey, check_gln
from people.models import AdminUnit, User
from people.scope import scope_of
from registry.search import FoldedField, NameKeyField


def validate_gln(value: str) -> None:
    """Refuse a GLN whose length or check digit is wrong."""
    try:
        check_gln(value)
    except InvalidKey as error:
        raise ValidationError(
            _("“%(value)s” is not a GLN: 13 digits with a valid check digit.") % {"value": value}
        ) from error


class ProducerQuerySet(models.QuerySet["Producer"]):
    """Questions about many producers."""

    def visible_to(self, user: User | AnonymousUser) -> ProducerQuerySet:
        """Officials see their province's producers; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        own = producers_of(user)
        return self.filter(Q(province__in=scope.province_ids) | Q(pk__in=own) | Q(merged_into__in=own))

    def current(self) -> ProducerQuerySet:
        """Without those that were merged into another: their pages say so, no list names them."""
        return self.filter(merged_into=None)

    def for_table(self) -> ProducerQuerySet:
        """What the list shows, without a query per row."""
        rows = self.current().select_related("commune", "province")
        return rows.annotate(product_count=models.Count("products"))

    def for_page(self) -> ProducerQuerySet:
        """What the page shows: the address up to the province."""
        return self.select_related("province", "commune__parent__parent", "merged_into")


def producers_of(user: User | AnonymousUser) -> models.QuerySet[Any]:
    """Return the ids of the producers that the user acts for."""
    return ProducerMember.objects.filter(user=user.pk, is_active=True).values("producer")


class Producer(models.Model):
    """The party that makes the product: company, cooperative, group or household (TT 02/2024 items 3 and 4)."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        COOPERATIVE = "cooperative", _("Cooperative")
        GROUP = "group", _("Cooperative group")
        HOUSEHOLD = "household", _("Household business")

    # A running number in the province; it goes into the trace codes of products without a GTIN.
    number = models.PositiveIntegerField(_("number"), editable=False)
    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="producers")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    tax_code = models.CharField(
        _("tax code"),
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"^\d{10}(-\d{3})?$|^\d{12}$", _("A tax code has 10 digits, 10-3 or 12 digits."))],
    )
    representative = models.CharField(_("representative"), max_length=120, blank=True)
    phone = models.CharField(_("phone number"), max_length=12, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    commune = models.ForeignKey(
        AdminUnit, verbose_name=_("commune"), on_delete=models.PROTECT, related_name="commune_producers"
    )
    gln = models.CharField(_("GLN"), max_length=13, blank=True, validators=[validate_gln])
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    search_text = FoldedField("name", "tax_code", "representative", "phone")
    name_key = NameKeyField("name", db_index=True)
    # The row that this one turned out to be a second entry of; it stays, because codes and papers name it.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged_from"
    )

    objects: ClassVar[Any] = ProducerQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("producer")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["province", "number"], name="producer_number_once_in_province"),
            models.UniqueConstraint(
                fields=["province", "tax_code"],
                condition=~Q(tax_code="") & Q(merged_into=None),
                name="producer_tax_code_once_in_province",
                violation_error_message=_("Another producer of the province has this tax code."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("pk")), name="producer_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The producer's page."""
        return reverse("registry:producer", args=[self.pk])

    @property
    def is_individual(self) -> bool:
        """Whether the producer is a natural person before the law on personal data."""
        return self.kind == self.Kind.HOUSEHOLD

    @property
    def name_for_log(self) -> str:
        """What the log may say, which nobody can erase: the name, but of a natural person the code only."""
        return f"{self.province.code}-{self.number}" if self.is_individual else self.name

    def survivor(self) -> Producer:
        """Return the entry that this one was merged into, through all mergers; itself if it was not merged."""
        entry = self
        while entry.merged_into is not None:
            entry = entry.merged_into
        return entry

    def full_address(self) -> str:
        """Street, commune and those above it, as printed."""
        return ", ".join(part for part in (self.address, self.commune.full_name()) if part)


class DistinctPair(models.Model):
    """Two producers that look alike and were found to be two: they are not offered for merging again."""

    # The one with the lower id first, so that a pair is one row.
    first = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="distinct_as_first")
    second = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="distinct_as_second")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"), editable=False)

    class Meta:
        verbose_name = _("two different producers")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="distinct_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"


class ProducerMember(models.Model):
    """A user who acts for a producer."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="producer_memberships")
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("producer's person")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["producer", "user"], name="producer_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.producer}"


class Place(models.Model):
    """A place where a stage of the chain happens: plot, workshop, store, shop (TT 02/2024 item 5b)."""

    class Kind(models.TextChoices):
        PLOT = "plot", _("Growing area")
        WORKSHOP = "workshop", _("Production workshop")
        STORE = "store", _("Store")
        SHOP = "shop", _("Shop")

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="places")
    code = models.CharField(_("location trace code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    commune = models.ForeignKey(AdminUnit, verbose_name=_("commune"), on_delete=models.PROTECT, related_name="places")
    gln = models.CharField(_("GLN"), max_length=13, blank=True, validators=[validate_gln])

    class Meta:
        ordering = ("producer", "name")
        verbose_name = _("place")

    def __str__(self) -> str:
        return self.name
