"""Consent to the use of personal data, and what people ask about their data (Law 91/2025/QH15)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, User
from people.scope import scope_of
from registry.models import Producer
from registry.models.producer import producers_of


class Purpose(models.TextChoices):
    """What personal data are asked for; each purpose is agreed to by itself (article 9)."""

    ONBOARDING = "onboarding", _("Taking part in the traceability model")
    PUBLIC_NAME = "public_name", _("Name and commune on the public page")
    ASSISTANCE = "assistance", _("A helper fills in for me")


class ConsentText(models.Model):
    """The words that people agree to; a change of words is a new version, never an edit."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    effective_from = models.DateField(_("in force from"))
    # Set where the use changed and not only the wording: a yes to earlier words does not cover the new use.
    asks_anew = models.BooleanField(_("everybody is asked again"), default=False)

    class Meta:
        ordering = ("purpose", "-version")
        verbose_name = _("consent text")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store new words; those that are stored are evidence and never change."""
        if not self._state.adding:
            raise TypeError("The words of a consent are never edited: issue the next version.")
        super().save(*args, **kwargs)


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Questions about many consents."""

    def visible_to(self, user: User | AnonymousUser) -> ConsentQuerySet:
        """Officials see those of their province's producers; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(Q(producer__province__in=scope.province_ids) | Q(producer__in=producers_of(user)))

    def in_force(self, purpose: str) -> ConsentQuerySet:
        """Consents to the purpose that nobody has withdrawn."""
        return self.filter(text__purpose=purpose, withdrawn_at=None)

    def counting(self, purpose: str, day: date) -> ConsentQuerySet:
        """Consents to the purpose that cover its use on `day`: not withdrawn, and not asked for anew since."""
        later = ConsentText.objects.filter(
            purpose=purpose, version__gt=OuterRef("text__version"), asks_anew=True, effective_from__lte=day
        )
        return self.in_force(purpose).exclude(Exists(later))


class Consent(models.Model):
    """A producer's yes to one text: who said it, when, through which channel. Withdrawn, never deleted."""

    class Channel(models.TextChoices):
        PHONE = "phone", _("On their own phone")
        CODE = "code", _("By a code read out to the helper")
        PAPER = "paper", _("On paper")

    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="consents")
    given_by_name = models.CharField(_("given by"), max_length=120)
    # The account that gave it; empty for a consent on paper.
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="consents_given"
    )
    # The helper or official who took it down; empty when the person ticked it alone.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="consents_recorded"
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True, help_text=_("Number or place of the paper."))
    given_at = models.DateTimeField(_("given at"), editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="consents_withdrawn"
    )

    objects: ClassVar[Any] = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("producer", "-given_at", "-pk")
        verbose_name = _("consent")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["producer", "text"], condition=Q(withdrawn_at=None), name="consent_once_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(channel="paper") | ~Q(evidence=""), name="consent_on_paper_names_the_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer} · {self.text}"


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    """Questions about many requests."""

    def visible_to(self, user: User | AnonymousUser) -> DataRequestQuerySet:
        """Officials see their province's requests; people see those that they made themselves."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        own = Q(asked_by=user.pk) if user.pk else Q(pk=None)  # nobody's pk would ask for requests that nobody asked
        return self.filter(Q(province__in=scope.province_ids) | own)

    def waiting(self) -> DataRequestQuerySet:
        """Requests that are not closed."""
        return self.filter(closed_at=None)

    def by_next_date(self) -> DataRequestQuerySet:
        """Those that wait first, each with `next_due`, the day by which something must happen; then the closed ones."""
        answer_first = Case(When(answered_at=None, then=F("answer_due_on")), default=F("due_on"))
        is_closed = Case(When(closed_at=None, then=Value(0)), default=Value(1), output_field=models.IntegerField())
        return self.annotate(next_due=answer_first, is_closed=is_closed).order_by("is_closed", "next_due", "pk")


class DataRequest(models.Model):
    """What somebody asks about their personal data, with the deadlines of NĐ 356/2025."""

    class Kind(models.TextChoices):
        SEE = "see", _("See my data")
        CORRECT = "correct", _("Correct my data")
        DELETE = "delete", _("Delete my data")
        WITHDRAW = "withdraw", _("Withdraw my consent")
        RESTRICT = "restrict", _("Restrict or object to the use")

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")

    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("request"), max_length=10, choices=Kind)
    producer = models.ForeignKey(
        Producer, null=True, blank=True, on_delete=models.PROTECT, related_name="data_requests"
    )
    requester_name = models.CharField(_("full name"), max_length=120)
    requester_phone = models.CharField(_("phone number"), max_length=12, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="data_requests"
    )
    # The official who entered it for somebody; empty when the person did it alone.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    detail = models.TextField(_("what is asked"), blank=True)
    via_third_party = models.BooleanField(
        _("another organisation has the data too"), default=False, help_text=_("Then 20 days are allowed.")
    )
    received_on = models.DateField(_("received on"))
    # See privacy.deadlines: answer, do it, at most one extension.
    answer_due_on = models.DateField(_("answer due on"))
    due_on = models.DateField(_("due on"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    extension_reason = models.TextField(_("reason for the extension"), blank=True)
    extended_at = models.DateTimeField(_("extended at"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    result = models.TextField(_("what was done, or why it is refused"), blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = _("request about personal data")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(due_on__gte=F("answer_due_on")), name="data_request_due_after_answer"),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at=None) | (~Q(outcome="") & Q(closed_at__isnull=False)),
                name="data_request_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.requester_name}"

    @property
    def label(self) -> str:
        """What is asked, in the words of who wrote it: the person, or an official of somebody."""
        return str(KIND_IN_OFFICE[self.kind]) if self.recorded_by_id else self.get_kind_display()

    def get_absolute_url(self) -> str:
        """The request's page."""
        return reverse("privacy:request", args=[self.pk])


# The kinds as an office writes them of somebody else; the model's own words are the person's.
KIND_IN_OFFICE: dict[str, Any] = {
    DataRequest.Kind.SEE: _("See their data"),
    DataRequest.Kind.CORRECT: _("Have their data corrected"),
    DataRequest.Kind.DELETE: _("Have their data deleted"),
    DataRequest.Kind.WITHDRAW: _("Withdraw their consent"),
    DataRequest.Kind.RESTRICT: _("Restrict or object to the use"),
}
