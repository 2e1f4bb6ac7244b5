"""Who works here: administrative units, organisations, users, memberships, absences, and the audit log."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.absence_models import Absence
from people.audit_models import AuditEvent, AuditLink
from people.claim_models import ClaimCard, Throttle

__all__ = [
    "Absence",
    "AdminUnit",
    "AuditEvent",
    "AuditLink",
    "ClaimCard",
    "Membership",
    "Organisation",
    "Throttle",
    "User",
]


class AdminUnitQuerySet(models.QuerySet["AdminUnit"]):
    """Questions about many administrative units."""

    def valid_on(self, day: date) -> AdminUnitQuerySet:
        """Units that exist on `day`."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class AdminUnit(models.Model):
    """A province, district or commune, with the days on which it existed.

    Units are never renamed or merged in place: a merger ends the old rows and names their
    successors, so that a paper of 2022 keeps the names of 2022.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        DISTRICT = "district", _("District")
        COMMUNE = "commune", _("Commune")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")

    objects: ClassVar[Any] = AdminUnitQuerySet.as_manager()

    class Meta:
        ordering = ("name", "code")
        verbose_name = _("administrative unit")

    def __str__(self) -> str:
        return self.name

    @property
    def province(self) -> AdminUnit:
        """The province that this unit lies in (itself, for a province)."""
        unit = self
        while unit.level != self.Level.PROVINCE and unit.parent is not None:
            unit = unit.parent
        return unit

    def full_name(self) -> str:
        """The name with those above it: "xã Ia Tô, huyện Ia Grai, tỉnh Gia Lai"."""
        parts, unit = [self.name], self.parent
        while unit is not None:
            parts.append(unit.name)
            unit = unit.parent
        return ", ".join(parts)


class Organisation(models.Model):
    """An agency or unit whose people work here; producers are in `registry`."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("People's committee")
        DEPARTMENT = "department", _("Department")
        BRANCH = "branch", _("Branch of standards and quality")
        DIVISION = "division", _("Division")
        CENTRE = "centre", _("Centre")
        CONSULTANT = "consultant", _("Consultant")
        OTHER = "other", _("Other")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    symbol = models.CharField(_("symbol on papers"), max_length=20, help_text=_("For example CCTĐC."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="organisations")
    place = models.CharField(_("place on papers"), max_length=60, help_text=_("As in “Gia Lai, ngày …”."))
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    head_title = models.CharField(_("title of its head"), max_length=80, blank=True)
    # In whose name its papers are signed, after "TM."; empty for an agency that its head leads alone.
    collective = models.CharField(
        _("collective that it speaks for"), max_length=80, blank=True, help_text=_("For example “Ủy ban nhân dân”.")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")

    class Meta:
        ordering = ("name",)
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users; without a password nobody gets in until a claim card sets the PIN."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Return a saved user."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Return a saved user who sees everything and keeps the system; steps stay with the roles of the offices."""
        return self.create_user(username, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in, by phone number or user name; an e-mail address is optional."""

    username = models.CharField(_("user name"), max_length=40, unique=True)
    phone = models.CharField(
        _("phone number"),
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^0\d{9,10}$", _("Write the phone number as digits, starting with 0."))],
    )
    full_name = models.CharField(_("full name"), max_length=120)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    # The password is a PIN of six digits, set with a claim card: see people.claims.
    has_pin = models.BooleanField(_("signs in with a PIN"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ("full_name", "pk")
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The name as printed on papers."""
        return str(self)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about many memberships."""

    def active(self, day: date) -> MembershipQuerySet:
        """Memberships in force on `day`, of people who may still log in."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, user__is_active=True)


class Membership(models.Model):
    """A user's role in an organisation, for a time. Roles are names stored as data: frozen by test."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("Project manager")
        CLERK = "clerk", _("Clerk")
        REVIEWER = "reviewer", _("Reviewer")
        LEADER = "leader", _("Leader")
        STAMP_OFFICER = "stamp_officer", _("Stamp officer")
        HELPER = "helper", _("Field helper")
        INSPECTOR = "inspector", _("Inspector")
        ADMINISTRATOR = "administrator", _("Administrator")

    class SignsBy(models.TextChoices):
        """By what right somebody who is not its head signs the agency's papers (NĐ 30/2020, annex I)."""

        DEPUTY = "KT", _("Deputy, for the head (KT.)")
        ORDER = "TL", _("By order of the head (TL.)")
        AUTHORISED = "TUQ", _("Authorised by the head (TUQ.)")
        ACTING = "Q", _("Acting head (Q.)")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=15, choices=Role)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    # Empty: the head signs as such, anybody else as the head's deputy.
    signs_by = models.CharField(_("signs by"), max_length=3, choices=SignsBy, blank=True)

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("organisation", "role", "user")
        verbose_name = _("membership")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"
