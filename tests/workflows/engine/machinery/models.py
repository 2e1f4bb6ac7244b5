# ruff: noqa: DJ008  nobody reads these rows as text
"""A case of several pieces; each piece is written and may be voted on. `Effect` counts what was done."""

from django.conf import settings
from django.db import models
from viewflow.workflow.models import Process


class Case(models.Model):
    name = models.CharField(max_length=40)


class Piece(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pieces")
    name = models.CharField(max_length=40)
    quorum = models.PositiveSmallIntegerField(default=0)
    """Votes in favour that are enough; 0 means that nobody votes."""


class Vote(models.Model):
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    in_favour = models.BooleanField(null=True)


class Effect(models.Model):
    """One row per thing done, without any uniqueness: a double effect shows as two rows."""

    name = models.CharField(max_length=80)


class EngineProcess(Process):
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="processes")
    piece = models.ForeignKey(Piece, null=True, on_delete=models.PROTECT, related_name="processes")

    class Meta:
        default_permissions = ("add", "change", "delete", "view", "manage")
        permissions = (("write_piece", "Can write a piece"), ("vote_on_piece", "Can vote on a piece"))
        ordering = ("-created",)
