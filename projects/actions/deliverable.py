"""A deliverable's way: prepared, submitted, checked, reviewed, approved or returned, issued."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import policies, reviewing
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Deliverable, Remark, RemarkPhrase, Review

Status = Deliverable.Status
Verdict = Review.Verdict


@dataclass(frozen=True)
class NewRemark:
    """What a checker, reviewer or leader wants changed: in their words, by a standard remark, or both; and where."""

    text: str = ""
    section: str = ""
    anchor: str = ""  # a section if it says where, else the whole
    phrase: RemarkPhrase | None = None

    @property
    def words(self) -> str:
        """The remark as it is read: "Thiếu căn cứ pháp lý: bổ sung Thông báo 29"."""
        standard = self.phrase.text if self.phrase else ""
        return ": ".join(filter(None, (standard.rstrip(" .:;…") if self.text.strip() else standard, self.text.strip())))

    @property
    def place(self) -> str:
        """What it is about, one of `Remark.Anchor`."""
        return self.anchor or (Remark.Anchor.SECTION if self.section.strip() else Remark.Anchor.WHOLE)


@transaction.atomic
def start_preparation(deliverable: Deliverable, *, now: datetime | None = None) -> Deliverable:
    """Say that the deliverable is being prepared. Called by the flow, so nobody is named."""
    deliverable = _locked(deliverable)
    if deliverable.status in (Status.PLANNED, Status.REJECTED, Status.CANCELLED):
        _move(deliverable, Status.DRAFTING)
        _log(deliverable, "deliverable.preparation_started", by=None, at=now)
    return deliverable


@transaction.atomic
def submit(
    deliverable: Deliverable,
    *,
    by: User,
    answers: Mapping[int, str] | None = None,
    declined: Collection[int] = (),
    now: datetime | None = None,
) -> Deliverable:
    """Hand the deliverable in for its format check, as a new round.

    `answers` has the ids of the open remarks that the author ticks off, each with its answer; those that
    are `declined` changed nothing, and their answer says why. Raises NotAllowedNow when a remark is not
    ticked off, one is declined without a reason, or the reviewers are too few.
    """
    deliverable = _locked(deliverable)
    _check_status(deliverable, Status.DRAFTING, Status.RETURNED)
    reviewing.reviewers_for(deliverable, by)
    now = now or timezone.now()
    _tick_off(deliverable, answers or {}, declined, now)
    deliverable.round += 1
    deliverable.submitted_by, deliverable.submitted_at = by, now
    deliverable.approved_by = deliverable.approved_at = None
    deliverable.status = Status.FORMAT_CHECK
    deliverable.save(update_fields=["round", "submitted_by", "submitted_at", "approved_by", "approved_at", "status"])
    _log(deliverable, "deliverable.submitted", by=by, at=now)
    return deliverable


@transaction.atomic
def recall(deliverable: Deliverable, *, by: User, now: datetime | None = None) -> Deliverable:
    """Take a submission back to correct it, before its check has begun; the round keeps its number.

    Raises NotAllowedForYou for anyone but the sender, NotAllowedNow when it has gone on.
    """
    deliverable = _locked(deliverable)
    _check_status(deliverable, Status.FORMAT_CHECK)
    if deliverable.submitted_by_id != by.pk:
        raise NotAllowedForYou(
            _("%(sender)s submitted deliverable %(code)s; only the sender takes it back.")
            % {"sender": deliverable.submitted_by, "code": deliverable.code}
        )
    _move(deliverable, Status.DRAFTING)
    _log(deliverable, "deliverable.recalled", by=by, at=now)
    return deliverable


def _tick_off(deliverable: Deliverable, answers: Mapping[int, str], declined: Collection[int], now: datetime) -> None:
    remarks = list(deliverable.remarks.filter(addressed_at=None))
    left = [remark for remark in remarks if remark.pk not in answers]
    if left:
        raise NotAllowedNow(
            _("%(count)d remarks are not ticked off yet, the first: “%(remark)s”. Tick off each one when it is done.")
            % {"count": len(left), "remark": left[0].text}
        )
    for remark in remarks:
        remark.addressed_at, remark.answer = now, answers[remark.pk].strip()
        remark.declined = remark.pk in declined
        if remark.declined and not remark.answer:
            raise NotAllowedNow(
                _("“%(remark)s”: say why nothing was changed, or correct the document.") % {"remark": remark.text}
            )
    Remark.objects.bulk_update(remarks, ["addressed_at", "answer", "declined"])


@transaction.atomic
def record_format_check(
    deliverable: Deliverable,
    *,
    by: User,
    passed: bool,
    remarks: Sequence[NewRemark] = (),
    now: datetime | None = None,
) -> Deliverable:
    """Record the clerk's check of the form: on to the reviewers, or back with remarks."""
    deliverable = _locked(deliverable)
    _check_status(deliverable, Status.FORMAT_CHECK)
    reviewing.check_not_own_submission(deliverable, by)
    if passed:
        _move(deliverable, Status.IN_REVIEW)
        _log(deliverable, "deliverable.format_passed", by=by, at=now)
    else:
        _send_back(deliverable, by=by, remarks=remarks, now=now)
    return deliverable


