"""Long work as people see it. The queue's own rows are the engine's and on no page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, User
from people.scope import scope_of


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about many jobs."""

    def visible_to(self, user: User | AnonymousUser) -> JobQuerySet:
        """Their own jobs, and for officials those of their provinces."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(Q(owner=user.pk) | Q(province__in=scope.province_ids))

    def open(self) -> JobQuerySet:
        """Jobs that wait or go on."""
        return self.filter(state__in=Job.OPEN)

    def for_table(self) -> JobQuerySet:
        """What the list shows, without a query per row."""
        return self.select_related("owner", "province")


class Job(models.Model):
    """One long work of one kind (`jobs.kinds`) on one thing, with how far it has come.

    `cursor` and `done` are committed with the rows of each chunk, so after a kill -9 the work goes
    on behind the last chunk that was kept.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        RUNNING = "running", _("Goes on")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Stopped")

    OPEN = (State.WAITING, State.RUNNING)

    kind = models.CharField(max_length=40, editable=False)
    # The thing it is about: its name in the audit log ("stamps.stampbatch:12"), in words, and its page.
    target = models.CharField(max_length=80, editable=False)
    target_label = models.CharField(_("about"), max_length=200, editable=False)
    target_url = models.CharField(max_length=200, blank=True, editable=False)
    arguments = models.JSONField(default=dict, editable=False)
    province = models.ForeignKey(
        AdminUnit, null=True, on_delete=models.PROTECT, related_name="jobs", editable=False, verbose_name=_("province")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs", editable=False, verbose_name=_("by")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING, editable=False)
    task = models.UUIDField(unique=True, editable=False)  # in the queue, whose finished rows are removed in time
    cursor = models.JSONField(default=dict, editable=False)
    done = models.PositiveBigIntegerField(default=0, editable=False)
    total = models.PositiveBigIntegerField(default=0, editable=False)  # 0: not known
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    finished_at = models.DateTimeField(_("ended"), null=True, editable=False)
    error = models.TextField(_("error"), blank=True, editable=False)  # for people, translated
    file = models.FileField(upload_to="jobs/", blank=True, editable=False)
    file_name = models.CharField(_("file"), max_length=120, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("job")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["province", "-id"], name="job_of_province"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Pressed twice it is still one work.
            models.UniqueConstraint(
                fields=["kind", "target"], condition=Q(state__in=("waiting", "running")), name="job_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.target_label}"

    def get_absolute_url(self) -> str:
        """The job's page."""
        return reverse("jobs:job", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it waits or goes on."""
        return self.state in self.OPEN

    @property
    def percent(self) -> int:
        """How much of it is done, 0 to 100; 100 only at the end."""
        if self.state == self.State.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
