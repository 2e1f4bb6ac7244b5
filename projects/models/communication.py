"""Communication: what told the public, by which channel, with what evidence; and the log of legal texts made known."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, User
from people.scope import scope_of
from projects.models.legal import LegalText
from projects.models.project import PilotProject


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Questions about many channels."""

    def visible_to(self, user: User | AnonymousUser) -> ChannelQuerySet:
        """Officials see those of the program and those of their provinces."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(Q(province=None) | Q(province__in=scope.province_ids)) if scope.memberships else self.none()


class Channel(models.Model):
    """A channel of the catalogue: a station, a newspaper, a department's web site (seed 001, section II.1d)."""

    class Kind(models.TextChoices):
        BROADCAST = "broadcast", _("Radio and television")
        PRESS = "press", _("Newspaper")
        WEBSITE = "website", _("Web site of an agency")
        SOCIAL = "social", _("Social network")
        MEETING = "meeting", _("Meeting")
        PRINT = "print", _("Leaflet or poster")

    # Empty: it comes with the program.
    province = models.ForeignKey(AdminUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=160)
    address = models.URLField(_("address"), blank=True)

    objects: ClassVar[Any] = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "name")
        verbose_name = _("communication channel")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "name"],
                name="channel_name_once_in_province",
                violation_error_message=_("The catalogue has a channel of this name."),
            ),
            models.UniqueConstraint(fields=["name"], condition=Q(province=None), name="channel_name_once_of_program"),
        ]

    def __str__(self) -> str:
        return self.name


class CommunicationQuerySet(models.QuerySet["CommunicationEvent"]):
    """Questions about many events."""

    def counted(self) -> CommunicationQuerySet:
        """Those that count: with evidence, and a television report with the day of its broadcast."""
        television = Q(kind=CommunicationEvent.Kind.TELEVISION)
        return self.exclude(evidence="", file="").exclude(television & Q(broadcast_on=None))


class CommunicationEvent(models.Model):
    """Something that told the public about the model, with its evidence."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("Conference")
        WORKSHOP = "workshop", _("Workshop")
        TELEVISION = "television", _("Television report")
        ARTICLE = "article", _("Article")

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="communication_events")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("date"))
    # For a television report: evidence of one that was never broadcast proves nothing (QT-II.1e).
    broadcast_on = models.DateField(_("broadcast on"), null=True, blank=True)
    outlet = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="events",
        verbose_name=_("channel of the catalogue"),
    )  # fmt: skip
    channel = models.CharField(_("channel or place"), max_length=200, blank=True)
    evidence = models.CharField(_("evidence (link or number of the paper)"), max_length=300, blank=True)
    file = models.FileField(_("evidence file"), upload_to="evidence/", max_length=120, blank=True, editable=False)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)

    objects: ClassVar[Any] = CommunicationQuerySet.as_manager()

    class Meta:
        ordering = ("project", "held_on", "pk")
        verbose_name = _("communication event")

    def __str__(self) -> str:
        return self.title

    @property
    def where(self) -> str:
        """The channel and the place as a list shows them."""
        return " · ".join(part for part in (str(self.outlet) if self.outlet else "", self.channel) if part)

    @property
    def missing(self) -> str:
        """Why the event does not count yet, or ""."""
        if not self.evidence and not self.file:
            if self.kind in (self.Kind.WORKSHOP, self.Kind.CONFERENCE):
                return str(_("The minutes are missing."))
            return str(_("The evidence is missing."))
        if self.kind == self.Kind.TELEVISION and self.broadcast_on is None:
            return str(_("The day of the broadcast is missing."))
        return ""


class PlannedEvent(models.Model):
    """A line of the communication plan: what is to be done until when."""

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="planned_events")
    kind = models.CharField(_("kind"), max_length=12, choices=CommunicationEvent.Kind)
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("due on"))

    class Meta:
        ordering = ("project", "due_on", "pk")
        verbose_name = _("line of the communication plan")

    def __str__(self) -> str:
        return self.title


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Questions about many publications."""

    def visible_to(self, user: User | AnonymousUser) -> PublicationQuerySet:
        """Officials see those of their provinces."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(province__in=scope.province_ids)


class Publication(models.Model):
    """A line of the publication log: a legal text, a channel, a day, and the link or the paper that proves it."""

    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="publications", editable=False)
    text = models.ForeignKey(
        LegalText, on_delete=models.PROTECT, related_name="publications", verbose_name=_("legal text")
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="publications", verbose_name=_("channel")
    )
    published_on = models.DateField(_("published on"))
    evidence = models.CharField(_("evidence (link or number of the paper)"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[Any] = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ("-published_on", "-pk")
        verbose_name = _("publication")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "text", "channel", "published_on"],
                name="publication_once",
                violation_error_message=_("This publication is in the log already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} · {self.channel}"