@transaction.atomic
def open_review_round(deliverable: Deliverable, *, now: datetime | None = None) -> list[Review]:
    """Return the review rows of the current round, one per reviewer, making those that are missing."""
    deliverable = _locked(deliverable)
    _check_status(deliverable, Status.IN_REVIEW)
    for reviewer in reviewing.reviewers_for(deliverable, deliverable.submitted_by):
        Review.objects.get_or_create(deliverable=deliverable, round=deliverable.round, reviewer=reviewer)
    return list(deliverable.reviews.filter(round=deliverable.round).order_by("pk"))


@transaction.atomic
def record_verdict(
    review: Review,
    *,
    by: User,
    verdict: str,
    remarks: Sequence[NewRemark] = (),
    acting_for: User | None = None,
    now: datetime | None = None,
) -> Review:
    """Record one reviewer's verdict, given by the reviewer or, `acting_for` them, by their substitute.

    Raises NotAllowedNow when it was given already or the round is over.
    """
    deliverable = _locked(review.deliverable)
    review = Review.objects.select_for_update().get(pk=review.pk)
    reviewing.check_not_own_submission(deliverable, by)
    reviewing.check_one_vote(review, by)
    if review.reviewer_id != (acting_for or by).pk:
        raise NotAllowedForYou(_("This review belongs to %(reviewer)s.") % {"reviewer": review.reviewer})
    if deliverable.status != Status.IN_REVIEW or review.round != deliverable.round or review.verdict:
        raise NotAllowedNow(
            _("Deliverable %(code)s is no longer waiting for this review: %(status)s.")
            % {"code": deliverable.code, "status": deliverable.get_status_display().lower()}
        )
    now = now or timezone.now()
    if verdict != Verdict.APPROVE:
        _add_remarks(deliverable, by=by, remarks=remarks, now=now)
    review.verdict, review.decided_at, review.decided_by = Verdict(verdict), now, by
    review.save(update_fields=["verdict", "decided_at", "decided_by"])
    _log(deliverable, "deliverable.reviewed", by=by, at=now, verdict=str(verdict))
    return review


@transaction.atomic
def hand_over_review(review: Review, *, to: User) -> Review:
    """Give an undecided review to another reviewer; whoever hands the step over writes the history.

    Raises NotAllowedNow when it was decided, or `to` submitted the paper or reviews it already.
    """
    deliverable = _locked(review.deliverable)
    review = Review.objects.select_for_update().get(pk=review.pk)
    if review.verdict or to.pk in reviewing.busy_reviewers(review):
        raise NotAllowedNow(
            _("This review of deliverable %(code)s cannot go to %(person)s; choose someone not involved in the round.")
            % {"code": deliverable.code, "person": to}
        )
    review.reviewer = to
    review.save(update_fields=["reviewer"])
    return review


@transaction.atomic
def conclude_review(deliverable: Deliverable, *, now: datetime | None = None) -> Deliverable:
    """Move the deliverable on by the outcome of its round. Called by the flow when the quorum is decided."""
    deliverable = _locked(deliverable)
    _check_status(deliverable, Status.IN_REVIEW)
    verdict = reviewing.outcome(deliverable)
    if not verdict:
        raise NotAllowedNow(_("The reviews of deliverable %(code)s are not complete.") % {"code": deliverable.code})
    after = {
        Verdict.APPROVE: (Status.WITH_LEADER, "deliverable.review_approved"),
        Verdict.RETURN: (Status.RETURNED, "deliverable.returned"),
        Verdict.REJECT: (Status.REJECTED, "deliverable.rejected"),
    }
    status, verb = after[Verdict(verdict)]
    _move(deliverable, status)
    _log(deliverable, verb, by=None, at=now)
    return deliverable


