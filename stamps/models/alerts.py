"""Stamps that somebody or something finds suspicious, for an officer to look into."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import AdminUnit, User
from people.scope import scope_of
from registry.models import Product


class StampAlertQuerySet(models.QuerySet["StampAlert"]):
    """Questions about many alerts."""

    def visible_to(self, user: User | AnonymousUser) -> StampAlertQuerySet:
        """Officials see their province's alerts; producers and the public see none."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(province__in=scope.province_ids)

    def for_table(self) -> StampAlertQuerySet:
        """What the list shows, without a query per row."""
        return self.select_related("product__producer", "province").order_by("-pk")

    def open(self) -> StampAlertQuerySet:
        """Alerts that nobody has closed yet."""
        return self.filter(status=StampAlert.Status.OPEN)


class StampAlert(models.Model):
    """A report of a consumer, or a rule that found a stamp's scans unusual; a case until an officer closes it."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report of a consumer")
        PLACES = "places", _("Scanned in several provinces within a day")
        SPEED = "speed", _("Scanned far apart in too short a time")
        CLIENTS = "clients", _("Scanned from many networks")
        AFTER_END = "after_end", _("Scanned although void, lost, damaged or replaced")
        HARVEST = "harvest", _("Many stamps scanned by one network")
        PIN = "pin", _("Hidden code guessed too often")

    class Concern(models.TextChoices):
        """What a buyer finds suspicious; kept in `facts` under "concern"."""

        COPIES = "copies", _("The same stamp is on several packages")
        OTHER_GOODS = "other_goods", _("The goods are not those on the page")
        DAMAGED = "damaged", _("The stamp was torn off, pasted over or uncovered before")
        UNKNOWN = "unknown", _("The stamp is not found when scanned")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("alert", "Open")
        COPY = "copy", _("Copied stamp confirmed")
        HARMLESS = "harmless", _("Nothing wrong")
        FORWARDED = "forwarded", _("Handed to the inspectorate")

    # What the person who reported is told, such as "TX-7K3M9Q": says nothing about how many there are.
    reference = models.CharField(_("reference number"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)
    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="stamp_alerts")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="stamp_alerts")
    index = models.BigIntegerField(_("index"), null=True, db_index=True, editable=False)
    # The text on the stamp as it was typed, for a code that is none of ours.
    code_text = models.CharField(_("code on the stamp"), max_length=200, blank=True)
    facts = models.JSONField(_("facts"), default=dict, editable=False)
    message = models.TextField(_("what is suspicious"), max_length=2000, blank=True)
    place = models.CharField(_("where it was bought"), max_length=200, blank=True)
    contact = models.CharField(_("phone or e-mail for an answer"), max_length=120, blank=True)
    photo = models.ImageField(_("photo"), upload_to="alerts/", blank=True, editable=False)
    raised_at = models.DateTimeField(_("raised at"), editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    finding = models.TextField(_("finding"), max_length=2000, blank=True, editable=False)
    # What whoever reported is told under the reference number: public, so no names and no accusations.
    answer = models.TextField(_("public answer"), max_length=1000, blank=True, editable=False)

    objects: ClassVar[Any] = StampAlertQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("stamp alert")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A rule speaks once about a stamp until an officer has looked.
            models.UniqueConstraint(
                fields=["index", "kind"],
                condition=Q(status="open") & ~Q(kind="report") & Q(index__isnull=False),
                name="stamp_alert_once_while_open",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it yet."""
        return self.status == self.Status.OPEN

    @property
    def concern(self) -> str:
        """What a buyer found suspicious, in words; "" for an alert of a rule."""
        chosen = self.facts.get("concern", "")
        return str(self.Concern(chosen).label) if chosen in self.Concern else ""

    def get_absolute_url(self) -> str:
        """The alert's page."""
        return reverse("stamps:alert", args=[self.reference])
