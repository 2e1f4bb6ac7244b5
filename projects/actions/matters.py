"""Matters: raising one, answering it, taking it back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import matters as rules
from projects import policies
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Deliverable, Matter, Milestone, PilotProject

SHOWN = 120  # letters of a text that the history quotes


@transaction.atomic
def raise_matter(
    project: PilotProject,
    *,
    kind: str,
    text: str,
    addressee: User,
    due_on: date,
    by: User,
    needed: str = "",
    milestone: Milestone | None = None,
    now: datetime | None = None,
) -> Matter:
    """Report a difficulty or give a direction, to be answered by one person until a day.

    Raises NotAllowedForYou (see `rules.can_raise`), NotAllowedNow for a project that is not running, an
    addressee who cannot answer, a day that is over, and a milestone of another project.
    """
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)
    rules.check_can_raise(by, project, kind)
    if milestone is not None and milestone.stage.project_id != project.pk:
        raise NotAllowedNow(_("The milestone belongs to another project; choose one of this project."))
    matter = Matter(kind=kind, project=project, milestone=milestone, needed=needed.strip())
    stands_in = _stands_in(by, project, kind)
    return _raised(matter, text=text, addressee=addressee, due_on=due_on, by=by, now=now, stands_in=stands_in)


@transaction.atomic
def ask_author(deliverable: Deliverable, *, text: str, due_on: date, by: User, now: datetime | None = None) -> Matter:
    """Ask the author about a deliverable that the office has; that `by` holds a step of it is the caller's question.

    Raises NotAllowedNow while the paper is with its author or the last question is open, NotAllowedForYou for the
    author.
    """
    rows = Deliverable.objects.select_for_update(of=("self",))
    deliverable = rows.select_related("stage__project__province", "submitted_by").get(pk=deliverable.pk)
    rules.check_question(deliverable, raised_by=by)
    matter = Matter(kind=Matter.Kind.QUESTION, project=deliverable.stage.project, deliverable=deliverable)
    return _raised(matter, text=text, addressee=rules.author_of(deliverable), due_on=due_on, by=by, now=now)


def _raised(
    matter: Matter,
    *,
    text: str,
    addressee: User,
    due_on: date,
    by: User,
    now: datetime | None,
    stands_in: dict[str, int] | None = None,
) -> Matter:
    now = now or timezone.now()
    rules.check_words(text, due_on, timezone.localdate(now))
    if matter.kind != Matter.Kind.QUESTION:
        rules.check_addressee(matter.project, addressee, raised_by=by)
    matter.text, matter.addressee, matter.due_on = text.strip(), addressee, due_on
    matter.raised_by, matter.raised_at = by, now
    matter.save()
    facts: dict[str, str | int] = {"to": addressee.pk, "due": due_on.isoformat(), "kind": str(matter.kind)}
    facts |= stands_in or {}
    _log(matter, "matter.raised", by=by, at=now, **facts)
    return matter


def _stands_in(user: User, project: PilotProject, kind: str) -> dict[str, int]:
    if kind == Matter.Kind.DIRECTION:
        return {"acting_for": absent} if (absent := rules.leads_for(user, project)) else {}
    return policies.standing_in(user, project)


@transaction.atomic
def answer_matter(
    matter: Matter, *, by: User, answer: str, acting_for: User | None = None, now: datetime | None = None
) -> Matter:
    """Answer a matter, as its addressee or, `acting_for` them, as their substitute.

    Raises NotAllowedForYou for anybody else, NotAllowedNow when it was answered or taken back, or without words.
    """
    matter = _locked(matter)
    _check_open(matter)
    if matter.addressee_id not in (by.pk, acting_for.pk if acting_for else None):
        raise NotAllowedForYou(
            _("%(person)s is asked here; whoever raised it can ask somebody else.") % {"person": matter.addressee}
        )
    if not answer.strip():
        raise NotAllowedNow(_("Write the answer."))
    matter.answer, matter.answered_by, matter.answered_at = answer.strip(), by, now or timezone.now()
    matter.save(update_fields=["answer", "answered_by", "answered_at"])
    _log(matter, "matter.answered", by=by, at=now)
    return matter


@transaction.atomic
def withdraw_matter(matter: Matter, *, by: User, now: datetime | None = None) -> Matter:
    """Take a matter back without an answer. Raises NotAllowedForYou for anybody but the one who raised it."""
    matter = _locked(matter)
    _check_open(matter)
    if matter.raised_by_id != by.pk:
        raise NotAllowedForYou(_("Only %(person)s, who raised it, can take it back.") % {"person": matter.raised_by})
    matter.withdrawn_at = now or timezone.now()
    matter.save(update_fields=["withdrawn_at"])
    _log(matter, "matter.withdrawn", by=by, at=now)
    return matter


@transaction.atomic
def readdress(matter: Matter, *, to: User) -> Matter:
    """Ask another person instead; whoever hands the step over writes the history."""
    matter = _locked(matter)
    _check_open(matter)
    rules.check_addressee(matter.project, to, raised_by=matter.raised_by)
    matter.addressee = to
    matter.save(update_fields=["addressee"])
    return matter


def _locked(matter: Matter) -> Matter:
    rows = Matter.objects.select_for_update(of=("self",))
    locked: Matter = rows.select_related("project__province", "addressee", "raised_by").get(pk=matter.pk)
    return locked


def _check_open(matter: Matter) -> None:
    if matter.is_open:
        return
    state = _("answered already") if matter.answered_at else _("taken back")
    raise NotAllowedNow(_("This matter is %(state)s; nothing was changed.") % {"state": state})


def _log(matter: Matter, verb: str, *, by: User, at: datetime | None, **facts: str | int) -> None:
    project = matter.project
    facts["text"] = matter.text if len(matter.text) <= SHOWN else f"{matter.text[: SHOWN - 1]}…"
    audit.record(verb, by=by, target=matter, case=project, province=project.province, at=at, **facts)
