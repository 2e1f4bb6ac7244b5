"""A dossier from its opening to its acceptance: sent by the producer, returned with remarks, accepted for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notices.actions import tell
from onboarding import policies
from onboarding.actions.answers import check_may_answer, locked, log
from onboarding.dossiers import people_of, standing_of
from onboarding.errors import NotAllowedNow, WrongAnswer
from onboarding.models import Answer, Dossier, DossierRemark, Onboarding
from onboarding.questions import QUESTIONS, TASK_OF, TASKS, Kind
from people.models import AdminUnit, User
from registry import actions as registry

Status = Dossier.Status


@transaction.atomic
def open_dossier(onboarding: Onboarding, *, by: User, now: datetime | None = None) -> Dossier:
    """Return the product's dossier, open for its producer; opening it twice gives the same one.

    The reference counts in the province ("HS-14-00012"), so that it can be read out over the phone.
    """
    if known := Dossier.objects.filter(onboarding=onboarding).first():
        return known
    now = now or timezone.now()
    province = AdminUnit.objects.select_for_update().get(pk=onboarding.enrolment.project.province_id)
    stem = f"HS-{province.code}-"
    last = Dossier.objects.filter(reference__startswith=stem).order_by("-reference").first()
    number = int(last.reference.removeprefix(stem)) + 1 if last else 1
    dossier = Dossier.objects.create(onboarding=onboarding, reference=f"{stem}{number:05d}", opened_at=now)
    log("dossier.opened", dossier, by=by, at=now)
    return dossier


@transaction.atomic
def send_dossier(dossier: Dossier, *, by: User, now: datetime | None = None) -> Dossier:
    """Send the dossier to the office: by the producer's people, or by a helper whom they let fill in.

    Raises NotAllowedForYou, NotAllowedNow for one that is sent already or lacks answers, with the tasks that it lacks,
    and for a product that was taken out: nobody would check it.
    """
    now = now or timezone.now()
    dossier = locked(dossier)
    check_may_answer(dossier, by)
    policies.check_not_taken_out(dossier.onboarding)
    standing = standing_of(dossier)
    if not standing.is_editable:
        raise NotAllowedNow(_("Dossier %(reference)s has been sent already.") % {"reference": dossier.reference})
    if not standing.is_complete:
        lacking = ", ".join(str(each.task.title) for each in standing.tasks if each.state != "done")
        raise NotAllowedNow(_("Not sent yet. Complete these first: %(tasks)s.") % {"tasks": lacking})
    dossier.status, dossier.sent_at, dossier.sent_by = Status.SENT, now, by
    dossier.save(update_fields=["status", "sent_at", "sent_by"])
    log("dossier.sent", dossier, by=by, at=now, round=dossier.round)
    return dossier


@transaction.atomic
def return_dossier(
    dossier: Dossier, *, remarks: Iterable[tuple[str, str]], by: User, now: datetime | None = None
) -> Dossier:
    """Return a sent dossier with remarks, (question, text) each; only those questions open again.

    The producer's people are told which step to correct. Raises NotAllowedForYou for those without an office of
    the field work, NotAllowedNow for one that is not sent, WrongAnswer without a remark or for an unknown question.
    """
    now = now or timezone.now()
    dossier = locked(dossier)
    _check_decides(dossier, by)
    known = [(key, text.strip()) for key, text in remarks if text.strip()]
    if not known or any(not is_correctable(key) for key, _text in known):
        raise WrongAnswer(_("Say at least at one answer what has to be corrected."))
    dossier.status, dossier.round = Status.RETURNED, dossier.round + 1
    dossier.decided_at, dossier.decided_by = now, by
    dossier.save(update_fields=["status", "round", "decided_at", "decided_by"])
    DossierRemark.objects.bulk_create(
        DossierRemark(dossier=dossier, round=dossier.round, question=key, text=text, made_by=by, made_at=now)
        for key, text in known
    )
    log("dossier.returned", dossier, by=by, at=now, remarks=len(known))
    _tell_returned(dossier, known, now)
    return dossier


def is_correctable(key: str) -> bool:
    """Whether an answer can be corrected: a consent is given or withdrawn, nobody corrects it for an official."""
    return key in QUESTIONS and QUESTIONS[key].kind != Kind.CONSENT


def _check_decides(dossier: Dossier, by: User) -> None:
    policies.check_holds(by, dossier.project, policies.FIELD)
    if dossier.status != Status.SENT:
        raise NotAllowedNow(
            _("Dossier %(reference)s is not waiting for a decision: %(status)s.")
            % {"reference": dossier.reference, "status": dossier.get_status_display().lower()}
        )


def _tell_returned(dossier: Dossier, remarks: list[tuple[str, str]], now: datetime) -> None:
    key, text = remarks[0]
    steps = sorted({TASKS.index(TASK_OF[question]) + 1 for question, _text in remarks})
    tell(
        "dossier.returned",
        people_of(dossier),
        key=f"dossier:{dossier.pk}:returned:{dossier.round}",
        facts={
            "reference": dossier.reference,
            "product": dossier.product.name,
            "step": ", ".join(str(step) for step in steps),
            "task": str(TASK_OF[key].title),
            "remark": text,
            "count": ngettext("%(n)d remark", "%(n)d remarks", len(remarks)) % {"n": len(remarks)},
        },
        url=dossier.get_absolute_url(),
        case=dossier.project,
        province=dossier.project.province,
        now=now,
    )


@transaction.atomic
def accept_dossier(dossier: Dossier, *, by: User, now: datetime | None = None) -> Dossier:
    """Accept a sent dossier for good; what the registry has a place for goes there through its own actions.

    Raises NotAllowedForYou for those who hold no office of the field work, NotAllowedNow for one that is not sent.
    """
    now = now or timezone.now()
    dossier = locked(dossier)
    _check_decides(dossier, by)
    dossier.status, dossier.decided_at, dossier.decided_by = Status.ACCEPTED, now, by
    dossier.save(update_fields=["status", "decided_at", "decided_by"])
    log("dossier.accepted", dossier, by=by, at=now)
    _keep_in_registry(dossier, by)
    return dossier


def _keep_in_registry(dossier: Dossier, by: User) -> None:
    answers = {
        answer.question: answer.value
        for answer in dossier.answers.filter(state=Answer.State.CURRENT, is_unknown=False)
        if answer.value
    }
    places = {"contact_name": "representative", "contact_phone": "phone"}
    facts = {field: answers[key][:120] for key, field in places.items() if key in answers}
    changes = {name: value for name, value in facts.items() if getattr(dossier.producer, name) != value}
    if changes:
        registry.edit_producer(dossier.producer, changes=changes, by=by)
    description = answers.get("product_description", "")
    if description and description != dossier.product.description:
        registry.edit_product(dossier.product, changes={"description": description}, by=by)
    if photo := answers.get("product_photo"):
        with default_storage.open(photo["picture"]) as file:
            registry.set_picture(dossier.product, file, by=by)
