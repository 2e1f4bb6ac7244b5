"""What a step's page shows of its case: facts, document, reviews, remarks, checklist."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.checking import checks_of
from documents.models import Document, DocumentVersion
from documents.reading import reading_of
from documents.template_choice import newer_template
from onboarding.dossiers import rows_of
from onboarding.models import CohortGroup, Onboarding
from projects.models import Deliverable, Matter, Review
from stamps.models import StampAlert, StampBatch, StampOrder
from workflows import signing
from workflows.actions import FORMAT_CHECK
from workflows.changes import remarks_of
from workflows.history import reviewer_name
from workflows.questions import questions_of
from workflows.steps import Step
from workflows.turns import CHECK

TONES = {Review.Verdict.APPROVE: "ok", Review.Verdict.RETURN: "wait", Review.Verdict.REJECT: "late"}


def case_of(step: Step) -> dict[str, Any]:
    """Return the template's data about the case of a step."""
    case: dict[str, Any] = {"facts": _facts(step)}
    if step.deliverable:
        case |= _deliverable(step.deliverable)
        case["checks"] = checks_of(case["version"], with_format=step.task.owner_permission == FORMAT_CHECK)
    if step.journey and step.task.owner_permission == CHECK:
        case |= {"dossier": step.journey.dossier, "answers": rows_of(step.journey.dossier)}
    if step.order:
        case["batch"] = StampBatch.objects.filter(order=step.order).first()
    return case


def _facts(step: Step) -> list[dict[str, Any]]:
    rows: list[tuple[str, Any, str]] = []
    if project := step.project:
        rows.append((_("Project"), str(project), project.get_absolute_url()))
    rows += _subject_facts(step)
    if step.due_on:
        rows.append((_("Due"), date_format(step.due_on), ""))
    rows.append((_("With"), step.holder, ""))
    rows.append((_("Waiting since"), _time(step.task.created), ""))
    return [{"label": label, "value": value, "url": url} for label, value, url in rows]


def _subject_facts(step: Step) -> list[tuple[str, Any, str]]:
    """The facts of the row that the case is about; none for a project's own steps."""
    if step.deliverable:
        return _deliverable_facts(step.deliverable)
    if step.order:
        return _order_facts(step.order)
    if step.matter:
        return _matter_facts(step.matter)
    if step.journey:
        return _journey_facts(step.journey)
    if step.alert:
        return _alert_facts(step.alert)
    if step.paper:
        return _paper_facts(step.paper)
    if step.group:
        return [(_("Group"), str(step.group.product_group), reverse("cohort_group", args=_group_of(step.group)))]
    return []


def _deliverable_facts(deliverable: Deliverable) -> list[tuple[str, Any, str]]:
    rows: list[tuple[str, Any, str]] = [
        (_("Deliverable"), str(deliverable), deliverable.get_absolute_url()),
        (_("Stage"), deliverable.stage.title, ""),
        (_("State of the deliverable"), deliverable.get_status_display(), ""),
    ]
    if deliverable.submitted_by:
        text = _("%(person)s, %(time)s, round %(round)d") % {
            "person": deliverable.submitted_by,
            "time": _time(deliverable.submitted_at),
            "round": deliverable.round,
        }
        rows.append((_("Submitted"), text, ""))
    return rows


def _matter_facts(matter: Matter) -> list[tuple[str, Any, str]]:
    rows: list[tuple[str, Any, str]] = [
        (matter.get_kind_display(), matter.text, ""),
        (_("Decision needed"), matter.needed, ""),
        (_("Milestone"), matter.milestone or "", ""),
        (_("Raised by"), f"{matter.raised_by}, {_time(matter.raised_at)}", ""),
    ]
    if paper := matter.deliverable:
        rows.append((_("Deliverable"), str(paper), paper.get_absolute_url()))
    return [(label, value, url) for label, value, url in rows if value]


def _group_of(group: CohortGroup) -> list[str | int]:
    return [group.project.code, group.pk]


