"""What people are told: rules, messages, deliveries, wishes, and texts handed over by hand.

An event becomes messages (one per recipient) in the transaction of the act that it tells of;
deliveries are sent after the commit by `manage.py tick`, each at least once.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from people import audit
from people.models import AdminUnit, User
from people.scope import Role, scope_of

LOG_READERS = (Role.ADMINISTRATOR, Role.LEADER)
CALLERS = (*LOG_READERS, Role.MANAGER)


class Channel(models.TextChoices):
    """Ways to reach a person outside the application."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    ZNS = "zns", _("Zalo (ZNS)")


class Rule(models.Model):
    """How an event is told: on which channels, at once or in the day's digest, and whether one may opt out."""

    event = models.SlugField(_("event"), max_length=60, unique=True)
    channels = models.JSONField(_("channels"), default=list, blank=True)
    is_digest = models.BooleanField(_("in the day's digest"), default=False)
    is_mandatory = models.BooleanField(_("cannot be switched off"), default=False)
    # Urgent notices alone go out at night and on days off.
    is_urgent = models.BooleanField(_("also at night and on days off"), default=False)
    # A rule out of use leaves the event to the built-in way; one without channels tells it on the pages only.
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("event",)
        verbose_name = _("notice rule")

    def __str__(self) -> str:
        return self.event


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about many messages."""

    def visible_to(self, user: User | AnonymousUser) -> MessageQuerySet:
        """A person's own messages."""
        return self.filter(recipient=user.pk) if user.pk else self.none()

    def unread(self) -> MessageQuerySet:
        """Messages not opened yet."""
        return self.filter(read_at=None)

    def of_case(self, case: models.Model) -> MessageQuerySet:
        """What was told about a case, newest first, with the recipients and every delivery."""
        return self.filter(case=audit.label(case)).select_related("recipient").prefetch_related("deliveries")


class Message(models.Model):
    """One event told to one person; always shown in the application, which is the source of truth."""

    event = models.CharField(_("event"), max_length=60, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices", db_index=False
    )
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    # Without diacritics and at most 160 characters: one SMS.
    short_text = models.CharField(_("short text"), max_length=160)
    # What the texts were made of: a provider's registered template (ZNS) takes these and not our words.
    facts = models.JSONField(_("facts"), default=dict, blank=True, editable=False)
    url = models.CharField(_("address"), max_length=300, blank=True)
    # The case as the audit log names it, so that its history can show what was told.
    case = models.CharField(_("case"), max_length=80, blank=True, db_index=True)
    province = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    # Telling the same thing twice is telling it once.
    key = models.CharField(_("key"), max_length=120, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), editable=False)
    read_at = models.DateTimeField(_("read at"), null=True, editable=False)

    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("notice")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["recipient", "-made_at"], name="notice_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.subject


def unread_count(user: User) -> int:
    """Return how many notices the person has not opened; one query on a small index, for every page's frame."""
    count: int = Message.objects.visible_to(user).unread().order_by().count()
    return count


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about many deliveries."""

    def visible_to(self, user: User | AnonymousUser) -> DeliveryQuerySet:
        """Administrators and leaders see what was sent about their province's cases."""
        return self._in(user, *LOG_READERS)

    def callable_by(self, user: User | AnonymousUser) -> DeliveryQuerySet:
        """What the user may tell by phone if it does not arrive."""
        return self._in(user, *CALLERS)

    def to_be_called(self, user: User | AnonymousUser) -> DeliveryQuerySet:
        """What never reached a person of the user's province: not opened, and no other channel brought it."""
        reached = Delivery.objects.filter(message=OuterRef("message"), state__in=Delivery.REACHED)
        open_ones = self.callable_by(user).filter(state__in=Delivery.STRANDED, is_digest=False)
        return open_ones.filter(~Exists(reached), message__read_at=None, message__recipient__is_active=True)

    def _in(self, user: User | AnonymousUser, *roles: str) -> DeliveryQuerySet:
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(message__province__in=scope.provinces_with(*roles))


class Delivery(models.Model):
    """Bringing one message to one address on one channel, with every try on record."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")
        UNCONFIGURED = "unconfigured", _("Channel not set up")
        HANDED_OVER = "handed_over", _("Told by hand")

    STRANDED = (State.FAILED, State.UNCONFIGURED)  # sent by nobody: somebody has to retry or call
    REACHED = (State.SENT, State.HANDED_OVER)

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=6, choices=Channel)
    address = models.CharField(_("address"), max_length=254)
    is_digest = models.BooleanField(_("in the day's digest"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    provider_id = models.CharField(_("number at the provider"), max_length=120, blank=True)
    claimed_at = models.DateTimeField(_("taken at"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("delivery")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_on_a_channel"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["not_before"], condition=Q(state__in=["queued", "sending"]), name="delivery_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_state_display()}"


class Preference(models.Model):
    """A person's wish for one event on one channel; without a row the rule counts."""

    class Wish(models.TextChoices):
        DIRECT = "direct", _("At once")
        DIGEST = "digest", _("In the day's digest")
        OFF = "off", _("Not at all")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences")
    event = models.SlugField(_("event"), max_length=60)
    channel = models.CharField(_("channel"), max_length=6, choices=Channel)
    wish = models.CharField(_("wish"), max_length=6, choices=Wish)

    class Meta:
        verbose_name = _("notice preference")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "event", "channel"], name="notice_preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.event} {self.channel}: {self.wish}"


class HandedTextQuerySet(models.QuerySet["HandedText"]):
    """Questions about many texts."""

    def of_case(self, case: models.Model) -> HandedTextQuerySet:
        """Texts about a case, newest first, with who handed them over."""
        return self.filter(case=audit.label(case)).select_related("by")


class HandedText(models.Model):
    """A text that an officer copied into a chat group, as the only record that the group was told."""

    group = models.CharField(_("group"), max_length=120)
    text = models.TextField(_("text"))
    case = models.CharField(_("case"), max_length=80, db_index=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(_("at"), editable=False)

    objects: ClassVar[Any] = HandedTextQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("text handed to a group")

    def __str__(self) -> str:
        return f"{self.group}, {self.at:%d/%m/%Y}"