@transaction.atomic
def record_leader_decision(
    deliverable: Deliverable,
    *,
    by: User,
    approved: bool,
    remarks: Sequence[NewRemark] = (),
    now: datetime | None = None,
) -> Deliverable:
    """Record the leader's decision: approved (the flow then issues it) or back with remarks."""
    deliverable = _locked(deliverable)
    _check_status(deliverable, Status.WITH_LEADER)
    reviewing.check_not_own_submission(deliverable, by)
    if approved:
        deliverable.approved_by, deliverable.approved_at = by, now or timezone.now()
        deliverable.save(update_fields=["approved_by", "approved_at"])
        _log(deliverable, "deliverable.approved", by=by, at=now)
    else:
        _send_back(deliverable, by=by, remarks=remarks, now=now)
    return deliverable


@transaction.atomic
def mark_issued(deliverable: Deliverable, *, by: User, number: str, now: datetime | None = None) -> Deliverable:
    """Say that the deliverable's paper has its number and is in force."""
    deliverable = _locked(deliverable)
    _check_status(deliverable, Status.WITH_LEADER)
    if deliverable.approved_at is None:
        raise NotAllowedNow(_("Deliverable %(code)s has no leader's approval yet.") % {"code": deliverable.code})
    _move(deliverable, Status.ISSUED)
    _log(deliverable, "deliverable.issued", by=by, at=now, number=number)
    return deliverable


@transaction.atomic
def cancel(deliverable: Deliverable, *, by: User, reason: str, now: datetime | None = None) -> Deliverable:
    """Say that the run of the deliverable was cancelled, and why; it can be started again.

    Raises NotAllowedNow without a reason.
    """
    deliverable = _locked(deliverable)
    if not (reason := " ".join(reason.split())):
        raise NotAllowedNow(_("Write why the run of deliverable %(code)s is cancelled.") % {"code": deliverable.code})
    if deliverable.status != Status.ISSUED:
        _move(deliverable, Status.CANCELLED)
        stands_in = policies.standing_in(by, deliverable.stage.project)
        _log(deliverable, "deliverable.cancelled", by=by, at=now, reason=reason, **stands_in)
    return deliverable


@transaction.atomic
def mark_revoked(deliverable: Deliverable, *, by: User, number: str, now: datetime | None = None) -> Deliverable:
    """Say that the deliverable's paper was revoked: it is owed again and can be started again."""
    deliverable = _locked(deliverable)
    if deliverable.status == Status.ISSUED:
        _move(deliverable, Status.CANCELLED)
        _log(deliverable, "deliverable.revoked", by=by, at=now, number=number)
    return deliverable


def _locked(deliverable: Deliverable) -> Deliverable:
    rows = Deliverable.objects.select_for_update(of=("self",)).select_related("stage__project__province")
    return rows.get(pk=deliverable.pk)


def _check_status(deliverable: Deliverable, *statuses: str) -> None:
    if deliverable.status not in statuses:
        raise NotAllowedNow(
            _("Deliverable %(code)s is %(status)s; this step no longer waits for you.")
            % {"code": deliverable.code, "status": deliverable.get_status_display().lower()}
        )


def _move(deliverable: Deliverable, status: str) -> None:
    deliverable.status = Status(status)
    deliverable.save(update_fields=["status"])


def _send_back(deliverable: Deliverable, *, by: User, remarks: Sequence[NewRemark], now: datetime | None) -> None:
    _add_remarks(deliverable, by=by, remarks=remarks, now=now or timezone.now())
    _move(deliverable, Status.RETURNED)
    _log(deliverable, "deliverable.returned", by=by, at=now)


def _add_remarks(deliverable: Deliverable, *, by: User, remarks: Sequence[NewRemark], now: datetime) -> None:
    written = [remark for remark in remarks if remark.words]
    if not written:
        raise NotAllowedNow(
            _("Write at least one remark: the author of deliverable %(code)s must know what to change.")
            % {"code": deliverable.code}
        )
    Remark.objects.bulk_create(
        Remark(
            deliverable=deliverable,
            round=deliverable.round,
            by=by,
            anchor=remark.place,
            section=remark.section.strip(),
            phrase=remark.phrase,
            text=remark.words,
            made_at=now,
        )
        for remark in written
    )


def _log(deliverable: Deliverable, verb: str, *, by: User | None, at: datetime | None, **facts: str | int) -> None:
    project = deliverable.stage.project
    facts |= {"code": deliverable.code, "title": deliverable.title, "round": str(deliverable.round)}
    audit.record(verb, by=by, target=deliverable, case=project, province=project.province, at=at, **facts)