def _journey_facts(journey: Onboarding) -> list[tuple[str, Any, str]]:
    product, today = journey.enrolment.product, timezone.localdate()
    recognition = product.recognition_on(today)
    stars = f"{recognition.stars} ★" if recognition else _("No recognition in force")
    code = journey.enrolment.project.code
    rows = [
        (_("Product"), str(product), product.get_absolute_url()),
        (_("Producer"), str(product.producer), product.producer.get_absolute_url()),
        (_("Stars"), stars, ""),
        (
            _("Survey"),
            _("Open the survey of the product"),
            reverse("projects:survey", args=[code, journey.enrolment_id]),
        ),
    ]
    if journey.survey_waiver:
        rows.append((_("Why it is not surveyed"), journey.survey_waiver, ""))
    if journey.group:
        rows.append(
            (_("Group"), str(journey.group.product_group), reverse("cohort_group", args=[code, journey.group_id]))
        )
    return rows


def _paper_facts(paper: Document) -> list[tuple[str, Any, str]]:
    version = paper.latest
    rows = [(_("Paper"), paper.title, paper.get_absolute_url())]
    if version:
        rows.append((_("Version"), f"{version.number} (.docx)", version.get_absolute_url()))
    run = signing.open_run(paper)
    return [*rows, (_("Sent by"), str(run.sent_by), "")] if run else rows


def _alert_facts(alert: StampAlert) -> list[tuple[str, Any, str]]:
    rows: list[tuple[str, Any, str]] = [
        (_("Report about a stamp"), alert.reference, alert.get_absolute_url()),
        (_("Kind"), alert.get_kind_display(), ""),
        (_("Product"), str(alert.product or ""), alert.product.get_absolute_url() if alert.product else ""),
        (_("What is suspicious"), alert.concern, ""),
        (_("In the words of the buyer"), alert.message, ""),
        (_("Where it was bought"), alert.place, ""),
        (_("Raised"), _time(alert.raised_at), ""),
    ]
    return [(label, value, url) for label, value, url in rows if value]


def _order_facts(order: StampOrder) -> list[tuple[str, Any, str]]:
    product = order.enrolment.product
    rows = [
        (_("Order"), f"#{order.pk}", order.get_absolute_url()),
        (_("Product"), str(product), ""),
        (_("Producer"), str(product.producer), ""),
        (_("Quantity"), date_number(order.quantity), ""),
        (_("Requested"), f"{order.requested_by}, {_time(order.requested_at)}", ""),
    ]
    return [*rows, (_("Note"), order.note, "")] if order.note else rows


def _deliverable(deliverable: Deliverable) -> dict[str, Any]:
    document = Document.objects.filter(deliverable=deliverable).select_related("organisation__province").first()
    is_with_author = deliverable.status in (Deliverable.Status.DRAFTING, Deliverable.Status.RETURNED)
    versions = list(document.versions.select_related("created_by").order_by("-number")) if document else []
    remarks = remarks_of(deliverable)
    return {
        "deliverable": deliverable,
        "version": versions[0] if versions else None,
        "earlier_versions": versions[1:],
        "newer_template": newer_template(document, timezone.localdate()) if document and is_with_author else None,
        "reading": reading_of(versions[0] if versions else None),
        "needs_version": not _is_ready(deliverable, versions),
        "reviews": [_review(review) for review in _reviews_of(deliverable)],
        "questions": list(questions_of(deliverable)),
        "open_remarks": [remark for remark in remarks if not remark["done"]],
        "done_remarks": [remark for remark in remarks if remark["done"]],
    }


def _is_ready(deliverable: Deliverable, versions: list[DocumentVersion]) -> bool:
    """Whether there is a draft that was not submitted yet."""
    if not versions or versions[0].state != DocumentVersion.State.DRAFT:
        return False
    return deliverable.submitted_at is None or versions[0].created_at > deliverable.submitted_at


def _reviews_of(deliverable: Deliverable) -> list[Review]:
    return list(
        deliverable.reviews.filter(round=deliverable.round).select_related("reviewer", "decided_by").order_by("pk")
    )


def _review(review: Review) -> dict[str, Any]:
    verdict = review.verdict
    return {
        "reviewer": reviewer_name(review),
        "tone": TONES[Review.Verdict(verdict)] if verdict else "no",
        "label": review.get_verdict_display() if verdict else _("Not decided yet"),
        "when": review.decided_at,
    }


def _time(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def date_number(number: int) -> str:
    """Return a count as Vietnamese offices print it: 12.500."""
    return f"{number:,}".replace(",", ".")
